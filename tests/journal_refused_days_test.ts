// Days of which no file could be written, since the disk takes nothing.
import { deepEqual, equal, ok } from "node:assert/strict";
import { jsonOf } from "./support/query_house.ts";
import { dayBounds } from "../lib/calendar.ts";
import { parseConfig } from "../lib/config.ts";
import type { DayAnswer } from "../lib/query/wire.ts";
import type { Journal } from "../lib/store/journal.ts";
import { makeQuery } from "../lib/task/query_parts.ts";
import { JournalFolders } from "./support/journal_folders.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";
import { ROME } from "./support/year_fixture.ts";

const HOUR_MS = 3_600_000;

/** A reading each hour of two days. */
async function appendTwoDays({ clock }: JournalFolders, journal: Journal): Promise<void> {
  clock.set("2026-11-19T23:00:00Z");
  for (let i = 0; i < 40; i++) {
    await journal.append(clock.reading(1000));
    clock.pass(HOUR_MS);
  }
}

diskTest("a day that only the spool has is among those that are asked about", async () => {
  await using disk = await SmallDisk.mount(64);
  await using folders = new JournalFolders({ journalDir: `${disk.folder}/journal` });
  const journal = await folders.opened();
  await disk.readOnly(true);
  await appendTwoDays(folders, journal);
  await journal.flush();
  equal(journal.status().ok, false);
  deepEqual(await journal.dates(), ["2026-11-20", "2026-11-21"]);
  const query = makeQuery(
    parseConfig({
      TIME_ZONE: ROME,
      JOURNAL_DIR: folders.journalDir,
      RUNTIME_DIRECTORY: folders.spoolDir,
      DATABASE_URL: `${folders.root}/years/mcce`,
    }),
    { clock: folders.clock, journal, feed: { held: () => null }, log: { lasting: () => {} } },
  );
  const span = dayBounds("2026-11-20", ROME);
  const [day, ...others] = jsonOf<DayAnswer[]>(await query.days(span));
  equal(day?.date, "2026-11-20");
  deepEqual(others, []);
  equal((await query.span()).firstDate, "2026-11-20");
  // What comes meanwhile is seen as well.
  folders.clock.pass(24 * HOUR_MS);
  await journal.append(folders.clock.reading(1000));
  deepEqual(await journal.dates(), ["2026-11-20", "2026-11-21", "2026-11-22"]);
  await disk.readOnly(false);
  await journal.flush();
  equal(journal.status().ok, true);
  deepEqual(await journal.dates(), ["2026-11-20", "2026-11-21", "2026-11-22"]);
});

diskTest("a day that waits in memory is too", async () => {
  await using disk = await SmallDisk.mount(64);
  const journalDir = `${disk.folder}/journal`;
  await using folders = new JournalFolders({ journalDir, spool: "in the journal's" });
  const journal = await folders.opened();
  await disk.readOnly(true);
  await appendTwoDays(folders, journal);
  ok(journal.status().waiting > 0);
  deepEqual(await journal.dates(), ["2026-11-20", "2026-11-21"]);
});
