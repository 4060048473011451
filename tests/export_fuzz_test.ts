import { deepEqual, match, ok } from "node:assert/strict";
import fc from "fast-check";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import { readJournalDay } from "../lib/store/journal_day.ts";
import { makeExports } from "../lib/task/export_parts.ts";
import { parseCsv } from "./support/csv.ts";
import { fuzzHouse, odd, PROBLEM, time } from "./support/fuzz_house.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const RUNS = 1_000;

const taken: Record<string, fc.Arbitrary<string>> = {
  from: time,
  to: time,
  resolution: fc.constantFrom("raw", "history", "day"),
  format: fc.constantFrom("csv", "json", "ndjson"),
  source: fc.constantFrom("", "", "", "measured", "origin"),
};
// Mostly what the route takes, so that the documents are looked at.
const parameters = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(taken, { requiredKeys: [] }).map((given) =>
      Object.entries(given) as [string, string][]
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(taken)), odd), odd), {
      maxLength: 6,
    }),
  },
);

async function ask(services: Services, route: string, search: URLSearchParams) {
  const init = { headers: { host: "localhost" } };
  const answer = await app.request(`/query/${route}?${search}`, init, services);
  return { status: answer.status, text: await answer.text() };
}

/** The rows of a document, whole as its format has it. */
function rowsOf(text: string, format: string): unknown[] {
  if (format === "json") return JSON.parse(text);
  if (format === "ndjson") return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  return parseCsv(text).slice(1);
}

Deno.test("1,000 odd exports are whole documents or a problem that says why, and their days those of the query", async () => {
  await using one = fuzzHouse();
  const { query, house: { config, folders: { clock } } } = one;
  const journal = { readDay: (date: string) => readJournalDay(config, date) };
  const services = servicesFixture({
    query,
    exports: makeExports(config, { query, journal, clock }),
  });
  const counts = { rows: 0, days: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(parameters, async (pairs) => {
      const search = new URLSearchParams(pairs);
      const { status, text } = await ask(services, "export", search);
      ok(status === 200 || status === 400, `${status}: ${text}`);
      if (status === 400) {
        counts.refused++;
        return match(JSON.parse(text).detail, PROBLEM);
      }
      const rows = rowsOf(text, search.get("format") || "csv");
      counts.rows += rows.length;
      if (search.get("resolution") !== "day" || search.get("format") !== "json") return;
      for (const name of ["resolution", "format", "source"]) search.delete(name);
      const days = await ask(services, "days", search);
      deepEqual(rows, JSON.parse(days.text));
      counts.days += rows.length;
    }),
    { numRuns: RUNS },
  );
  ok(Object.values(counts).every((count) => count > 20), JSON.stringify(counts));
});
