import { equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import app from "../functions/app.ts";
import { fuzzHouse, odd, PROBLEM, time } from "./support/fuzz_house.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const RUNS = 10_000;

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
  await using house = fuzzHouse();
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
