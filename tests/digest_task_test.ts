import assert from "node:assert/strict";
import { addDays, dayBounds, localDate } from "../lib/calendar.ts";
import { type Reading, roundAt } from "../lib/reading.ts";
import type { DigestState } from "../lib/store/digest_run.ts";
import { formatLine } from "../lib/store/journal_lines.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { Service, startProgram } from "./support/service.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

const [LAST, FIRST, SECOND] = ["2025-12-31", "2026-01-01", "2026-01-02"] as const;

/** Runs `digest` to its end; nothing that it says is a stack. */
async function digest({ env }: Pick<DigestHouse, "env">, ...dates: string[]) {
  const { process, lines, printed, drained } = startProgram("digest", env, ...dates);
  const { code } = await process.status;
  await drained;
  assert.ok(
    ![...lines, ...printed].some((line) => /^ {4}at |file:\/\//.test(line)),
    lines.join("\n"),
  );
  return { code, printed, lines };
}

/** The clock of these houses is the machine's: the program has no other. */
function house(env: Record<string, string> = {}): DigestHouse {
  return new DigestHouse({ wall: new Date().toISOString(), env });
}

Deno.test("digest takes every pending day, the oldest first, says what became of each and ends with 0", async () => {
  await using one = house();
  for (const date of [FIRST, LAST]) one.write(date, localHouseDay(date), "rubbish\n");
  one.write(SECOND, evenDay(SECOND, { watts: 0 }));
  const { code, printed, lines } = await digest(one);
  assert.deepEqual([code, lines], [0, []]);
  assert.equal(printed.length, 3);
  assert.match(
    printed[0]!,
    /^2025-12-31: \d\.\d\d kWh from 17280 readings, 17280 new; 1 damaged line kept in 2025-12-31\.bad$/,
  );
  assert.match(printed[1]!, /^2026-01-01: .* 1 damaged line /);
  assert.equal(
    printed[2],
    "2026-01-02: 0.00 kWh from 8640 readings, 8640 new; no energy at all: was the main switch off?",
  );
  for (const date of [LAST, FIRST]) assert.deepEqual(one.stored(date), localHouseDay(date));
  assert.deepEqual(one.folders.names(), [`${LAST}.bad`, `${FIRST}.bad`]);
  assert.deepEqual(await digest(one), {
    code: 0,
    printed: [`${one.folders.journalDir}: there is nothing to digest`],
    lines: [],
  });
});

Deno.test("digest of named days takes these alone, whatever is known of them", async () => {
  await using one = house();
  for (const date of [LAST, FIRST]) one.write(date, evenDay(date));
  const first = await digest(one, FIRST, "1999-12-31", FIRST);
  assert.deepEqual(first, {
    code: 0,
    printed: [
      "2026-01-01: 24.00 kWh from 8640 readings, 8640 new",
      "1999-12-31: no reading is known, neither of the journal nor of the yearly file",
    ],
    lines: [],
  });
  assert.deepEqual([one.folders.names(), one.yearNames()], [[`${LAST}.csv`], ["mcce.2026"]]);
  const again = await digest(one, FIRST);
  assert.deepEqual(again.printed, ["2026-01-01: 24.00 kWh from 8640 readings, 0 new"]);
});

Deno.test("digest badly asked for says so in a line each, does nothing and ends with 2", async () => {
  await using one = house();
  one.write(LAST, evenDay(LAST));
  const today = localDate(Date.now(), ROME);
  const { code, printed, lines } = await digest(one, LAST, "yesterday", "2026-02-30", today, "-v");
  assert.deepEqual([code, printed], [2, []]);
  assert.deepEqual(lines, [
    "yesterday is no date: digest takes dates, YYYY-MM-DD.",
    "2026-02-30 is no date: digest takes dates, YYYY-MM-DD.",
    `${today} is not over yet: a day is digested when it has ended.`,
    "-v is no date: digest takes dates, YYYY-MM-DD.",
  ]);
  assert.deepEqual(one.folders.names(), [`${LAST}.csv`]);
  const refused = await digest({ env: { ...one.env, MIN_TIME_RES: "7" } });
  assert.deepEqual([refused.code, refused.lines.length], [2, 1]);
  assert.match(refused.lines[0]!, /^MIN_TIME_RES/);
});

Deno.test("digest that fails for a day says what was done and what was not, and ends with 1", async () => {
  await using one = house();
  for (const date of [LAST, FIRST]) one.write(date, evenDay(date));
  Deno.mkdirSync(one.yearPath(2025).replace(/\/[^/]*$/, ""));
  Deno.writeTextFileSync(
    one.yearPath(2025),
    "no database, but long enough to look like one".repeat(99),
  );
  const { code, printed, lines } = await digest(one);
  assert.deepEqual([code, printed], [1, ["2026-01-01: 24.00 kWh from 8640 readings, 8640 new"]]);
  assert.equal(lines.length, 2);
  assert.match(
    lines[0]!,
    /^2025-12-31 was not digested: .*mcce\.2025: the file is damaged and was left/,
  );
  assert.equal(lines[1], "1 day was digested.");
  assert.deepEqual(one.folders.names(), [`${LAST}.csv`]);
});

Deno.test("digest of a journal that cannot be read ends with 1 and a sentence that names it", async () => {
  await using one = house();
  Deno.writeTextFileSync(one.folders.journalDir, "");
  const { code, printed, lines } = await digest(one);
  assert.deepEqual([code, printed, lines.length], [1, [], 1]);
  assert.ok(lines[0]!.startsWith(one.folders.journalDir), lines[0]!);
});

/** Readings of yesterday's last minutes. */
function eveningReadings(count: number): Reading[] {
  const { endMs } = dayBounds(addDays(localDate(Date.now(), ROME), -1), ROME);
  return Array.from({ length: count }, (_, i) => (
    { at: roundAt(endMs - 5_000 * (count - i)), watts: 500 + i }
  ));
}

/** The service's own digest comes with each minute: the next seconds are clear of it. */
async function clearOfCron(): Promise<void> {
  const leftMs = 60_000 - Date.now() % 60_000;
  if (leftMs < 8_000) await new Promise((resolve) => setTimeout(resolve, leftMs + 1_500));
}

Deno.test("digest beside a running service just after midnight sees what its spool holds; the flush brings nothing twice", async () => {
  await using one = house({ SERIAL_PORT: "/nowhere" });
  const readings = eveningReadings(200);
  const { endMs } = dayBounds(localDate(readings[0]!.at, ROME), ROME);
  const [date, today] = [localDate(readings[0]!.at, ROME), localDate(endMs, ROME)];
  await clearOfCron();
  const service = await Service.start(one.env);
  try {
    const spooled = [...readings, { at: endMs, watts: 1 }].map(formatLine).join("");
    one.folders.write("spool", spooled, one.folders.spoolDir);
    const before = await digest(one);
    assert.deepEqual([before.code, before.printed.length], [0, 1]);
    assert.match(before.printed[0]!, new RegExp(`^${date}: .* from 200 readings, 200 new$`));
    assert.deepEqual(one.stored(date), readings);
    assert.equal(one.folders.text("spool", one.folders.spoolDir), spooled);

    const answer = await fetch(new URL("digest", service.url), { method: "POST" });
    const { pending, failed } = await answer.json() as DigestState;
    assert.deepEqual([pending, failed], [[], []]);
    assert.deepEqual(one.folders.names(), [`${today}.csv`]);
    assert.equal((await digest(one)).code, 0);
    assert.deepEqual(one.stored(date), readings);
    const health = await service.get<{ parts: { digest: { ok: boolean } } }>("health");
    assert.equal(health.parts.digest.ok, true);
  } finally {
    assert.equal((await service.end("SIGTERM")).code, 0);
  }
  assert.deepEqual(one.folders.names(), [`${today}.csv`]);
});

Deno.test("digest after the midnight flush, and after the service has gone, finds the same", async () => {
  await using one = house({ SERIAL_PORT: "/nowhere" });
  const readings = eveningReadings(60);
  const date = localDate(readings[0]!.at, ROME);
  one.write(date, readings.slice(0, 20));
  const left = (name: string, from: number, to: number) =>
    one.folders.write(
      name,
      readings.slice(from, to).map(formatLine).join(""),
      one.folders.spoolDir,
    );
  left("spool.flushing", 15, 40);
  left("spool", 40, 60);
  assert.equal((await digest(one, date)).code, 0);
  assert.deepEqual(one.stored(date), readings);
  await clearOfCron();
  const service = await Service.start(one.env);
  assert.deepEqual(one.folders.names(), [`${date}.csv`], "the start has emptied the spool");
  const { printed } = await digest(one);
  assert.match(printed[0]!, / from 60 readings, 0 new$/);
  await service.end("SIGTERM");
  assert.deepEqual([one.folders.names(), one.stored(date)], [[], readings]);
});
