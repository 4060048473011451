import assert from "node:assert/strict";
import { ImportFolder, originDays } from "./support/import_fixture.ts";
import { writeOriginDays } from "./support/origin_installation.ts";
import { contents, query } from "./support/year_fixture.ts";

const ROUNDS = 5;
const SCRIPT = new URL("support/run_import.ts", import.meta.url).pathname;
const DAYS = originDays("2023-12-12", 40);

/** Starts an import in a process of its own and kills it after some time; whether it was still at work. */
async function killed(folder: ImportFolder, afterMs: number): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", SCRIPT, `${folder.path}/origin/days`],
    env: folder.env as Record<string, string>,
    stdout: "null",
    stderr: "null",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  const { signal } = await child.status;
  clearTimeout(timer);
  return signal === "SIGKILL";
}

/** How many days the file of a year has; each is there as a whole. */
function wholeDays(folder: ImportFolder, year: number): number {
  // Opened for writing, so that what the killed process left beside the file is rolled back.
  const dates = folder.inYear(year, (file) => {
    const days = file.days(`${year}-01-01`, `${year}-12-31`);
    for (const { date, readings } of days) {
      assert.equal(readings, 17_280);
      assert.equal(file.readings(date, "origin")!.readings.length, 17_280);
      assert.equal([...file.rows("history", ...span(date))].length, 96);
    }
    return days.map(({ date }) => date);
  });
  assert.deepEqual(query(folder.yearPath(year), "PRAGMA integrity_check"), [
    { integrity_check: "ok" },
  ]);
  return dates.length;
}

Deno.test("an import that is killed at any moment leaves whole days, and the next one takes the rest", async () => {
  using folder = new ImportFolder();
  using whole = new ImportFolder();
  for (const { path } of [folder, whole]) writeOriginDays(`${path}/origin/days`, DAYS);
  const startedMs = performance.now();
  await whole.import("days");
  const tookMs = performance.now() - startedMs;
  let kills = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // A process needs some time before it begins.
    if (await killed(folder, 150 + Math.random() * (tookMs + 300))) kills++;
    const days = wholeDays(folder, 2023) + wholeDays(folder, 2024);
    if (days === DAYS.size) Deno.removeSync(`${folder.path}/years`, { recursive: true });
  }
  assert.ok(kills > 0, "no import was killed");
  await folder.import("days");
  for (const year of [2023, 2024]) {
    assert.deepEqual(contents(folder.yearPath(year)), contents(whole.yearPath(year)));
  }
});

function span(date: string): [number, number] {
  const startMs = Temporal.PlainDate.from(date).toZonedDateTime("Europe/Rome").epochMilliseconds;
  return [startMs, startMs + 86_400_000];
}
