import { deepEqual, equal, match } from "node:assert/strict";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import type { Episode } from "../lib/alarm/episode.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import { dayAt, dayBounds } from "../lib/calendar.ts";
import type { Span } from "../lib/query/span.ts";
import { NOW } from "./support/live_fixture.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const ROME = "Europe/Rome";

const EPISODE: Episode = {
  from: NOW - 120_000,
  to: NOW - 2_000,
  isOpen: false,
  state: "above",
  maxWatts: 4060,
  maxAt: NOW - 120_000,
  secondsAbove: 118,
  whAboveCap: 0,
  secondsLeft: 10_682,
  tierWatts: 3300,
  limits: DEFAULT_TIERS,
  cutOff: {
    at: NOW - 2_000,
    watts: 4060,
    secondsAbove: 118,
    tierWatts: 4060,
    endedBy: "boot",
    suggestedLimits: "3300:180m,4060:2m",
  },
};

/** A record that notes what it was asked for. */
function noted() {
  const asked: Span[] = [];
  const alarm: Services["alarm"] = {
    episodes: (span) => {
      asked.push(span);
      return Promise.resolve([EPISODE]);
    },
    days: () => ({ timeZone: ROME, today: dayAt(NOW, ROME), firstDate: "2024-01-01" }),
    silence: () => null,
  };
  return { asked, services: servicesFixture({ alarm }) };
}

function get(services: Services, query = "") {
  const headers = { host: "pi.local:8000" };
  return app.request(`/alarm/episodes${query}`, { headers }, services);
}

Deno.test("GET /alarm/episodes tells the episodes of a span, of all that is known without one", async () => {
  const { asked, services } = noted();
  const answer = await get(services);
  equal(answer.status, 200);
  equal(answer.headers.get("cache-control"), "no-store");
  deepEqual(await answer.json(), [EPISODE]);
  await get(services, "?from=2026-11-01&to=2026-11-02");
  await get(services, `?from=${NOW}&to=${NOW + 1000}`);
  const start = (date: string) => dayBounds(date, ROME).startMs;
  deepEqual(asked, [
    { startMs: start("2024-01-01"), endMs: start("2026-11-22") },
    { startMs: start("2026-11-01"), endMs: start("2026-11-03") },
    { startMs: NOW, endMs: NOW + 1000 },
  ]);
});

Deno.test("a span that is none is a problem that names the parameter", async () => {
  const { asked, services } = noted();
  const wrong: [string, RegExp][] = [
    ["?from=yesterday", /^from: "yesterday" is refused, it takes a date/],
    ["?to=2026-02-30", /^to: /],
    ["?from=2026-11-03&to=2026-11-01", /^from: /],
    ["?since=2026-11-03", /^"since" is no parameter here, which takes from, to/],
  ];
  for (const [query, detail] of wrong) {
    const answer = await get(services, query);
    equal(answer.status, 400, query);
    equal(answer.headers.get("content-type"), "application/problem+json");
    match((await answer.json()).detail, detail);
  }
  deepEqual(asked, []);
});
