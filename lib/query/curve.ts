import type { Bucket } from "../calendar.ts";
import { roundWatts } from "./round.ts";
import type { HistoryRow } from "./wire.ts";

/** Power over a piece of time. */
export interface Piece extends Bucket {
  readonly meanWatts: number;
  readonly minWatts: number;
  readonly maxWatts: number;
  /** Seconds of it that were measured: its weight in a mean. */
  readonly coveredS: number;
}

/** The numbers of a row or of a slot, side by side. */
const START = 0;
const END = 1;
const WATT_S = 2;
const COVERED_S = 3;
const MIN = 4;
const MAX = 5;
const NUMBERS = 6;

/**
 * The power curve of a span in at most `points` rows, from pieces in rising order: row for row while they are few enough,
 * else those of a slot by minimum, mean and maximum, so that no peak disappears. A row begins with its first piece; a gap
 * is shown where a whole slot has none. Pieces come as numbers and are kept as such: an object for each of thousands would
 * cost more than all else.
 */
export class Curve {
  readonly #span: Bucket;
  readonly #points: number;
  readonly #slotMs: number;
  /** The pieces, as long as they and the gaps between them are few enough. */
  readonly #pieces: Float64Array;
  #pieceCount = 0;
  #gapCount = 0;
  /** By slot; one without any covered time is empty. */
  readonly #slots: Float64Array;
  #knownToMs: number;

  constructor(span: Bucket, points: number) {
    this.#span = span;
    this.#points = points;
    this.#slotMs = Math.ceil((span.endMs - span.startMs) / points);
    this.#pieces = new Float64Array(points * NUMBERS);
    this.#slots = new Float64Array(points * NUMBERS);
    this.#knownToMs = span.startMs;
  }

  /** Takes a piece, as far as it lies in the span. @param slot its row among `points`, where they are too many; it rises with the pieces */
  add(
    fromMs: number,
    toMs: number,
    meanWatts: number,
    minWatts: number,
    maxWatts: number,
    coveredS: number,
    slot: number,
  ): void {
    const startMs = Math.max(fromMs, this.#span.startMs);
    const endMs = Math.min(toMs, this.#span.endMs);
    if (endMs <= startMs) return;
    const wattS = meanWatts * coveredS;
    this.#keep(startMs, endMs, wattS, coveredS, minWatts, maxWatts);
    gather(this.#slots, slot, startMs, endMs, wattS, coveredS, minWatts, maxWatts);
  }

  /** Takes power that stayed the same; where there are too many, slots are equally long and it counts in each that it touches. */
  addHeld(fromMs: number, toMs: number, watts: number): void {
    const startMs = Math.max(fromMs, this.#span.startMs);
    const endMs = Math.min(toMs, this.#span.endMs);
    if (endMs <= startMs) return;
    const wholeS = (endMs - startMs) / 1000;
    this.#keep(startMs, endMs, watts * wholeS, wholeS, watts, watts);
    for (let cutMs = startMs; cutMs < endMs;) {
      const slot = Math.floor((cutMs - this.#span.startMs) / this.#slotMs);
      const nextMs = Math.min(endMs, this.#span.startMs + (slot + 1) * this.#slotMs);
      const coveredS = (nextMs - cutMs) / 1000;
      gather(this.#slots, slot, cutMs, nextMs, watts * coveredS, coveredS, watts, watts);
      cutMs = nextMs;
    }
  }

  #keep(
    startMs: number,
    endMs: number,
    wattS: number,
    coveredS: number,
    minWatts: number,
    maxWatts: number,
  ): void {
    if (startMs > this.#knownToMs) this.#gapCount++;
    this.#knownToMs = endMs;
    const i = this.#pieceCount++;
    if (this.#pieceCount + this.#gapCount > this.#points) return;
    gather(this.#pieces, i, startMs, endMs, wattS, coveredS, minWatts, maxWatts);
  }

  /** The rows in rising order of `at`; none for an empty span. */
  rows(): HistoryRow[] {
    const endsInGap = this.#knownToMs < this.#span.endMs;
    const few = this.#pieceCount + this.#gapCount + (endsInGap ? 1 : 0) <= this.#points;
    const rows = rowsOf(few ? this.#pieces : this.#slots, this.#span.startMs, few);
    // Where each slot has a piece, the gap is shorter than one.
    if (endsInGap && rows.length < this.#points) rows.push(gap(this.#knownToMs));
    return rows;
  }
}

/** Which of `points` rows the `number`th of `count` pieces falls into: equally many share one. */
export function slotOf(number: number, count: number, points: number): number {
  return Math.floor(number / Math.max(1, Math.ceil(count / points)));
}

function gather(
  slots: Float64Array,
  slot: number,
  startMs: number,
  endMs: number,
  wattS: number,
  coveredS: number,
  minWatts: number,
  maxWatts: number,
): void {
  const at = slot * NUMBERS;
  const isFirst = slots[at + COVERED_S] === 0;
  if (isFirst) slots[at + START] = startMs;
  slots[at + END] = endMs;
  slots[at + WATT_S]! += wattS;
  slots[at + COVERED_S]! += coveredS;
  if (isFirst || minWatts < slots[at + MIN]!) slots[at + MIN] = minWatts;
  if (isFirst || maxWatts > slots[at + MAX]!) slots[at + MAX] = maxWatts;
}

/** @param showsAll whether a gap is shown that no whole slot lies in */
function rowsOf(slots: Float64Array, startMs: number, showsAll: boolean): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let toMs = startMs;
  let before = -1;
  for (let slot = 0, at = 0; at < slots.length; slot++, at += NUMBERS) {
    const coveredS = slots[at + COVERED_S]!;
    if (coveredS === 0) continue;
    if (slots[at + START]! > toMs && (showsAll || slot > before + 1)) rows.push(gap(toMs));
    rows.push({
      at: slots[at + START]!,
      meanWatts: roundWatts(slots[at + WATT_S]! / coveredS),
      minWatts: roundWatts(slots[at + MIN]!),
      maxWatts: roundWatts(slots[at + MAX]!),
    });
    [toMs, before] = [slots[at + END]!, slot];
  }
  return rows;
}

function gap(at: number): HistoryRow {
  return { at, meanWatts: null, minWatts: null, maxWatts: null };
}
