import { deepEqual, equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import { dayAt } from "../lib/calendar.ts";
import type { Services } from "../functions/env.ts";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { QueryHouse } from "./support/query_house.ts";
import { servicesFixture } from "./support/services_fixture.ts";
import { localHouseDay } from "./support/year_fixture.ts";

const TODAY = "2026-11-21";
const COMPLETE = "private, max-age=31536000, no-cache";

const house = () => new QueryHouse({ wall: new Date(NOW).toISOString() });

function get(path: string, query: Services["query"], headers: Record<string, string> = {}) {
  const init = { headers: { host: "localhost", ...headers } };
  return app.request(path, init, servicesFixture({ query }));
}

async function gunzipped(answer: Response): Promise<string> {
  const gunzip = new DecompressionStream("gzip");
  return await new Response(answer.body!.pipeThrough(gunzip)).text();
}

/** The answer about a house that has a few days of this month. */
async function asked<T>(
  work: (get: (path: string, headers?: Record<string, string>) => Promise<Response>) => Promise<T>,
): Promise<T> {
  await using one = house();
  for (const date of ["2026-11-17", "2026-11-18"]) one.store(date, localHouseDay(date));
  one.show(evenDay(TODAY).filter(({ at }) => at < NOW));
  return await work(async (path, headers) => await get(path, one.query, headers));
}

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

Deno.test("what is complete has a tag and is asked for again; what is not is kept by nobody", () =>
  asked(async (get) => {
    const complete = [
      "/query/days?from=2026-11-01&to=2026-11-20",
      "/query/history?from=2026-11-17&to=2026-11-18T00:00:00Z",
      "/query/stats?year=2026&month=10",
      "/query/stats?year=2025",
      "/query/days?to=2026-11-21T00:00:00%2B01:00",
    ];
    for (const path of complete) {
      const { headers } = await get(path);
      equal(headers.get("cache-control"), COMPLETE, path);
      match(headers.get("etag") ?? "", /^W\/"[0-9a-f]{16}"$/);
      equal(headers.get("vary"), "Accept-Encoding");
    }
    const open = [
      "/query/span",
      "/query/days",
      `/query/days?from=${TODAY}`,
      "/query/days?from=2026-11-01&to=2026-11-21T00:00:01%2B01:00",
      "/query/history?to=2030-01-01",
      "/query/stats?year=2026",
      "/query/stats?year=2026&month=11",
      "/query/stats?year=2030",
    ];
    for (const path of open) {
      const { headers } = await get(path);
      equal(headers.get("cache-control"), "no-store", path);
      equal(headers.get("etag"), null, path);
    }
  }));

Deno.test("who has the answer already gets none", () =>
  asked(async (get) => {
    const path = "/query/days?from=2026-11-17&to=2026-11-18";
    const etag = (await get(path)).headers.get("etag")!;
    const ways = [etag, etag.slice(2), `"x", ${etag}`, "*"];
    for (const way of ways) {
      const answer = await get(path, { "if-none-match": way });
      deepEqual([answer.status, answer.body], [304, null], way);
      deepEqual([answer.headers.get("etag"), answer.headers.get("cache-control")], [
        etag,
        COMPLETE,
      ]);
    }
    for (const other of ['"x"', "", 'W/"0000000000000000"']) {
      equal((await get(path, { "if-none-match": other })).status, 200, other);
    }
    // Today is answered anew whatever is asked with.
    equal((await get("/query/days", { "if-none-match": "*" })).status, 200);
  }));

Deno.test("a late reading, an import and a digest change the tag, and nothing else does", async () => {
  await using one = house();
  const date = "2026-11-17";
  const readings = localHouseDay(date);
  one.store(date, readings.slice(100));
  const tag = async (path = `/query/history?from=${date}&to=${date}`) =>
    (await get(path, one.query)).headers.get("etag");
  const tags = [await tag()];
  one.store("2026-11-19", evenDay("2026-11-19"));
  one.show(evenDay(TODAY).filter(({ at }) => at < NOW));
  equal(await tag(), tags[0], "another day");
  // The same days as another start of the service answers them.
  equal(
    (await get(`/query/history?from=${date}&to=${date}`, one.ask())).headers.get("etag"),
    tags[0],
  );
  one.house.write(date, readings.slice(50, 100));
  tags.push(await tag());
  await one.house.digest().run();
  equal(await tag(), tags[1], "what was pending is stored");
  one.store(date, readings.slice(0, 50));
  tags.push(await tag());
  equal(new Set(tags).size, 3);
});

Deno.test("bodies over 1 kB are compressed when that is asked for, and say the same", () =>
  asked(async (get) => {
    const path = "/query/history?from=2026-11-17&to=2026-11-18";
    const plain = await get(path);
    equal(plain.headers.get("content-encoding"), null);
    const text = await plain.text();
    const ways = ["gzip", "br, gzip;q=0.8, *;q=0.1", "GZIP", "deflate,gzip ;q=1.0", "x-gzip"];
    for (const way of ways) {
      const answer = await get(path, { "accept-encoding": way });
      equal(answer.headers.get("content-encoding"), "gzip", way);
      equal(answer.headers.get("vary"), "Accept-Encoding");
      equal(answer.headers.get("etag"), plain.headers.get("etag"));
      equal(await gunzipped(answer), text);
    }
    for (const way of ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "gzipped"]) {
      const answer = await get(path, { "accept-encoding": way });
      equal(answer.headers.get("content-encoding"), null, way);
      equal(await answer.text(), text);
    }
    const small = await get("/query/span", { "accept-encoding": "gzip" });
    equal(small.headers.get("content-encoding"), null);
  }));

Deno.test("a long answer is compressed in pieces and comes whole", async () => {
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, i) => i * i));
  const query = {
    ...servicesFixture().query,
    days: () => Promise.resolve(new TextEncoder().encode(text)),
  };
  const answer = await get("/query/days", query, { "accept-encoding": "gzip" });
  equal(await gunzipped(answer), text);
});

Deno.test("the live stream stays as it is when compression is asked for", async () => {
  const answer = await get("/live", servicesFixture().query, { "accept-encoding": "gzip" });
  equal(answer.headers.get("content-encoding"), null);
  equal(answer.headers.get("cache-control"), "no-store, no-transform");
  await answer.body?.cancel();
});

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
