import { addDays, dayAt } from "../../../lib/calendar.ts";
import type { Reading } from "../../../lib/reading.ts";
import { parseLines } from "../../../lib/store/journal_lines.ts";
import { YearFiles } from "../../../lib/store/year_files.ts";
import { journalPaths } from "../journal_paths.ts";

/** Every reading that an ended service has stored; a line that stands twice in one file comes twice. */
export function storedReadings(env: Readonly<Record<string, string>>): Reading[] {
  const { JOURNAL_DIR = "", DATABASE_URL = "", TIME_ZONE = "" } = env;
  const digested = digestedReadings(DATABASE_URL, TIME_ZONE);
  const known = new Set(digested.map(({ at, watts }) => `${at},${watts}`));
  const journal = journalPaths(JOURNAL_DIR)
    .flatMap((path) => parseLines(Deno.readFileSync(path)).readings);
  // A day's journal stays beside its pack until each of its readings is in that.
  return [...digested, ...journal.filter(({ at, watts }) => !known.has(`${at},${watts}`))];
}

function digestedReadings(databaseUrl: string, timeZone: string): Reading[] {
  using years = new YearFiles(databaseUrl);
  const today = dayAt(Date.now(), timeZone).date;
  const dates = Array.from({ length: 9 }, (_, i) => addDays(today, i - 4));
  return dates.flatMap((date) =>
    years.existing(Number(date.slice(0, 4)))?.readings(date)?.readings ?? []
  );
}
