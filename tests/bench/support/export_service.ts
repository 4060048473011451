// A process: exports of yearly files over HTTP. MODE `ours`, or `plain`: a text a row, as one would first write it.
// export_service.ts MODE DATABASE_URL; its first line is its address, its last one, at SIGTERM, the longest that its
// event loop was held up, in ms.
import app from "../../../functions/app.ts";
import type { Services } from "../../../functions/env.ts";
import { addDays, timeLabels } from "../../../lib/calendar.ts";
import { systemClock as clock } from "../../../lib/clock.ts";
import { parseConfig } from "../../../lib/config.ts";
import { datesOf } from "../../../lib/query/span.ts";
import { YearFiles } from "../../../lib/store/year_files.ts";
import { makeExports } from "../../../lib/task/export_parts.ts";
import { makeQuery, warmUp } from "../../../lib/task/query_parts.ts";
import { servicesFixture } from "../../support/services_fixture.ts";
import { ZONE } from "./ten_years.ts";

const EVERY_MS = 2;

const [mode = "", DATABASE_URL = ""] = Deno.args;
const config = parseConfig({ TIME_ZONE: ZONE, DATABASE_URL, JOURNAL_DIR: "/nonexistent" });
const nothing = {
  dates: () => Promise.resolve([]),
  readDay: () => Promise.resolve({ readings: [], conflicts: 0, bad: 0, others: 0 }),
  held: () => null,
  lasting: (_: string, sentence: string) => console.error(sentence),
};
const query = makeQuery(config, { journal: nothing, feed: nothing, log: nothing, clock });
const ours = makeExports(config, { query, journal: nothing, clock });

// As a service does when it starts.
await warmUp({ query, log: nothing }, clock);

const open: Services["exports"]["open"] = (request) =>
  mode === "plain" ? plain(request.span) : ours.open(request);

async function* plain(span: Parameters<typeof datesOf>[0]) {
  using years = new YearFiles(config.databasePath);
  const { isoWithOffset } = timeLabels(ZONE);
  const { fromDate, toDate } = datesOf(span, ZONE)!;
  yield new TextEncoder().encode("time,watts\r\n");
  for (let date = fromDate; date <= toDate; date = addDays(date, 1)) {
    const day = years.existing(Number(date.slice(0, 4)))?.readings(date)?.readings ?? [];
    const rows = day.map(({ at, watts }) => `${isoWithOffset(at)},${watts}\r\n`);
    yield new TextEncoder().encode(rows.join(""));
  }
}

const services = servicesFixture({ query, exports: { open }, timeZone: ZONE });
const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  (request) => app.fetch(request, services),
);
console.log(`http://127.0.0.1:${server.addr.port}/`);

let [dueMs, worstMs] = [performance.now() + EVERY_MS, 0];
setInterval(() => {
  const now = performance.now();
  worstMs = Math.max(worstMs, now - dueMs);
  dueMs = now + EVERY_MS;
}, EVERY_MS);
Deno.addSignalListener("SIGTERM", () => {
  console.log(worstMs);
  Deno.exit(0);
});
