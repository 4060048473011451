import { warmUpMs } from "../alarm/episodes.ts";
import type { Tier } from "../alarm/tiers.ts";
import { dayBounds } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import type { Evening } from "../store/digest_run.ts";
import type { JournalPlace } from "../store/journal_day.ts";
import { mergeReadings } from "../store/journal_lines.ts";
import { readingsInJournal } from "../store/journal_overview.ts";
import { YearFileError } from "../store/year_error.ts";
import type { YearFile } from "../store/year_file.ts";
import type { YearFiles } from "../store/year_files.ts";

/** What a day leaves to the next, from wherever its readings rest. */
export async function eveningOf(
  date: string,
  place: JournalPlace,
  years: YearFiles,
): Promise<Evening> {
  const { endMs } = dayBounds(date, place.timeZone);
  const inJournal = await readingsInJournal(place, date);
  const year = () => years.existing(Number(date.slice(0, 4)));
  const inYear = whole(() => year()?.lastReading(date)) ?? null;
  return {
    last: inJournal.reduce((last, one) => one.at > (last?.at ?? -Infinity) ? one : last, inYear),
    before: (limits) => {
      const startMs = endMs - warmUpMs(limits);
      const late = inJournal.filter(({ at }) => at >= startMs);
      return whole(() => spentIn(year(), date, { startMs, endMs }, late, limits)) ?? late;
    },
  };
}

/** The readings of a day's end; none where no tier was reached, since they say nothing then. */
function spentIn(
  file: YearFile | null,
  date: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  late: readonly Reading[],
  limits: readonly Tier[],
): readonly Reading[] {
  const lowestWatts = limits[0]!.watts;
  const isQuiet = (file?.highestWatts(startMs, endMs) ?? 0) < lowestWatts;
  if (isQuiet && late.every(({ watts }) => watts < lowestWatts)) return [];
  const stored = file?.readings(date)?.readings ?? [];
  const { readings } = mergeReadings([...stored, ...late]);
  // After a cut-off every budget is full.
  const fullAfterMs = file?.cutOffs(startMs, endMs).at(-1)?.at ?? -Infinity;
  return readings.filter(({ at }) => at >= startMs && at > fullAfterMs);
}

/** What an evening says is not worth the next day: a file that is not whole has none. */
function whole<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    const isLasting = error instanceof YearFileError && !["busy", "disk"].includes(error.problem);
    if (isLasting) return null;
    throw error;
  }
}
