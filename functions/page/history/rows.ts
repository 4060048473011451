import type { HistoryAnswer, HistoryRow } from "../../../lib/query/wire.ts";
import type { Watts } from "../curves.ts";
import type { Span } from "./place.ts";
import type { ZonedDay } from "./zone.ts";

const NOTHING = { meanWatts: null, minWatts: null, maxWatts: null } as const;

/** The rows of an answer, the last one closed where it ends. */
export function closed(
  { rows, endMs }: Pick<HistoryAnswer, "rows" | "endMs">,
): readonly HistoryRow[] {
  const last = rows[rows.length - 1];
  if (last === undefined || last.meanWatts === null) return rows;
  return [...rows, { at: endMs, ...NOTHING }];
}

/** Coarse rows with finer ones in their place within a span; where that ends, the coarse one goes on. */
export function refined(
  coarse: readonly HistoryRow[],
  fine: readonly HistoryRow[],
  { fromMs, toMs }: Span,
): readonly HistoryRow[] {
  const inside = fine.filter(({ at }) => at >= fromMs && at < toMs);
  const goesOn = [...coarse].reverse().find(({ at }) => at <= toMs);
  return [
    ...coarse.filter(({ at }) => at < fromMs),
    ...inside,
    ...(goesOn === undefined ? [] : [{ ...goesOn, at: toMs }]),
    ...coarse.filter(({ at }) => at > toMs),
  ];
}

/** The spans in which nothing was measured, up to where what is known ends. */
export function gaps({ rows, endMs }: Pick<HistoryAnswer, "rows" | "endMs">): Span[] {
  return rows.flatMap((row, i) => {
    const toMs = rows[i + 1]?.at ?? endMs;
    return row.meanWatts === null && toMs > row.at ? [{ fromMs: row.at, toMs }] : [];
  });
}

/** Whether each row is one reading. */
export function areSingle(rows: readonly HistoryRow[]): boolean {
  return rows.every(({ minWatts, maxWatts }) => minWatts === maxWatts);
}

/**
 * The rows of another day at the times at which the clock of this one shows the same. An hour that the clock shows twice
 * has them twice, one that it leaves out not at all.
 */
export function laidOver(
  rows: readonly HistoryRow[],
  other: ZonedDay,
  day: ZonedDay,
): readonly HistoryRow[] {
  const daysMs = Date.parse(day.date) - Date.parse(other.date);
  const onClock = wallTimes(rows, other);
  const moved = day.stretches.map(({ fromMs, toMs, offsetMs }) => {
    const placed = onClock.map(({ wallMs, row }) => ({ ...row, at: wallMs + daysMs - offsetMs }));
    const before = [...placed].reverse().find(({ at }) => at <= fromMs);
    const within = placed.filter(({ at }) => at > fromMs && at < toMs);
    return before === undefined ? within : [{ ...before, at: fromMs }, ...within];
  });
  return [...moved.flat(), { at: day.toMs, ...NOTHING }];
}

/** What the clock showed at each row; of an hour that it showed twice only the first. */
function wallTimes(rows: readonly HistoryRow[], { stretches }: ZonedDay) {
  let latestMs = -Infinity;
  return rows.flatMap((row) => {
    const { offsetMs } = stretches.find(({ toMs }) => row.at < toMs) ?? { offsetMs: 0 };
    const wallMs = row.at + offsetMs;
    if (wallMs <= latestMs) return [];
    latestMs = wallMs;
    return [{ wallMs, row }];
  });
}

/** Rows as points of stepped lines over common times. */
export interface Steps {
  readonly at: readonly number[];
  readonly mean: readonly Watts[];
  readonly min: readonly Watts[];
  readonly max: readonly Watts[];
  readonly other: readonly Watts[];
}

/** A row holds up to the next one; where a gap begins, a point closes the step and the gap follows a millisecond later. */
export function steps(rows: readonly HistoryRow[], other: readonly HistoryRow[]): Steps {
  const all = [rows, other].map((some) =>
    some.map((row) => row.meanWatts === null ? { ...row, at: row.at + 1 } : row)
  );
  const starts = [...rows, ...other, ...all.flat()].map(({ at }) => at);
  const at = [...new Set(starts)].sort((a, b) => a - b);
  const [own = [], behind = []] = all.map((some) => held(some, at));
  return {
    at,
    mean: own.map((row) => row?.meanWatts ?? null),
    min: own.map((row) => row?.minWatts ?? null),
    max: own.map((row) => row?.maxWatts ?? null),
    other: behind.map((row) => row?.meanWatts ?? null),
  };
}

/** For each time the row that holds then. */
function held(rows: readonly HistoryRow[], at: readonly number[]): (HistoryRow | undefined)[] {
  let next = 0;
  return at.map((time) => {
    while ((rows[next]?.at ?? Infinity) <= time) next++;
    return rows[next - 1];
  });
}
