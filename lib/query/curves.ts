import type { Bucket } from "../calendar.ts";
import { SIX_HOURS } from "../store/digest.ts";
import type { RowValues } from "../store/year_read.ts";
import { addReadings, type DayColumns } from "./add_readings.ts";
import { Curve, type Piece, slotOf } from "./curve.ts";
import type { KnownDay } from "./day_table.ts";
import type { DayEntry } from "./house_days.ts";
import type { HistoryLevel, HistoryRow } from "./wire.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Days whose history rows are fetched in one piece of work. */
const PIECE_DAYS = 8;

/** Where a curve's finer levels come from. */
export interface CurveSource {
  /** The history rows that start in [fromMs, toMs) of a stored day's year. */
  readonly storedRows: (
    date: string,
    fromMs: number,
    toMs: number,
  ) => Promise<readonly RowValues[]>;
  /** A stored day's readings. */
  readonly storedReadings: (day: KnownDay) => Promise<DayColumns>;
  /** A fresh day's readings. */
  readonly freshReadings: (day: KnownDay) => Promise<DayColumns>;
  /** Minutes a history row. */
  readonly minTimeRes: number;
  readonly pause: () => Promise<void>;
}

/** What a curve is made from. */
export interface CurveInput {
  readonly level: HistoryLevel;
  readonly span: Bucket;
  /** The most rows that it may have. */
  readonly points: number;
  /** The days that share time with the span, in order. */
  readonly entries: readonly DayEntry[];
}

/** The power curve of a span. Throws YearFileError. */
export async function curveOf(input: CurveInput, source: CurveSource): Promise<HistoryRow[]> {
  const curve = new Curve(input.span, input.points);
  if (input.level === "raw") await addRaw(curve, input, source);
  else if (input.level === "history") await addHistory(curve, input, source);
  else addLongRows(curve, input);
  return curve.rows();
}

async function addRaw(
  curve: Curve,
  { span, entries }: CurveInput,
  { storedReadings, freshReadings, pause }: CurveSource,
): Promise<void> {
  for (const { day, fresh } of entries) {
    await pause();
    addReadings(curve, span, day, await (fresh ? freshReadings(day) : storedReadings(day)));
  }
}

async function addHistory(
  curve: Curve,
  { span, points, entries }: CurveInput,
  { storedRows, minTimeRes, pause }: CurveSource,
): Promise<void> {
  const rowMs = minTimeRes * MINUTE_MS;
  const first = entries[0]?.piece.startMs ?? span.startMs;
  // Rows are counted from the span's start, also where the first of them are not known.
  const originMs = first + Math.floor((span.startMs - first) / rowMs) * rowMs;
  const count = Math.ceil((span.endMs - originMs) / rowMs);
  for (const { date, fromMs, toMs, fresh } of stretches(entries)) {
    await pause();
    const slot = (startMs: number) =>
      slotOf(Math.max(0, Math.floor((startMs - originMs) / rowMs)), count, points);
    if (fresh) {
      for (const row of fresh.history) addPiece(curve, row, slot(row.startMs));
      continue;
    }
    const rows = await storedRows(date, fromMs, toMs);
    for (let i = 0; i < rows.length; i++) {
      const [startMs, seconds, mean, min, max, coveredS] = rows[i]!;
      curve.add(startMs, startMs + 1000 * seconds, mean, min, max, coveredS, slot(startMs));
    }
  }
}

/** Rows of six hours or of a day: those of equally many days share a slot, also where the clocks change. */
function addLongRows(curve: Curve, { level, span, points, entries }: CurveInput): void {
  const [first, last] = [entries[0]?.piece, entries.at(-1)?.piece];
  if (!first || !last) return;
  const perDay = level === "day" ? 1 : 4;
  // The span's ends of which nothing is known have rows as well, or their gaps would have no room.
  const rowsIn = (ms: number) => Math.max(0, Math.round(perDay * ms / DAY_MS));
  const before = rowsIn(first.startMs - span.startMs);
  // Summer time moves a day's start by far less than half a day.
  const numberOf = ({ startMs }: Piece) =>
    before + perDay * Math.round((startMs - first.startMs) / DAY_MS);
  const count = numberOf(last) + perDay + rowsIn(span.endMs - last.endMs);
  for (const entry of entries) {
    const day = entry.piece;
    const number = numberOf(day);
    if (level === "day") addPiece(curve, day, slotOf(number, count, points));
    else {
      for (const piece of entry.sixHourly) {
        // The hour that a long day has more belongs to its last row.
        const ofDay = Math.floor((piece.startMs - day.startMs) / (SIX_HOURS * MINUTE_MS));
        addPiece(curve, piece, slotOf(number + Math.min(perDay - 1, ofDay), count, points));
      }
    }
  }
}

function addPiece(curve: Curve, piece: Piece, slot: number): void {
  const { startMs, endMs, meanWatts, minWatts, maxWatts, coveredS } = piece;
  curve.add(startMs, endMs, meanWatts, minWatts, maxWatts, coveredS, slot);
}

/** Stored days that follow each other in a year and may be asked for together, and fresh ones each for itself. */
function* stretches(entries: readonly DayEntry[]) {
  let stretch: { date: string; fromMs: number; toMs: number; fresh: DayEntry["fresh"] } | null =
    null;
  let days = 0;
  for (const { day: { date, startMs, endMs }, fresh } of entries) {
    const isSameYear = stretch?.date.slice(0, 4) === date.slice(0, 4);
    if (stretch && !fresh && !stretch.fresh && isSameYear && days < PIECE_DAYS) {
      stretch.toMs = endMs;
      days++;
      continue;
    }
    if (stretch) yield stretch;
    stretch = { date, fromMs: startMs, toMs: endMs, fresh };
    days = 1;
  }
  if (stretch) yield stretch;
}
