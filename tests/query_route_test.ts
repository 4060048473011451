import { deepEqual, equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import { dayAt } from "../lib/calendar.ts";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { asked, get } from "./support/query_answers.ts";
import { house, TODAY } from "./support/query_house.ts";
import { servicesFixture } from "./support/services_fixture.ts";

Deno.test("the routes answer in JSON what is known", () =>
  asked(async (get) => {
    const span = await get("/query/span");
    equal(span.headers.get("content-type"), "application/json");
    deepEqual(await span.json(), {
      ...{ timeZone: "Europe/Rome", firstDate: "2026-11-17", lastDate: TODAY, today: TODAY },
    });
    const days = await (await get("/query/days?from=2026-11-17&to=2026-11-18")).json();
    deepEqual(days.map(({ date }: { date: string }) => date), ["2026-11-17", "2026-11-18"]);
    const history = await (await get("/query/history?from=2026-11-17&to=2026-11-17&points=50"))
      .json();
    deepEqual([history.level, history.rows.length], ["history", 48]);
    const stats = await (await get("/query/stats?year=2026&month=11")).json();
    deepEqual([stats.days, stats.months.length], [2, 1]);
  }));

Deno.test("what is left open is everything, today included", () =>
  asked(async (get) => {
    for (const path of ["/query/days", "/query/days?from=&to="]) {
      const days = await (await get(path)).json();
      deepEqual(days.map(({ date }: { date: string }) => date), [
        ...["2026-11-17", "2026-11-18", TODAY],
      ]);
    }
    const history = await (await get("/query/history?points=")).json();
    equal(history.level, "history");
    ok(history.rows.length <= 1000);
  }));

Deno.test("bad parameters are told, all at once, with what they take", () =>
  asked(async (get) => {
    const details: Record<string, RegExp> = {
      "/query/days?from=yesterday": /^from: "yesterday" is refused, it takes a date/,
      "/query/history?points=9&to=21.11.2026":
        /^to: "21\.11\.2026" .*; points: "9" is refused, it takes a whole number from 10 to 5000$/,
      "/query/history?from=2026-11-19&to=2026-11-18":
        /^from: "2026-11-19" is refused, it takes a time before to="2026-11-18"$/,
      "/query/stats": /^year: is missing, it takes a year such as 2026$/,
      "/query/stats?year=2026&month=0": /^month: "0" is refused, it takes .* from 1 to 12$/,
      "/query/stats?year=26": /^year: "26" is refused, it takes a whole number from 1000 to 9999$/,
      "/query/span?from=2026-11-18": /^"from" is no parameter here, which takes none$/,
      "/query/days?form=2026-11-18": /^"form" is no parameter here, which takes from, to$/,
      "/query/days?to=2026-11-18&to=2026-11-19": /^to: comes twice, it takes one value$/,
    };
    for (const [path, detail] of Object.entries(details)) {
      const answer = await get(path);
      equal(answer.status, 400, path);
      equal(answer.headers.get("content-type"), "application/problem+json");
      const problem = await answer.json();
      deepEqual([problem.title, problem.status], ["Bad request", 400]);
      match(problem.detail, detail);
    }
  }));

Deno.test("HEAD tells the headers alone", () =>
  asked(async (get) => {
    const path = "/query/days?from=2026-11-17&to=2026-11-18";
    const { headers } = await get(path);
    await using one = house();
    const init = { method: "HEAD", headers: { host: "localhost" } };
    const answer = await app.request(path, init, servicesFixture({ query: one.query }));
    equal(answer.body, null);
    equal(answer.headers.get("content-type"), headers.get("content-type"));
  }));

Deno.test("a damaged yearly file is told with its remedy, and other years are answered", async () => {
  await using one = house();
  one.store("2025-05-05", evenDay("2025-05-05"));
  one.store("2026-11-17", evenDay("2026-11-17"));
  const path = one.house.yearPath(2025);
  const whole = Deno.readFileSync(path);
  Deno.writeFileSync(path, whole.subarray(0, 5_000));
  const answer = await get("/query/days?from=2025-01-01&to=2025-12-31", one.query);
  equal(answer.status, 503);
  const problem = await answer.json();
  ok(problem.detail.startsWith(`${path}: the file is damaged`), problem.detail);
  equal(answer.headers.get("content-type"), "application/problem+json");
  const other = await get("/query/days?from=2026-11-01&to=2026-11-20", one.query);
  equal(other.status, 200);
  equal((await get("/query/stats?year=2026", one.query)).status, 200);
  Deno.writeFileSync(path, whole);
  const mended = await get("/query/days?from=2025-01-01&to=2025-12-31", one.query);
  equal((await mended.json()).length, 1);
});

Deno.test("with a token set, nobody asks without it", async () => {
  const services = servicesFixture({ accessToken: "sixteen characters or more" });
  for (const path of ["span", "days", "history", "stats?year=2026"]) {
    const init = { headers: { host: "localhost" } };
    equal((await app.request(`/query/${path}`, init, services)).status, 401, path);
  }
  equal((await services.query.known()).today.date, dayAt(NOW, "Europe/Rome").date);
});
