import assert from "node:assert/strict";
import type { DatedCutOff } from "../lib/alarm/join_episodes.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import { dayBounds } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { FreshDaysEpisodes } from "../lib/task/fresh_episodes.ts";
import { ROME } from "./support/year_fixture.ts";

const [TODAY, YESTERDAY] = ["2026-11-21", "2026-11-20"];
const { startMs } = dayBounds(TODAY, ROME);
const CUT_OFF: DatedCutOff = {
  ...{ at: startMs + 60_000, watts: 4300, secondsAbove: 60, tierWatts: 4200, endedBy: "meter" },
  ...{ limits: "3300:180m,4200:2m", suggestedLimits: null },
};

/** Ten minutes of readings from a time on. */
function load(watts: number, fromMs: number): Reading[] {
  return Array.from({ length: 120 }, (_, i) => ({ at: fromMs + 5000 * i, watts }));
}

/** A house that tells which days were read. */
class House {
  readonly read: string[] = [];
  readonly files = new Map<string, { version: number; readings: Reading[] }>();
  shown: Reading[] | null = [];
  nowMs = startMs + 3_600_000;
  readonly episodes = new FreshDaysEpisodes({
    ...{ timeZone: ROME, sampleSeconds: 5, limits: DEFAULT_TIERS, nowMs: () => this.nowMs },
    live: (date) => date === TODAY ? this.shown : null,
    readDay: (date) => {
      this.read.push(date);
      return Promise.resolve(this.files.get(date)?.readings ?? []);
    },
    version: (date) => Promise.resolve(String(this.files.get(date)?.version)),
    pause: () => Promise.resolve(),
  });

  write(date: string, readings: Reading[]): void {
    this.files.set(date, { version: (this.files.get(date)?.version ?? 0) + 1, readings });
  }

  async seconds(date: string, cutOffs: readonly DatedCutOff[] = []): Promise<number[]> {
    const { parts } = await this.episodes.of(date, cutOffs);
    return parts.map(({ secondsAbove }) => secondsAbove);
  }

  /** The days that were read since this was last asked. */
  readSince(): string[] {
    return this.read.splice(0);
  }
}

Deno.test("of the present day only what has come since the last question is looked at", async () => {
  const house = new House();
  assert.deepEqual(await house.seconds(TODAY), []);
  assert.deepEqual(house.readSince(), [YESTERDAY]);
  house.shown!.push(...load(3400, startMs));
  assert.deepEqual(await house.seconds(TODAY), [610]);
  house.shown!.push(...load(500, startMs + 600_000), ...load(3400, startMs + 1_200_000));
  assert.deepEqual(await house.seconds(TODAY), [600, 610]);
  house.nowMs = startMs + 1_800_000;
  assert.deepEqual(await house.seconds(TODAY), [600, 600]);
  assert.deepEqual(house.readSince(), []);
});

Deno.test("a day that is shown anew, since times have changed, is looked at anew", async () => {
  const house = new House();
  house.shown = load(3400, startMs);
  assert.deepEqual(await house.seconds(TODAY), [610]);
  house.shown = load(3400, startMs + 60_000).slice(0, 60);
  assert.deepEqual(await house.seconds(TODAY), [310]);
  // The feed is turning to another day: the files have all that it had.
  house.shown = null;
  house.write(TODAY, load(3400, startMs).slice(0, 30));
  assert.deepEqual(await house.seconds(TODAY), [160]);
  assert.deepEqual(house.readSince(), [YESTERDAY, YESTERDAY, YESTERDAY, TODAY]);
});

Deno.test("a cut-off that becomes known, and an evening that changes, count at once", async () => {
  const house = new House();
  const left = async (cutOffs: readonly DatedCutOff[]) =>
    (await house.episodes.of(TODAY, cutOffs)).parts.map(({ secondsLeft }) => secondsLeft);
  house.shown = [
    ...load(4300, startMs + 55_000).slice(0, 2),
    ...load(4300, startMs + 300_000).slice(0, 3),
  ];
  assert.deepEqual(await left([]), [75]);
  assert.deepEqual(await left([CUT_OFF]), [100, 95]);
  assert.deepEqual(await left([]), [75]);
  house.write(YESTERDAY, load(4300, startMs - 45_000).slice(0, 9));
  assert.deepEqual(await left([]), [20]);
  // What was spent before a cut-off is no matter after it.
  assert.deepEqual(await left([{ ...CUT_OFF, at: startMs - 1 }]), [75]);
});

Deno.test("a day whose digest is still to come is read again when its files change, and forgotten after", async () => {
  const house = new House();
  house.write(YESTERDAY, load(3400, startMs - 3_600_000));
  for (let times = 0; times < 2; times++) {
    assert.deepEqual(await house.seconds(YESTERDAY), [610]);
  }
  assert.deepEqual(house.readSince(), ["2026-11-19", YESTERDAY]);
  house.write(YESTERDAY, load(3400, startMs - 3_600_000).slice(0, 60));
  assert.deepEqual(await house.seconds(YESTERDAY), [310]);
  assert.deepEqual(house.readSince(), ["2026-11-19", YESTERDAY]);
  house.episodes.keepOnly([TODAY]);
  await house.seconds(YESTERDAY);
  assert.deepEqual(house.readSince(), ["2026-11-19", YESTERDAY]);
});
