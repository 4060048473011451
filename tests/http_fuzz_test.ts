import { deepEqual, equal, ok } from "node:assert/strict";
import { loadAssets } from "../functions/assets.ts";
import { serve } from "../functions/serve.ts";
import { hangUp } from "../lib/peers.ts";
import "./support/libc_loaded.ts";
import { fuzz } from "./support/http_fuzz.ts";
import { rawHttp } from "./support/raw_http.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const TOKEN = "a-token-of-the-fuzz-test";
const SEED = 20_261_121;

Deno.test("no odd request gets a fault, a foreign file or a look inside, and the service goes on", async () => {
  const faults: string[] = [];
  const services = servicesFixture({
    accessToken: TOKEN,
    assets: await loadAssets(),
    hangUp,
    reportFault: (sentence) => faults.push(sentence),
  });
  const server = await serve({ host: "127.0.0.1", port: 0, tls: null }, services);
  const report = await fuzz(server.port, { token: TOKEN, seed: SEED, requests: 1_000, atOnce: 32 });
  deepEqual(report.wrong, []);
  deepEqual(faults, []);
  for (const status of [200, 302, 400, 401, 403, 404, 421]) {
    ok(
      (report.statuses[status] ?? 0) > 0,
      `none got ${status}: ${JSON.stringify(report.statuses)}`,
    );
  }
  const { status, text } = await rawHttp(server.port, [
    "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
  ]);
  equal(status, 200);
  ok(text.endsWith('{"ok":true}'));
  await server.shutdown();
});
