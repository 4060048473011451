import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import type { ExportRequest } from "../lib/export/request.ts";
import { dayBounds } from "../lib/calendar.ts";
import { eventually } from "./support/eventually.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const PIECE = new Uint8Array(16_384).fill(0x30);

/** Services whose exports have so many pieces, and what was asked of them. */
function noted(pieces = 1, change: Partial<Services> = {}) {
  const asked: ExportRequest[] = [];
  const made = { pieces: 0 };
  const open: Services["exports"]["open"] = async function* (request) {
    asked.push(request);
    for (; made.pieces < pieces; made.pieces++) yield PIECE.slice();
  };
  return { asked, made, services: servicesFixture({ exports: { open }, ...change }) };
}

async function get(services: Services, query: string, method = "GET"): Promise<Response> {
  const init = { method, headers: { host: "localhost" } };
  return await app.request(`/query/export${query}`, init, services);
}

Deno.test("an export has the type of its format, and a name that tells its days and what they are", async () => {
  const day = dayBounds("2026-11-20", "Europe/Rome");
  const cases: [query: string, type: RegExp, name: string, request: Partial<ExportRequest>][] = [
    [
      "?from=2026-11-20&to=2026-11-20",
      /^text\/csv; charset=utf-8; header=present$/,
      "mcce_2026-11-20_raw.csv",
      {
        span: { startMs: day.startMs, endMs: day.endMs },
        resolution: "raw",
        format: "csv",
        source: null,
      },
    ],
    [
      "?from=2026-11-01&to=2026-11-20&resolution=history&format=json",
      /^application\/json$/,
      "mcce_2026-11-01_2026-11-20_history.json",
      { resolution: "history", format: "json" },
    ],
    [
      "?from=2026-11-20&to=2026-11-20&format=ndjson&source=origin",
      /^application\/x-ndjson$/,
      "mcce_2026-11-20_raw_origin.ndjson",
      { source: "origin" },
    ],
    [
      `?from=${day.startMs}&to=${day.startMs + 1}&resolution=day`,
      /^text\/csv/,
      "mcce_2026-11-20_day.csv",
      { resolution: "day" },
    ],
  ];
  for (const [query, type, name, request] of cases) {
    const { asked, services } = noted();
    const answer = await get(services, query);
    equal(answer.status, 200);
    match(answer.headers.get("content-type") ?? "", type);
    equal(answer.headers.get("content-disposition"), `attachment; filename="${name}"`);
    equal(answer.headers.get("cache-control"), "no-store, no-transform");
    equal((await answer.bytes()).length, PIECE.length);
    deepEqual({ ...asked[0], ...request }, asked[0]);
  }
});

Deno.test("HEAD tells the same of an export, and makes nothing of it", async () => {
  const { asked, services } = noted();
  const answer = await get(services, "?from=2026-11-20&to=2026-11-20", "HEAD");
  equal(
    answer.headers.get("content-disposition"),
    'attachment; filename="mcce_2026-11-20_raw.csv"',
  );
  equal(answer.body, null);
  deepEqual(asked, []);
});

Deno.test("what makes no sense is refused, all of it at once, and nothing is opened", async () => {
  const { asked, services } = noted();
  const refused = await get(
    services,
    "?from=x&resolution=hour&format=xml&speed=1&to=2026-11-20&to=1",
  );
  equal(refused.status, 400);
  equal(refused.headers.get("content-type"), "application/problem+json");
  const { detail } = await refused.json();
  for (const name of ["from", "resolution", "format", "speed", "to"]) {
    match(detail, new RegExp(`\\b${name}\\b`));
  }
  deepEqual(asked, []);
});

Deno.test("what cannot be read at all is told by the status, what breaks off later by the connection", async () => {
  const told: string[] = [];
  const reportFault = (sentence: string) => void told.push(sentence);
  const failing = (pieces: number) =>
    servicesFixture({
      reportFault,
      exports: {
        async *open() {
          for (let i = 0; i < pieces; i++) yield PIECE.slice();
          throw new Error("secret inner thing");
        },
      },
    });
  const none = await get(failing(0), "");
  equal(none.status, 500);
  ok(!(await none.text()).includes("secret"));
  deepEqual(told, ["GET /query/export: secret inner thing"]);
  const later = await get(failing(2), "");
  equal(later.status, 200);
  await rejects(later.bytes());
});

Deno.test("a reader that stops stops the work, and one that is slow is waited for", async () => {
  const { made, services } = noted(100_000);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => app.fetch(request, services),
  );
  try {
    const answer = await fetch(`http://127.0.0.1:${server.addr.port}/query/export`);
    const reader = answer.body!.getReader();
    await reader.read();
    // The kernel's buffers fill up, and then nothing more is made.
    let before = -1;
    await eventually("the work waits", async () => {
      const waits = made.pieces === before;
      before = made.pieces;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return waits;
    });
    ok(made.pieces < 2_000, `${made.pieces} pieces for a reader that took one`);
    await reader.cancel();
    const stopped = made.pieces;
    await new Promise((resolve) => setTimeout(resolve, 200));
    ok(made.pieces - stopped < 100, `${made.pieces - stopped} pieces for a reader that has gone`);
  } finally {
    await server.shutdown();
  }
});
