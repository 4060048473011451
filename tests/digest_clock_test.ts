import assert from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { datesIn } from "../lib/store/day_files.ts";
import type { DigestRun } from "../lib/store/digest_run.ts";
import type { Journal } from "../lib/store/journal.ts";
import { mergeReadings } from "../lib/store/journal_lines.ts";
import { DigestHouse } from "./support/digest_house.ts";
import { query } from "./support/year_fixture.ts";

const MINUTE_MS = 60_000;
const SAMPLES = { SAMPLE_SECONDS: "60" };

/** A service whose clock the test moves: a reading and a look at the pending days each minute. */
class SteppedService {
  readonly made: Reading[] = [];
  watts = () => this.made.length % 10_000;

  private constructor(
    readonly house: DigestHouse,
    readonly journal: Journal,
    readonly digest: DigestRun,
  ) {}

  static async start(house: DigestHouse): Promise<SteppedService> {
    const journal = await house.folders.opened({ timeZone: house.config.timeZone });
    return new SteppedService(house, journal, house.digest({ flush: () => journal.flush() }));
  }

  async pass(minutes: number, everyMinute = () => Promise.resolve()): Promise<void> {
    const { clock } = this.house.folders;
    for (let i = 0; i < minutes; i++) {
      const reading = clock.reading(this.watts());
      this.made.push({ at: reading.at, watts: reading.watts });
      await this.journal.append(reading);
      clock.pass(MINUTE_MS);
      await everyMinute();
    }
  }

  /** As it does of itself: a flush now and then, the pending days each minute. */
  run(minutes: number): Promise<void> {
    return this.pass(minutes, async () => {
      if (this.made.length % 10 === 0) await this.journal.flush();
      await this.digest.run();
    });
  }
}

/** All that was made rests in its own day, once: in the yearly files, and in the journal for days that are not over. */
async function assertAllKept({ house, journal, made }: SteppedService): Promise<void> {
  const { timeZone } = house.config;
  await journal.flush();
  const kept: Reading[] = [];
  const dates = new Set(await datesIn(house.folders.journalDir));
  for (const year of house.years.years()) {
    for (const { date } of house.years.open(year).days("0000", "9999")) dates.add(date);
  }
  for (const date of [...dates].sort()) {
    const inJournal = (await journal.readDay(date)).readings;
    const day = mergeReadings([...house.stored(date), ...inJournal]).readings;
    const { startMs, endMs } = dayBounds(date, timeZone);
    for (const { at } of day) assert.ok(at >= startMs && at < endMs, date);
    kept.push(...day);
  }
  assert.deepEqual(kept, mergeReadings(made).readings);
  assert.deepEqual(house.failed, []);
}

Deno.test("a clock that jumps 3 days ahead and back: days to come wait for their end, and take what they then get", async () => {
  await using house = new DigestHouse({ wall: "2026-11-21T22:00:00Z", env: SAMPLES });
  const { clock } = house.folders;
  const service = await SteppedService.start(house);
  await service.run(30);
  clock.set("2026-11-24T10:00:00Z");
  await service.run(30);
  assert.deepEqual(house.digested.map(({ day }) => day.date), ["2026-11-21"]);
  clock.set("2026-11-21T22:31:00Z");
  await service.run(60);
  assert.deepEqual((await service.digest.state()).pending, []);
  assert.deepEqual(house.digested.map(({ day }) => day.date), ["2026-11-21", "2026-11-21"]);
  assert.deepEqual(await datesIn(house.folders.journalDir), ["2026-11-22", "2026-11-24"]);
  await assertAllKept(service);
  clock.set("2026-11-24T09:50:00Z");
  await service.run(20);
  clock.set("2026-11-25T00:00:00Z");
  await service.run(1);
  // 9:50 to 10:30, 10 minutes of which came twice.
  assert.equal(house.stored("2026-11-24").length, 40);
  await assertAllKept(service);
});

