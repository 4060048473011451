import type { DatabaseSync } from "node:sqlite";
import { formatTiers } from "../alarm/tiers.ts";
import type { LocalDay } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { type DayUnion, joinReadings } from "./day_union.ts";
import { digestDay, type HeldReadings, type Source } from "./digest.ts";
import { holds, pack } from "./pack.ts";
import { inTransaction } from "./year_open.ts";
import { readDays, readNeighbours, readPack, readReadings, type StoredDay } from "./year_read.ts";
import { type DayAlarm, writeEpisodes } from "./year_record.ts";
import { writeDigest, writeFacts, writePack } from "./year_write.ts";

const NO_READINGS: HeldReadings = { readings: [], holdMs: 0 };

/** What a yearly file takes: readings of a day from one source, in any order. */
export interface DayToStore extends HeldReadings {
  readonly day: LocalDay;
  readonly zone: string;
  readonly source: Source;
  /** The last measured reading before the day. */
  readonly carriedIn: Reading | null;
  readonly minTimeRes: number;
  /** Without it no episodes of the alarm are looked for. */
  readonly alarm?: DayAlarm;
}

/** What became of a day. */
export interface DayStored extends Pick<DayUnion, "added" | "conflicts"> {
  readonly day: StoredDay;
}

/** A day that is not read back yet. */
interface DayWritten extends Pick<DayUnion, "added" | "conflicts"> {
  readonly date: string;
  readonly source: Source;
  readonly packed: Uint8Array;
}

/**
 * Joins readings with what a file has of their days, digests these anew and reads them back; all of them or none, in one
 * transaction, since a disk takes its time for each. `null` for a day without any reading. Throws the error that
 * `damaged` makes when the file does not give back what was written.
 */
export function storeDays(
  db: DatabaseSync,
  inputs: Iterable<DayToStore>,
  damaged: () => Error,
): (DayStored | null)[] {
  // Each is taken when the one before it is done with: memory holds the readings of one day, and then only their packs.
  const written = inTransaction(db, () => Array.from(inputs, (input) => write(db, input)));
  // Without pages in memory they come from the file.
  db.exec("PRAGMA shrink_memory");
  return written.map((day) => {
    if (!day) return null;
    const { date, source, packed, added, conflicts } = day;
    const back = readPack(db, date, source)?.packed;
    if (!back || !isSame(back, packed)) throw damaged();
    return { day: readDays(db, date, date)[0]!, added, conflicts };
  });
}

function write(db: DatabaseSync, input: DayToStore): DayWritten | null {
  const { day: { date }, zone, source, alarm } = input;
  const known: Record<Source, HeldReadings | null> = {
    measured: readReadings(db, date, "measured"),
    origin: readReadings(db, date, "origin"),
  };
  const isStored = known.measured !== null;
  const union = joinReadings(source, known[source], input);
  const { readings, holdMs, added, conflicts } = union;
  if (readings.length === 0) return null;
  known[source] = union;
  const day = extent(input.day, readDays(db, date, date)[0], readNeighbours(db, date));
  const measured = within(known.measured, day);
  const origin = within(known.origin, day);
  const digest = digestDay({ ...input, day, measured: measured ?? NO_READINGS, origin });
  const packed = pack(readings);
  if (!holds(packed, readings)) throw new Error(`${date} does not come out of its pack again`);
  writeDigest(db, digest!, zone);
  writePack(db, date, source, { holdMs, packed });
  const limits = measured && alarm && writeEpisodes(db, day, measured, alarm, isStored);
  writeFacts(db, date, { zone, ...(limits && { limits: formatTiers(limits) }) });
  return { date, source, packed, added, conflicts };
}

/** TIME_ZONE may have been corrected meanwhile: a stored day keeps its time, and none takes that of a neighbour. */
function extent(
  { date, startMs, endMs }: LocalDay,
  known: StoredDay | undefined,
  neighbours: { readonly endMs: number; readonly startMs: number },
): LocalDay {
  return {
    date,
    startMs: Math.max(Math.min(startMs, known?.startMs ?? startMs), neighbours.endMs),
    endMs: Math.min(Math.max(endMs, known?.endMs ?? endMs), neighbours.startMs),
  };
}

/** What a neighbour's time holds of a day's readings is in its pack, and counts in neither: that time has its rows already. */
function within(held: HeldReadings | null, { startMs, endMs }: LocalDay): HeldReadings | null {
  const [first, last] = [held?.readings[0], held?.readings.at(-1)];
  if (!held || !first || !last || first.at >= startMs && last.at < endMs) return held;
  const readings = held.readings.filter(({ at }) => at >= startMs && at < endMs);
  // Nothing would be left to store the others with.
  return readings.length === 0 ? held : { ...held, readings };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
