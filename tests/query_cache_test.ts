import { deepEqual, equal, match } from "node:assert/strict";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { asked, get } from "./support/query_answers.ts";
import { house, TODAY } from "./support/query_house.ts";
import { servicesFixture } from "./support/services_fixture.ts";
import { localHouseDay } from "./support/year_fixture.ts";

const COMPLETE = "private, max-age=31536000, no-cache";

async function gunzipped(answer: Response): Promise<string> {
  const gunzip = new DecompressionStream("gzip");
  return await new Response(answer.body!.pipeThrough(gunzip)).text();
}

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
