import assert from "node:assert/strict";
import { makeBackup } from "../lib/backup/make_backup.ts";
import { dayBounds } from "../lib/calendar.ts";
import { parseLines } from "../lib/store/journal_lines.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { YearFiles } from "../lib/store/year_files.ts";
import { makeDigestRun } from "../lib/task/digest_parts.ts";
import { House, names } from "./support/backup_house.ts";
import { query, ROME } from "./support/year_fixture.ts";

Deno.test("a day that is digested between any two steps of a backup is in it", async () => {
  for (const step of [1, 2, 3]) {
    await using house = new House();
    const { journalDir, spoolDir, databasePath, timeZone } = house.config;
    using years = new YearFiles(databasePath);
    const made = "2026-11-22T12:00:00Z";
    const digest = makeDigestRun(house.config, years, {
      nowMs: () => Date.parse(made),
      flush: () => Promise.resolve(),
      onDigested() {},
      onFailed: ([one]) => assert.fail(one?.reason),
    });
    const yearPaths = ["2025", "2026"].map((year) => `${databasePath}.${year}`);
    let steps = 0;
    await makeBackup(`${house.root}/copy`, {
      ...{ journalDir, spoolDir, yearPaths, timeZone, made },
      locked: async (work) => {
        const result = await work();
        if (++steps === step) await digest.run();
        return result;
      },
    });
    assert.equal(house.folders.text("2026-11-21.csv"), null);
    const times = timesIn(`${house.root}/copy`);
    assert.ok([1795215600000, 1795215605000, 1795218600000].every((at) => times.has(at)));
  }
});

Deno.test("every backup beside a service at work has all readings up to its start", async () => {
  await using house = new House();
  const { clock } = house.folders;
  const journal = await house.folders.opened();
  using years = new YearFiles(house.config.databasePath);
  const digest = makeDigestRun(house.config, years, {
    nowMs: clock.nowMs,
    flush: () => journal.flush(),
    onDigested() {},
    onFailed: ([one]) => assert.fail(one?.reason),
  });
  const kept: number[] = [];
  let isDone = false;
  const service = async () => {
    while (!isDone) {
      clock.pass(1_800_000);
      const reading = clock.reading(1_000);
      await journal.append(reading);
      kept.push(reading.at);
      if (kept.length % 7 === 0) await journal.flush();
      if (kept.length % 24 === 0) await digest.run();
    }
  };
  const backups = async () => {
    for (let round = 0; round < 3; round++) {
      const until = kept.length;
      const { copy } = await house.backup();
      const times = timesIn(copy);
      assert.deepEqual(kept.slice(0, until).filter((at) => !times.has(at)), []);
    }
    isDone = true;
  };
  await Promise.all([service(), backups()]);
  assert.ok(kept.length > 10, `${kept.length} readings`);
});

/** The times of all readings of a backup. */
function timesIn(copy: string): Set<number> {
  const times = new Set<number>();
  for (const name of names(`${copy}/journal`).filter((name) => !name.endsWith(".bad"))) {
    const { readings } = parseLines(Deno.readFileSync(`${copy}/journal/${name}`));
    for (const { at } of readings) times.add(at);
  }
  for (const name of names(`${copy}/years`)) {
    const path = `${copy}/years/${name}`;
    assert.deepEqual(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
    using file = YearFile.open(path);
    const year = name.slice(-4);
    for (const { date } of file.days(`${year}-01-01`, `${year}-12-31`)) {
      const { startMs, endMs } = dayBounds(date, ROME);
      for (const { at } of file.readings(date)!.readings) {
        assert.ok(at >= startMs && at < endMs, date);
        times.add(at);
      }
    }
  }
  return times;
}
