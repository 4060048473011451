import type { BandsWh } from "../band_energy.ts";
import { type DayRow, SIX_HOURS } from "../store/digest.ts";
import type { Piece } from "./curve.ts";
import { dayAnswer } from "./day_answer.ts";

/** What is known of a local day. */
export type KnownDay = Omit<DayRow, "readings">;

const SIX_HOURS_MS = SIX_HOURS * 60_000;
const MOST_DAYS = 366;
/** A day of 25 hours has a short one besides. */
const MOST_ROWS = 5;
const DAY_COLUMNS = 13;
const ROW_COLUMNS = 5;
const USUAL_ANSWER_BYTES = 256;
const encoder = new TextEncoder();

/** The days of a year and their rows of six hours, in as little memory as they take: ten years have about 2 MB. */
export class DayTable {
  readonly #dates: string[] = [];
  /** Each day's answer in JSON, and a comma. */
  #answers = new Uint8Array(MOST_DAYS * USUAL_ANSWER_BYTES);
  /** Where each day's answer begins, and the next one would. */
  readonly #answerStarts = new Uint32Array(MOST_DAYS + 1);
  readonly #days = new Float64Array(MOST_DAYS * DAY_COLUMNS);
  readonly #rows = new Float64Array(MOST_DAYS * MOST_ROWS * ROW_COLUMNS);
  /** Where each day's rows begin, and the last one's end. */
  readonly #firstRow = new Uint16Array(MOST_DAYS + 1);

  get length(): number {
    return this.#dates.length;
  }

  /** Takes a day later than all before it, and its rows of six hours in order. */
  add(day: KnownDay, sixHourly: readonly Piece[]): void {
    const i = this.#dates.length;
    let row = this.#firstRow[i]!;
    for (const piece of sixHourly) {
      const { startMs, meanWatts, minWatts, maxWatts, coveredS } = piece;
      this.#rows.set([startMs, meanWatts, minWatts, maxWatts, coveredS], row++ * ROW_COLUMNS);
    }
    this.#days.set(numbersOf(day), i * DAY_COLUMNS);
    this.#firstRow[i + 1] = row;
    this.#dates.push(day.date);
    this.#addAnswer(i, encoder.encode(`${JSON.stringify(dayAnswer(day))},`));
  }

  #addAnswer(i: number, answer: Uint8Array): void {
    const startByte = this.#answerStarts[i]!;
    const endByte = startByte + answer.length;
    if (endByte > this.#answers.length) {
      const longer = new Uint8Array(2 * endByte);
      longer.set(this.#answers);
      this.#answers = longer;
    }
    this.#answers.set(answer, startByte);
    this.#answerStarts[i + 1] = endByte;
  }

  /** `undefined` beyond the first and the last day. */
  date(i: number): string | undefined {
    return this.#dates[i];
  }

  /** The index of the first day that is not before a date. */
  indexFrom(date: string): number {
    let [low, high] = [0, this.#dates.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#dates[middle]! < date) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The days from one index to another, both included, as they are answered: JSON, with commas between them. They are
   * ready, since to make those of ten years takes longer than an answer may.
   */
  answers(from: number, to: number): Uint8Array<ArrayBuffer> {
    return this.#answers.subarray(this.#answerStarts[from]!, this.#answerStarts[to + 1]! - 1);
  }

  day(i: number): KnownDay {
    const at = (column: number) => this.#days[i * DAY_COLUMNS + column]!;
    const baseLoadWatts = at(8);
    return {
      date: this.#dates[i]!,
      startMs: at(0),
      endMs: at(1),
      wh: at(2),
      meanWatts: at(3),
      minWatts: at(4),
      maxWatts: at(5),
      maxAt: at(6),
      coveredS: at(7),
      baseLoadWatts: Number.isNaN(baseLoadWatts) ? null : baseLoadWatts,
      bandsWh: Number.isNaN(at(9)) ? null : { f1: at(9), f2: at(10), f3: at(11) },
      source: at(12) === 0 ? "measured" : "origin",
    };
  }

  /** Of a day only what a power curve takes. */
  piece(i: number): Piece {
    const at = i * DAY_COLUMNS;
    return {
      startMs: this.#days[at]!,
      endMs: this.#days[at + 1]!,
      meanWatts: this.#days[at + 3]!,
      minWatts: this.#days[at + 4]!,
      maxWatts: this.#days[at + 5]!,
      coveredS: this.#days[at + 7]!,
    };
  }

  /** A day's rows of six hours. */
  sixHourly(i: number): Piece[] {
    const pieces: Piece[] = [];
    const dayEndMs = this.#days[i * DAY_COLUMNS + 1]!;
    for (let row = this.#firstRow[i]!; row < this.#firstRow[i + 1]!; row++) {
      const at = (column: number) => this.#rows[row * ROW_COLUMNS + column]!;
      pieces.push({
        startMs: at(0),
        endMs: Math.min(at(0) + SIX_HOURS_MS, dayEndMs),
        meanWatts: at(1),
        minWatts: at(2),
        maxWatts: at(3),
        coveredS: at(4),
      });
    }
    return pieces;
  }
}

function numbersOf(day: KnownDay): number[] {
  const { startMs, endMs, wh, meanWatts, minWatts, maxWatts, maxAt, coveredS } = day;
  const { f1, f2, f3 }: BandsWh = day.bandsWh ?? { f1: NaN, f2: NaN, f3: NaN };
  const source = day.source === "measured" ? 0 : 1;
  const baseLoadWatts = day.baseLoadWatts ?? NaN;
  const power = [wh, meanWatts, minWatts, maxWatts, maxAt, coveredS, baseLoadWatts];
  return [startMs, endMs, ...power, f1, f2, f3, source];
}
