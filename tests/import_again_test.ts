import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { ImportFolder, originDays } from "./support/import_fixture.ts";
import { adjusted, writeOriginDays, writeOriginYears } from "./support/origin_installation.ts";
import { contents, store } from "./support/year_fixture.ts";

const NEW_YEAR = originDays("2022-12-30", 4);

Deno.test("days/ beats the yearly table of the same day, whichever is imported first", async () => {
  const [date, watts] = [...NEW_YEAR][2]!;
  const orders = [["days mcce.2023"], ["mcce.2023 days"], ["days", "mcce.2023"], [
    "mcce.2023",
    "days",
  ]];
  for (const order of orders) {
    using folder = new ImportFolder();
    writeOriginDays(`${folder.path}/origin/days`, new Map([[date, watts]]));
    writeOriginYears(`${folder.path}/origin/mcce`, NEW_YEAR, 15);
    for (const paths of order) await folder.import(...paths.split(" "));
    folder.inYear(2023, (file) => {
      assert.equal(file.readings(date, "origin")!.readings.length, 17_280);
      assert.equal(file.readings("2023-01-02", "origin")!.readings.length, 96);
    });
  }
});

Deno.test("importing the same again changes nothing and says so", async () => {
  using folder = new ImportFolder();
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  writeOriginYears(`${folder.path}/origin/old`, originDays("2022-12-01", 5), 60);
  await folder.import("days", "old.2022");
  const before = [2022, 2023].map((year) => contents(folder.yearPath(year)));
  const bytes = Deno.readFileSync(folder.yearPath(2022));
  const report = await folder.import("days", "old.2022");
  assert.match(report[1]!, /^2022 +7 +0 /);
  assert.match(report[2]!, /^2023 +2 +0 /);
  assert.deepEqual([2022, 2023].map((year) => contents(folder.yearPath(year))), before);
  assert.deepEqual(Deno.readFileSync(folder.yearPath(2022)), bytes);
});

Deno.test("a file that has grown since the last import brings what is new; what came first stays", async () => {
  using folder = new ImportFolder();
  const [date, watts] = [...NEW_YEAR][0]!;
  const path = `${folder.path}/origin/${date}`;
  Deno.writeTextFileSync(path, "100\n200\n");
  await folder.import(date);
  Deno.writeTextFileSync(path, `100\n999\n${watts.slice(2).join("\n")}\n`);
  const report = await folder.import(date);
  assert.match(report.join("\n"), /2022-12-30 {2}1 value of an earlier import stay/);
  folder.inYear(2022, (file) => {
    const { readings } = file.readings(date, "origin")!;
    assert.deepEqual(readings.slice(0, 3).map(({ watts }) => watts), [100, 200, watts[2]]);
    assert.equal(readings.length, 17_280);
  });
});

Deno.test("the day of the change-over joins the old file with what was measured, nothing twice", async () => {
  const date = "2022-12-31";
  const { startMs } = dayBounds(date, "Europe/Rome");
  const at = (hour: number) => startMs + hour * 3_600_000;
  const own = (fromHour: number, toHour: number) =>
    Array.from({ length: (toHour - fromHour) * 720 }, (_, i) => ({
      at: at(fromHour) + i * 5_000 + 300,
      watts: 2_000,
    }));
  // The origin stopped at 14:00, this program runs from 15:00 on, but for an hour in the evening.
  const measured = [...own(15, 20), ...own(21, 24)];
  const days = new Map([[date, Array(14 * 720).fill(500)]]);
  for (const kind of ["days", "table"] as const) {
    using folder = new ImportFolder();
    if (kind === "days") writeOriginDays(`${folder.path}/origin/days`, days);
    else {writeOriginYears(
        `${folder.path}/origin/days`,
        new Map([[date, adjusted(days.get(date)!)]]),
        60,
      );}
    const path = kind === "days" ? "days" : "days.2022";
    folder.inYear(2022, (file) => store(file, date, measured));
    const report = await folder.import(path);
    assert.match(report.join("\n"), /fills what 5760 readings of our own leave open/);
    const wh = folder.inYear(2022, (file) => {
      assert.deepEqual(file.readings(date, "measured")!.readings, measured);
      assert.equal(file.day(date)!.source, "origin");
      assert.equal(
        [...file.rows("history", at(0), at(24))].length,
        kind === "days" ? 24 * 4 - 8 + 2 : 96,
      );
      return file.day(date)!.wh;
    });
    // days/: nothing is known from 14:00 to 15:00 and from 20:00 to 21:00, but for the seconds that a reading holds.
    const expected = kind === "days"
      ? 14 * 500 + 8 * 2_000 + (15 * 500 + 15 * 2_000) / 3_600
      : 16 * 500 + 8 * 2_000;
    assert.ok(Math.abs(wh - expected) < 10, `${kind}: ${wh} is not ${expected}`);
    const before = contents(folder.yearPath(2022));
    await folder.import(path);
    assert.deepEqual(contents(folder.yearPath(2022)), before);
  }
});

Deno.test("a day that was imported under another TIME_ZONE is not mixed with itself", async () => {
  using folder = new ImportFolder({ TIME_ZONE: "Europe/London" });
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  await folder.import("days");
  const before = contents(folder.yearPath(2023));
  using rome = new ImportFolder({ DATABASE_URL: folder.config.databasePath });
  writeOriginDays(`${rome.path}/origin/days`, NEW_YEAR);
  const report = await rome.import("days");
  assert.match(
    report.join("\n"),
    /days\/2023-01-01: taken over before as a day of Europe\/London, not of Europe\/Rome/,
  );
  assert.deepEqual(contents(folder.yearPath(2023)), before);
});
