import { textTable } from "../text_table.ts";
import { counted } from "./origin_day.ts";
import type { Skipped } from "./plan.ts";
import type { TakenDay } from "./take_batch.ts";
import type { TakeOver } from "./take_over.ts";

/** Differences of a day's energy that the rounding of the origin's own sum may make are not told. */
const TOLD_KWH = 0.01;

/** The table at the end of an import, a line an element; `originKWh` is what the origin itself says of a day. */
export function importReport(
  { taken, skipped, broken }: TakeOver,
  originKWh: ReadonlyMap<string, number>,
): string[] {
  return [
    ...years(taken, originKWh),
    ...section("Days whose energy differs by more than 0.01 kWh:", differences(taken, originKWh)),
    ...section("Worth knowing:", remarks(taken)),
    ...section("Left out:", grouped(skipped)),
    ...section("Broken, left as it is:", grouped(broken)),
  ];
}

function years(taken: readonly TakenDay[], originKWh: ReadonlyMap<string, number>): string[] {
  const rows = [...Map.groupBy(taken, ({ date }) => date.slice(0, 4)), ["all", taken] as const]
    .map(([year, days]) => {
      const told = days.map(({ date }) => originKWh.get(date)).filter((kWh) => kWh !== undefined);
      return [
        year,
        String(days.length),
        String(days.filter(({ isOld }) => !isOld).length),
        before(told, days.length),
        kWh(sum(days.map(({ kWh }) => kWh))),
      ];
    });
  return textTable([["year", "days", "new", "kWh before", "kWh after"], ...rows]);
}

function before(told: readonly number[], days: number): string {
  if (told.length === 0) return "-";
  const missing = days - told.length;
  return kWh(sum(told)) + (missing > 0 ? ` (${counted(missing, "day")} unknown)` : "");
}

function differences(
  taken: readonly TakenDay[],
  originKWh: ReadonlyMap<string, number>,
): string[] {
  const rows = taken.flatMap(({ date, kWh: after }) => {
    const before = originKWh.get(date);
    if (before === undefined || Math.abs(after - before) <= TOLD_KWH) return [];
    const sign = after > before ? "+" : "";
    return [[date, kWh(before), kWh(after), sign + kWh(after - before)]];
  });
  return rows.length === 0 ? [] : textTable([["day", "before", "after", "difference"], ...rows]);
}

function remarks(taken: readonly TakenDay[]): string[] {
  return taken.flatMap(({ date, remarks }) => remarks.map((remark) => `${date}  ${remark}`));
}

/** A line for each file and reason: 365 days of the same file are told at once. */
function grouped(list: readonly Skipped[]): string[] {
  const groups = Map.groupBy(list, ({ path, reason }) => `${path}\0${reason}`);
  const lines = [...groups.values()].map((group) => {
    const { path, reason } = group[0]!;
    const dates = group.flatMap(({ date }) => date ?? []).sort();
    const [first, last] = [dates[0], dates.at(-1)];
    if (first === undefined || path.endsWith(`/${first}`)) return `${path}: ${reason}`;
    const days = first === last ? first : `${counted(dates.length, "day")}, ${first} to ${last}`;
    return `${path} (${days}): ${reason}`;
  });
  return lines.sort();
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function kWh(value: number): string {
  return value.toFixed(2);
}
