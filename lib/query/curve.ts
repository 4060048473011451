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

/** The pieces that share a row. */
interface Slot {
  readonly startMs: number;
  endMs: number;
  wattS: number;
  coveredS: number;
  minWatts: number;
  maxWatts: number;
}

/**
 * The power curve of a span in at most `points` rows, from pieces in rising order: row for row while they are few enough,
 * else those of a slot by minimum, mean and maximum, so that no peak disappears. A row begins with its first piece; a gap
 * is shown where a whole slot has none.
 */
export class Curve {
  readonly #span: Bucket;
  readonly #points: number;
  /** The pieces and the gaps between them, `null` once they are too many. */
  #rows: HistoryRow[] | null = [];
  readonly #slots: (Slot | undefined)[];
  #knownToMs: number;
  readonly #slotMs: number;

  constructor(span: Bucket, points: number) {
    this.#span = span;
    this.#points = points;
    this.#slots = new Array(points);
    this.#knownToMs = span.startMs;
    this.#slotMs = Math.ceil((span.endMs - span.startMs) / points);
  }

  /** Takes a piece, as far as it lies in the span. @param slot its row among `points`, where they are too many; it rises with the pieces */
  add(piece: Piece, slot: number): void {
    const startMs = Math.max(piece.startMs, this.#span.startMs);
    const endMs = Math.min(piece.endMs, this.#span.endMs);
    if (endMs <= startMs) return;
    const { meanWatts, minWatts, maxWatts, coveredS } = piece;
    this.#keep(startMs, endMs, meanWatts, minWatts, maxWatts);
    this.#gather(slot, startMs, endMs, meanWatts * coveredS, coveredS, minWatts, maxWatts);
  }

  /** Takes power that stayed the same; where there are too many, slots are equally long and it counts in each that it touches. */
  addHeld(fromMs: number, toMs: number, watts: number): void {
    const startMs = Math.max(fromMs, this.#span.startMs);
    const endMs = Math.min(toMs, this.#span.endMs);
    if (endMs <= startMs) return;
    this.#keep(startMs, endMs, watts, watts, watts);
    const slotMs = this.#slotMs;
    for (let cutMs = startMs; cutMs < endMs;) {
      const slot = Math.floor((cutMs - this.#span.startMs) / slotMs);
      const nextMs = Math.min(endMs, this.#span.startMs + (slot + 1) * slotMs);
      const coveredS = (nextMs - cutMs) / 1000;
      this.#gather(slot, cutMs, nextMs, watts * coveredS, coveredS, watts, watts);
      cutMs = nextMs;
    }
  }

  #keep(startMs: number, endMs: number, mean: number, min: number, max: number): void {
    if (this.#rows) {
      if (startMs > this.#knownToMs) this.#rows.push(gap(this.#knownToMs));
      this.#rows.push(row(startMs, mean, min, max));
      if (this.#rows.length > this.#points) this.#rows = null;
    }
    this.#knownToMs = endMs;
  }

  #gather(
    number: number,
    startMs: number,
    endMs: number,
    wattS: number,
    coveredS: number,
    minWatts: number,
    maxWatts: number,
  ): void {
    const slot = this.#slots[number];
    if (!slot) {
      this.#slots[number] = { startMs, endMs, wattS, coveredS, minWatts, maxWatts };
      return;
    }
    slot.endMs = endMs;
    slot.wattS += wattS;
    slot.coveredS += coveredS;
    if (minWatts < slot.minWatts) slot.minWatts = minWatts;
    if (maxWatts > slot.maxWatts) slot.maxWatts = maxWatts;
  }

  /** The rows in rising order of `at`; none for an empty span. */
  rows(): HistoryRow[] {
    const endsInGap = this.#knownToMs < this.#span.endMs;
    const room = this.#points - (endsInGap ? 1 : 0);
    const rows = this.#rows && this.#rows.length <= room ? [...this.#rows] : this.#slotRows();
    // Where each slot has a piece, the gap is shorter than one.
    if (endsInGap && rows.length < this.#points) rows.push(gap(this.#knownToMs));
    return rows;
  }

  #slotRows(): HistoryRow[] {
    const rows: HistoryRow[] = [];
    let toMs = this.#span.startMs;
    let before = -1;
    this.#slots.forEach((slot, number) => {
      const { startMs, endMs, wattS, coveredS, minWatts, maxWatts } = slot!;
      if (startMs > toMs && number > before + 1) rows.push(gap(toMs));
      rows.push(row(startMs, wattS / coveredS, minWatts, maxWatts));
      [toMs, before] = [endMs, number];
    });
    return rows;
  }
}

/** Which of `points` rows the `number`th of `count` pieces falls into: equally many share one. */
export function slotOf(number: number, count: number, points: number): number {
  return Math.floor(number / Math.max(1, Math.ceil(count / points)));
}

function row(at: number, meanWatts: number, minWatts: number, maxWatts: number): HistoryRow {
  return {
    at,
    meanWatts: roundWatts(meanWatts),
    minWatts: roundWatts(minWatts),
    maxWatts: roundWatts(maxWatts),
  };
}

function gap(at: number): HistoryRow {
  return { at, meanWatts: null, minWatts: null, maxWatts: null };
}
