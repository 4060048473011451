import { equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import app from "../functions/app.ts";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { QueryHouse } from "./support/query_house.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const RUNS = 10_000;
const TODAY = "2026-11-21";

const PROBLEM =
  /: (".*" is refused, it takes |comes twice, it takes |is missing, it takes )|" is no parameter here, /s;

const odd = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "",
    "0",
    "-0",
    "NaN",
    "Infinity",
    "1e400",
    "null",
    "%",
    "\0",
    "'--",
    "{}",
    "٢٠٢٦",
  ),
  fc.integer().map(String),
  fc.double().map(String),
);
const time = fc.oneof(
  fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom("0000-01-01", "9999-12-31", "99999999999999", "0", "2026-10-25", "2026-03-29"),
  fc.integer({ min: NOW - 40 * 86_400_000, max: NOW + 86_400_000 }).map(String),
  fc.constantFrom("2026-11-17", "2026-11-18", "2026-11-20", TODAY, "2026-11-21T13:30:00+01:00"),
);
const value: Record<string, fc.Arbitrary<string>> = {
  from: fc.oneof({ weight: 4, arbitrary: time }, odd),
  to: fc.oneof({ weight: 4, arbitrary: time }, odd),
  points: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 0, max: 6000 }).map(String) }, odd),
  year: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 0, max: 11_000 }).map(String) }, odd),
  month: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: -1, max: 14 }).map(String) }, odd),
};
const parameter = fc.constantFrom(...Object.keys(value))
  .chain((name) => value[name]!.map((text) => [name, text] as const));
const names: Record<string, readonly string[]> = {
  days: ["from", "to"],
  history: ["from", "to", "points"],
  stats: ["year", "month"],
  span: [],
};
const question = fc.constantFrom(...Object.keys(names)).chain((route) =>
  fc.tuple(
    fc.constant(route),
    fc.oneof(
      // Mostly those that the route takes, so that what they say is looked at.
      { weight: 5, arbitrary: fc.tuple(...names[route]!.map(given)) },
      { weight: 1, arbitrary: fc.array(fc.oneof(parameter, fc.tuple(odd, odd)), { maxLength: 6 }) },
    ),
  )
);

function given(name: string): fc.Arbitrary<readonly [string, string]> {
  return value[name]!.map((text) => [name, text] as const);
}

Deno.test("10,000 odd questions get an answer or a problem that says why, never a fault", async () => {
  await using house = new QueryHouse({ wall: new Date(NOW).toISOString() });
  for (const date of ["2025-12-31", "2026-11-17", "2026-11-18"]) {
    house.store(date, evenDay(date, { everyS: 600 }), { holdMs: 600_000 });
  }
  house.house.write("2026-11-20", evenDay("2026-11-20", { everyS: 600 }));
  house.show(evenDay(TODAY, { everyS: 600 }).filter(({ at }) => at < NOW));
  const services = servicesFixture({ query: house.query });
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(question, async ([route, parameters]) => {
      const search = new URLSearchParams(parameters.map(([name, text]) => [name, text]));
      const init = { headers: { host: "localhost" } };
      const answer = await app.request(`/query/${route}?${search}`, init, services);
      const text = await answer.text();
      statuses.set(answer.status, 1 + (statuses.get(answer.status) ?? 0));
      ok(answer.status === 200 || answer.status === 400, `${answer.status}: ${text}`);
      const body = JSON.parse(text);
      if (answer.status === 400) {
        equal(answer.headers.get("content-type"), "application/problem+json");
        match(body.detail, PROBLEM);
      }
      ok(!/\bat .*\.ts:\d+/.test(text) && !text.includes("file:///"), text);
    }),
    { numRuns: RUNS },
  );
  ok(
    (statuses.get(200) ?? 0) > 500 && (statuses.get(400) ?? 0) > 500,
    JSON.stringify([...statuses]),
  );
});
