import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { isoWithOffset } from "../lib/calendar.ts";
import { systemClock as clock } from "../lib/clock.ts";
import { ConfigError } from "../lib/config.ts";
import type { Reading } from "../lib/reading.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { parseCsv } from "./support/csv.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import {
  DATES,
  exportHouse,
  outNames,
  run,
  runTask,
  SPAN,
  written,
} from "./support/export_house.ts";
import { ImportFolder, originDays } from "./support/import_fixture.ts";
import { writeOriginDays } from "./support/origin_installation.ts";
import { ROME, store } from "./support/year_fixture.ts";

Deno.test("export gives every reading of a span on standard output, as CSV unless told otherwise", async () => {
  const { one, readings } = await exportHouse({ everyS: 20 });
  await using _ = one;
  const wanted = readings.map(({ at, watts }) => ({ time: isoWithOffset(at, ROME), watts }));
  const { code, printed, lines } = await run(one, ...SPAN);
  deepEqual([code, lines], [0, []]);
  // Lines are cut at the newline, and so end with their carriage return.
  const csv = printed.map((line) => `${line}\n`).join("");
  const [header, ...rows] = parseCsv(csv);
  deepEqual(header, ["time", "watts"]);
  deepEqual(rows, wanted.map(({ time, watts }) => [time, String(watts)]));
  equal((await written(one, ...SPAN)).text, csv);
  deepEqual(JSON.parse((await written(one, ...SPAN, "--format=json")).text), wanted);
});

Deno.test("export takes days and history rows as well, the pending day and the gap included", async () => {
  const { one } = await exportHouse();
  await using _ = one;
  const days = await written(one, ...SPAN, "--resolution", "day", "--format", "ndjson");
  const parsed = days.text.trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(parsed.map(({ date }) => date), [...DATES]);
  ok(parsed.every(({ kWh, coverage }) => kWh > 1 && coverage > 0.99));
  const history = await written(one, ...SPAN, "--resolution", "history");
  const [header, ...rows] = parseCsv(history.text);
  deepEqual(header, ["time", "meanWatts", "minWatts", "maxWatts", "coverage"]);
  equal(rows.length, 3 * 96);
  deepEqual(rows[96]![0], "2025-01-01T00:00:00.0+01:00");
});

Deno.test("what was imported from the origin comes out again, beside what was measured since", async () => {
  using installation = new ImportFolder();
  const { config, path } = installation;
  writeOriginDays(`${path}/origin/days`, originDays("2024-05-05", 2));
  await installation.import("days");
  const imported = ["2024-05-05", "2024-05-06"].flatMap((date) =>
    installation.inYear(2024, (file) => file.readings(date, "origin")!.readings)
  );
  const measured = evenDay("2024-05-07");
  {
    using file = YearFile.open(installation.yearPath(2024));
    store(file, "2024-05-07", measured);
  }
  const exported = async (...args: string[]) => {
    const { text } = await written({ config, folders: { root: path, clock } }, ...args);
    return parseCsv(text).slice(1).map(([time, watts]) => ({
      at: Date.parse(time!),
      watts: Number(watts),
    }));
  };
  const tenth = ({ at, watts }: Reading) => ({ at: Math.floor(at / 100) * 100, watts });
  ok(imported.length > 30_000);
  deepEqual(await exported(), [...imported, ...measured].map(tenth));
  deepEqual(await exported("--source", "origin"), imported.map(tenth));
  deepEqual(await exported("--source=measured", "--resolution=raw"), measured);
});

Deno.test("export --out takes the place of what was there when all of it is written, and says how large it is", async () => {
  const { one } = await exportHouse();
  await using _ = one;
  const path = `${one.folders.root}/out`;
  Deno.writeTextFileSync(path, "older");
  const { said } = await written(one, ...SPAN);
  deepEqual([said, outNames(one)], [[`${path}: 1.7 MB`], ["out"]]);
});

Deno.test("export asked badly says in a line what it takes", async () => {
  await using one = new DigestHouse({ wall: "2025-01-05T12:00:00Z" });
  const { root, journalDir } = one.folders;
  for (const folder of [`${root}/years`, journalDir]) Deno.mkdirSync(folder);
  const cases: [args: string[], said: RegExp][] = [
    [["--from", "yesterday"], /^--from: "yesterday" is refused, it takes a date/],
    [["--resolution", "hour"], /^--resolution: "hour" is refused, it takes raw, history or day\.$/],
    [["--format", "xml"], /^--format: "xml" is refused, it takes csv, json or ndjson\.$/],
    [["--source", "origin", "--resolution", "day"], /^--source: "origin" is refused/],
    [["--from", "2025-01-02", "--to", "2025-01-01"], /^--from: "2025-01-02" is refused/],
    [["--verbose"], /'--verbose'.*: export takes --from, --to, .* and --out, each with a value\.$/],
    [["2025-01-01"], /2025-01-01.*: export takes --from/],
    [["--from"], /--from.*: export takes --from/],
    [["--out", root], /is a folder, it takes a file\.$/],
    [["--out", `${root}/none/file`], /there is no folder .*\/none, make it first\.$/],
    [["--out", `${root}/years/mcce.csv`], /where the data is: name a file elsewhere\.$/],
    [["--out", `${journalDir}/x.csv`], /where the data is/],
  ];
  for (const [args, said] of cases) {
    await rejects(runTask(one, ...args), (error) => {
      ok(error instanceof ConfigError);
      equal(error.problems.length, 1);
      match(error.problems[0]!, said);
      return true;
    });
  }
  const { code, printed, lines } = await run(one, "--format", "xml", "--resolution", "hour");
  deepEqual([code, printed, lines.length], [2, [], 2]);
});