Deno.test("a clock that jumps over midnight and backwards over it: every reading lands in its day once", async () => {
  await using house = new DigestHouse({ wall: "2026-11-21T22:50:00Z", env: SAMPLES });
  const { clock } = house.folders;
  const service = await SteppedService.start(house);
  await service.run(5);
  clock.set("2026-11-21T23:20:00Z");
  await service.run(10);
  clock.set("2026-11-21T22:52:00Z");
  await service.run(30);
  clock.set("2026-11-20T22:58:00Z");
  await service.run(5);
  clock.set("2026-11-22T12:00:00Z");
  await service.run(1);
  await assertAllKept(service);
  assert.deepEqual(await datesIn(house.folders.journalDir), ["2026-11-22"]);
  assert.equal(house.stored("2026-11-20").length, 2);
  // 22:50 to 22:59 and, after the jump back, some of these minutes again, of which the first stays.
  assert.equal(house.stored("2026-11-21").length, 10 + 3);
});

Deno.test("whatever the clock does, wherever the process dies: every reading lands in its day once", async () => {
  const start = Date.parse("2026-12-31T22:30:00Z");
  const step = fc.oneof(
    fc.record({ do: fc.constant("pass" as const), minutes: fc.integer({ min: 1, max: 40 }) }),
    fc.record({
      do: fc.constant("jump" as const),
      toMinutes: fc.integer({ min: -4_000, max: 5_000 }),
    }),
    fc.record({ do: fc.constantFrom("flush" as const, "digest" as const, "die" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      await using house = new DigestHouse({ wall: new Date(start).toISOString(), env: SAMPLES });
      const { clock } = house.folders;
      let service = await SteppedService.start(house);
      for (const one of steps) {
        if (one.do === "pass") await service.pass(one.minutes);
        if (one.do === "jump") clock.wallMs = start + one.toMinutes * MINUTE_MS;
        if (one.do === "flush") await service.journal.flush();
        if (one.do === "digest") await service.digest.run();
        if (one.do === "die") {
          const { made } = service;
          service = await SteppedService.start(house);
          service.made.push(...made);
        }
      }
      clock.set("2027-02-01T00:00:00Z");
      await service.digest.run();
      await service.digest.run();
      assert.deepEqual(await datesIn(house.folders.journalDir), []);
      await assertAllKept(service);
    }),
    { numRuns: 25 },
  );
});

for (
  const [zone, date, hours, rows] of [
    ["Europe/Rome", "2026-03-29", 23, { 0: "00:00", 7: "01:45", 8: "03:00", 91: "23:45" }],
    ["Europe/Rome", "2026-10-25", 25, { 0: "00:00", 11: "02:45", 12: "02:00", 99: "23:45" }],
    ["Africa/Cairo", "2026-04-24", 23, { 0: "01:00", 91: "23:45" }],
    ["Africa/Cairo", "2026-10-29", 25, { 95: "23:45", 96: "23:00", 99: "23:45" }],
    ["Australia/Lord_Howe", "2026-10-04", 23.5, { 7: "01:45", 8: "02:30", 93: "23:45" }],
    ["Australia/Lord_Howe", "2026-04-05", 24.5, { 7: "01:45", 8: "01:30", 97: "23:45" }],
    ["America/Sao_Paulo", "2018-11-04", 23, { 0: "01:00", 91: "23:45" }],
    ["America/Sao_Paulo", "2018-02-17", 25, { 95: "23:45", 96: "23:00", 99: "23:45" }],
  ] as const
) {
  Deno.test(`${date} in ${zone} has ${hours} hours, from the meter to the view`, async () => {
    const { startMs, endMs } = dayBounds(date, zone);
    assert.equal(endMs - startMs, hours * 3_600_000);
    const wall = new Date(startMs - 10 * MINUTE_MS).toISOString();
    await using house = new DigestHouse({ wall, zone, env: SAMPLES });
    const service = await SteppedService.start(house);
    service.watts = () => 1200;
    await service.pass(hours * 60 + 20);
    assert.deepEqual((await service.digest.run()).pending, []);
    await assertAllKept(service);
    const told = house.digested.map(({ day }) => [day.date, day.wh, day.coveredS]);
    assert.deepEqual(told[1], [date, 1200 * hours, 3600 * hours]);
    assert.deepEqual(told.map(([, wh]) => wh), [200, 1200 * hours]);
    const view = query(house.yearPath(Number(date.slice(0, 4))), `select * from "${date}"`);
    assert.equal(view.length, 4 * hours);
    for (const [i, label] of Object.entries(rows)) {
      assert.deepEqual(view[Number(i)], { index: `${date} ${label}:00`, Wh: 1200 });
    }
  });
}
