import { equal } from "node:assert/strict";
import { serve, type Server } from "../functions/serve.ts";
import { servicesFixture } from "./support/services_fixture.ts";

// A pair for `localhost` that holds until 2120, made for these tests alone.
const CERT_PATH = new URL("data/cert.pem", import.meta.url).pathname;
const KEY_PATH = new URL("data/key.pem", import.meta.url).pathname;

const listen = (certPath = CERT_PATH, keyPath = KEY_PATH): Promise<Server> =>
  serve({ host: "127.0.0.1", port: 0, tls: { certPath, keyPath } }, servicesFixture());

for (const [version, http2] of [["2", true], ["1.1", false]] as const) {
  Deno.test(`over HTTPS with HTTP/${version} the page is shown, and only what it sends may change things`, async () => {
    const server = await listen();
    const caCerts = [await Deno.readTextFile(CERT_PATH)];
    using client = Deno.createHttpClient({ caCerts, http1: !http2, http2 });
    const statusOf = async (path: string, init: RequestInit = {}) => {
      const request = { ...init, client } as RequestInit;
      const { status, body } = await fetch(new URL(path, server.url), request);
      await body?.cancel();
      return status;
    };
    equal(await statusOf("/"), 200);
    const post = (origin: string) => statusOf("/digest", { method: "POST", headers: { origin } });
    equal(await post(new URL(server.url).origin), 200);
    equal(await post("https://evil.example"), 403);
    await server.shutdown();
  });
}
