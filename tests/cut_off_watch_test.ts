import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { DatedCutOff } from "../lib/alarm/join_episodes.ts";
import { dayFinder } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { readBootMark, writeBootMark } from "../lib/store/boot_mark.ts";
import { datesIn } from "../lib/store/day_files.ts";
import { readJournalDay } from "../lib/store/journal_day.ts";
import { mergeReadings } from "../lib/store/journal_lines.ts";
import { CutOffWatch } from "../lib/task/cut_off_watch.ts";
import { DigestHouse } from "./support/digest_house.ts";

const WALL = "2026-12-31T23:10:00Z";
const CUT_AT = Date.parse("2026-12-31T22:59:50Z");

/** A house whose readings ceased while it drew 4,060 W, ten minutes ago and ten seconds before midnight in Rome. */
class CutHouse extends DigestHouse {
  readonly told: DatedCutOff[] = [];
  readonly problems: string[] = [];

  constructor() {
    super({ wall: WALL });
    const readings: Reading[] = Array.from({ length: 240 }, (_, i) => ({
      at: CUT_AT - 5000 * (239 - i),
      watts: i < 239 - 24 ? 900 : 4060,
    }));
    const dayOf = dayFinder("Europe/Rome");
    const days = Map.groupBy(readings, ({ at }) => dayOf(at).date);
    for (const [date, ones] of days) this.write(date, ones);
  }

  /** The watch of a service in this start of the machine or that. */
  watch(bootId: string): CutOffWatch {
    const { config, folders } = this;
    return new CutOffWatch({
      ...config,
      ...{ years: this.years, bootId, nowMs: folders.clock.nowMs },
      dates: () => datesIn(config.journalDir),
      readDay: async (date) => {
        const { readings } = await readJournalDay(config, date);
        return mergeReadings([...this.stored(date), ...readings]).readings;
      },
      onCutOff: (cutOff) => this.told.push(cutOff),
      onProblem: (sentence) => this.problems.push(sentence),
    });
  }

  mark(stoppedAt: number | null = null): Promise<void> {
    return writeBootMark(this.config.journalDir, { bootId: "before", stoppedAt });
  }

  recorded(): DatedCutOff[] {
    return this.years.years().flatMap((year) => this.years.open(year).cutOffs(0, 1e15))
      .map((cutOff) => ({ ...cutOff }));
  }
}

const CUT_OFF: DatedCutOff = {
  ...{ at: CUT_AT, watts: 4060, secondsAbove: 120, tierWatts: 4060, endedBy: "boot" },
  ...{ limits: "3300:180m,4200:2m", suggestedLimits: "3300:180m,4060:2m" },
};

Deno.test("readings that ceased while a tier was spent, and a start of the machine: a cut-off, recorded once", async () => {
  await using house = new CutHouse();
  await house.mark();
  assert.deepEqual(await house.watch("now").begin(), []);
  assert.deepEqual(house.told, [CUT_OFF]);
  assert.deepEqual(house.recorded(), [CUT_OFF]);
  assert.deepEqual(house.years.years(), [2026]);
  assert.deepEqual(await readBootMark(house.config.journalDir), { bootId: "now", stoppedAt: null });

  await house.watch("now").begin();
  await house.mark();
  await house.watch("later").begin();
  assert.deepEqual(house.told, [CUT_OFF]);
  assert.deepEqual(house.recorded(), [CUT_OFF]);
  assert.deepEqual(house.problems, []);
});

Deno.test("after a stop in order a start of the machine tells nothing, unless readings had ceased before", async () => {
  for (const [stoppedAfterMs, count] of [[4_000, 0], [15_000, 0], [60_000, 1]] as const) {
    await using house = new CutHouse();
    await house.mark(CUT_AT + stoppedAfterMs);
    await house.watch("now").begin();
    assert.equal(house.recorded().length, count, `stopped ${stoppedAfterMs} ms later`);
  }
});

Deno.test("a start of the machine that no cut-off has caused refills no budget", async () => {
  await using house = new CutHouse();
  await house.mark(CUT_AT + 4_000);
  const readings = await house.watch("now").begin();
  assert.deepEqual([readings.length, readings.at(-1)], [240, { at: CUT_AT, watts: 4060 }]);
  assert.equal((await house.watch("now").begin()).length, 240);
});

Deno.test("a service that starts again in the same start of the machine gets what was spent", async () => {
  await using house = new CutHouse();
  await house.mark();
  const readings = await house.watch("before").begin();
  assert.deepEqual([readings.length, readings.at(-1)], [240, { at: CUT_AT, watts: 4060 }]);
  assert.deepEqual(house.recorded(), []);
});

Deno.test("without a mark nothing is known of the machine, and no cut-off is told", async () => {
  await using house = new CutHouse();
  assert.equal((await house.watch("now").begin()).length, 240);
  assert.deepEqual(house.recorded(), []);
  Deno.writeTextFileSync(`${house.config.journalDir}/boot.mark`, "");
  assert.equal(await readBootMark(house.config.journalDir), null);
});

Deno.test("what was spent before a cut-off is not missing after it", async () => {
  await using house = new CutHouse();
  await house.mark();
  const watch = house.watch("before");
  await watch.begin();
  await watch.meterReturned(CUT_AT);
  assert.deepEqual(house.told, [{ ...CUT_OFF, endedBy: "meter" }]);
  assert.deepEqual(await house.watch("before").begin(), []);
});

Deno.test("a stop in order is noted, with its time", async () => {
  await using house = new CutHouse();
  await house.mark(CUT_AT);
  const watch = house.watch("now");
  await watch.begin();
  await watch.end();
  const mark = { bootId: "now", stoppedAt: Date.parse(WALL) };
  assert.deepEqual(await readBootMark(house.config.journalDir), mark);
});

Deno.test("a cut-off that the yearly file does not take is told at once, and stored later, or after the next start", async () => {
  await using house = new CutHouse();
  await house.mark();
  house.years.open(2026);
  const other = new DatabaseSync(house.yearPath(2026));
  other.exec("BEGIN IMMEDIATE");
  const watch = house.watch("now");
  await watch.begin();
  assert.deepEqual(house.told, [CUT_OFF]);
  assert.match(house.problems[0]!, /^a cut-off waits for its yearly file: .*mcce\.2026/);
  await watch.end();
  assert.equal((await readBootMark(house.config.journalDir))?.bootId, "before");
  assert.deepEqual(house.recorded(), []);
  other.close();
  watch.retry();
  watch.retry();
  assert.deepEqual(house.recorded(), [CUT_OFF]);
  assert.deepEqual(house.told, [CUT_OFF]);
});

Deno.test("while what is kept cannot be read the mark stays, so that the next start looks again", async () => {
  await using house = new CutHouse();
  await house.mark();
  Deno.mkdirSync(`${house.folders.root}/years`, { recursive: true });
  Deno.writeTextFileSync(house.yearPath(2026), "no yearly file, but long enough to look like one");
  const watch = house.watch("now");
  assert.deepEqual(await watch.begin(), []);
  assert.match(house.problems[0]!, /^what the alarm knew before is lost: .*mcce\.2026/);
  await watch.end();
  Deno.removeSync(house.yearPath(2026));
  await house.watch("now").begin();
  assert.deepEqual(house.recorded(), [CUT_OFF]);
});
