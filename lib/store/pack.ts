import { constants, crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Reading, ReadingColumns } from "../reading.ts";
import { AT_RESOLUTION_MS, roundAt } from "../reading.ts";
import { fromResiduals, samplingStep, toResiduals } from "./sampling_grid.ts";
import { decodeVarints, encodeVarints } from "./varint.ts";

/**
 * The layout of a pack: version (a byte), five zigzag varints (number of readings, unit of time in ms, step of the grid
 * and first time in units, bytes of the times' column), the times' column (residuals to the grid from the second
 * reading on), the watts' column (differences, the first from 0), CRC-32 of all that in four bytes, low first. A column
 * is raw deflate of zigzag varints.
 */
export const PACK_VERSION = 1;

/** Times (ms) and watts beyond this either way do not fit: differences of them must stay exact. */
export const PACK_LIMIT = 1e15;

const HEADER_NUMBERS = 5;
const CRC_BYTES = 4;
/** A varint takes at most 8 bytes; more out of a column means that it is not ours. */
const MAX_BYTES_PER_NUMBER = 8;

/** Bytes that are no whole pack. */
export class PackError extends Error {
  override name = "PackError";
}

/**
 * Packs readings in rising order of `at` to about a byte each, lossless; gaps and irregular times are welcome. Throws
 * RangeError when they do not rise or are not whole numbers up to {@linkcode PACK_LIMIT}.
 */
export function pack(readings: readonly Reading[]): Uint8Array {
  const unitMs = readings.every(({ at }) => roundAt(at) === at) ? AT_RESOLUTION_MS : 1;
  const times = new Float64Array(readings.length);
  const differences = new Float64Array(readings.length);
  let previous: Reading = { at: -Infinity, watts: 0 };
  readings.forEach((reading, i) => {
    checkReading(reading.at, reading.watts, previous.at);
    times[i] = reading.at / unitMs;
    differences[i] = reading.watts - previous.watts;
    previous = reading;
  });
  const step = samplingStep(times);
  const timesColumn = deflateColumn(toResiduals(times, step));
  const body = concat([
    Uint8Array.of(PACK_VERSION),
    encodeVarints([readings.length, unitMs, step, times[0] ?? 0, timesColumn.length]),
    timesColumn,
    deflateColumn(differences),
  ]);
  return concat([body, checksum(body)]);
}

/** The readings of a pack. Throws {@linkcode PackError} for anything but the very bytes that `pack` gave. */
export function unpack(bytes: Uint8Array): Reading[] {
  const { at, watts } = unpackColumns(bytes);
  const readings: Reading[] = [];
  for (let i = 0; i < watts.length; i++) readings.push({ at: at[i]!, watts: watts[i]! });
  return readings;
}

/** Whether a pack gives back just these readings; in half of `unpack`'s time. Throws {@linkcode PackError} as that does. */
export function holds(bytes: Uint8Array, readings: readonly Reading[]): boolean {
  const { at, watts } = unpackColumns(bytes);
  return readings.length === watts.length &&
    readings.every((reading, i) => reading.at === at[i] && reading.watts === watts[i]);
}

/** The readings of a pack in two columns; in three quarters of `unpack`'s time. Throws {@linkcode PackError} as that does. */
export function unpackColumns(bytes: Uint8Array): ReadingColumns {
  const body = bytes.subarray(0, Math.max(0, bytes.length - CRC_BYTES));
  const sum = checksum(body);
  if (bytes.length < CRC_BYTES || bytes.subarray(body.length).some((byte, i) => byte !== sum[i])) {
    throw new PackError("The pack is damaged: its checksum does not fit.");
  }
  if (body[0] !== PACK_VERSION) {
    throw new PackError(`The pack has version ${body[0]}; this program reads ${PACK_VERSION}.`);
  }
  try {
    return decode(body.subarray(1));
  } catch (error) {
    throw new PackError(`The pack makes no sense: ${(error as Error).message}.`, { cause: error });
  }
}

function decode(body: Uint8Array): ReadingColumns {
  const header = decodeVarints(body, HEADER_NUMBERS);
  const [count = 0, unitMs = 0, step = 0, start = 0, timesBytes = 0] = header.values;
  const columns = body.subarray(header.bytesRead);
  const watts = inflateColumn(columns.subarray(timesBytes), count);
  const residuals = inflateColumn(columns.subarray(0, timesBytes), Math.max(0, count - 1));
  const at = fromResiduals(residuals, start, step).subarray(0, count);
  for (let i = 0; i < count; i++) {
    at[i]! *= unitMs;
    if (i > 0) watts[i]! += watts[i - 1]!;
    checkReading(at[i]!, watts[i]!, i > 0 ? at[i - 1]! : -Infinity);
  }
  return { at, watts };
}

/** Noise has no repetitions to look for, a regular column little else: the shorter of the two is kept. */
const DEFLATE_WAYS = [
  { level: 6, memLevel: 9 },
  // Little memory ends a block, and so renews its code, every few thousand numbers: a night is not an evening.
  { memLevel: 6, strategy: constants.Z_HUFFMAN_ONLY },
];

function deflateColumn(values: Float64Array): Uint8Array {
  const bytes = encodeVarints(values);
  return DEFLATE_WAYS.map((options): Uint8Array => deflateRawSync(bytes, options))
    .reduce((shorter, column) => column.length < shorter.length ? column : shorter);
}

function inflateColumn(column: Uint8Array, count: number): Float64Array {
  const { buffer, engine } = inflateRawSync(column, {
    info: true,
    maxOutputLength: 1 + count * MAX_BYTES_PER_NUMBER,
  }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } };
  const { values, bytesRead } = decodeVarints(buffer, count);
  if (bytesRead !== buffer.length || engine.bytesWritten !== column.length) {
    throw new RangeError("a column goes on after its last number");
  }
  return values;
}

function checkReading(at: number, watts: number, previousAt: number): void {
  if (!isWhole(at) || !isWhole(watts)) throw new RangeError(`no reading: ${at},${watts}`);
  if (at <= previousAt) throw new RangeError(`times do not rise at ${at}`);
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= PACK_LIMIT;
}

function checksum(bytes: Uint8Array): Uint8Array {
  const sum = new Uint8Array(CRC_BYTES);
  new DataView(sum.buffer).setUint32(0, crc32(bytes), true);
  return sum;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
