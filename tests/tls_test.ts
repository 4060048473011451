import { equal, match, ok } from "node:assert/strict";
import { serve, type Server } from "../functions/serve.ts";
import { UserError } from "../lib/user_error.ts";
import { servicesFixture } from "./support/services_fixture.ts";

// A pair for `localhost` that holds until 2120, made for these tests alone.
const CERT_PATH = new URL("data/cert.pem", import.meta.url).pathname;
const KEY_PATH = new URL("data/key.pem", import.meta.url).pathname;

const listen = (certPath = CERT_PATH, keyPath = KEY_PATH, port = 0): Promise<Server> =>
  serve({ host: "127.0.0.1", port, tls: { certPath, keyPath } }, servicesFixture());

/** The sentence with which the start ends. */
async function refusal(...args: Parameters<typeof listen>): Promise<string> {
  try {
    await (await listen(...args)).shutdown();
  } catch (error) {
    ok(error instanceof UserError, String(error));
    return error.message;
  }
  throw new Error("it listens");
}

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

Deno.test("over HTTPS the cookie of a log-in is for HTTPS alone", async () => {
  const accessToken = "sixteen-characters-or-more";
  const tls = { certPath: CERT_PATH, keyPath: KEY_PATH };
  const server = await serve({ host: "127.0.0.1", port: 0, tls }, servicesFixture({ accessToken }));
  using client = Deno.createHttpClient({ caCerts: [await Deno.readTextFile(CERT_PATH)] });
  const body = new URLSearchParams({ token: accessToken });
  const request = { method: "POST", body, redirect: "manual", client } as RequestInit;
  const answer = await fetch(new URL("/login", server.url), request);
  await answer.body?.cancel();
  match(
    answer.headers.get("set-cookie") ?? "",
    /^mcce_session=.*; HttpOnly; Secure; SameSite=Lax$/,
  );
  await server.shutdown();
});

Deno.test("a file of the pair that cannot be read is told by its variable and its path", async () => {
  match(await refusal("/nowhere/c.pem"), /^TLS_CERT="\/nowhere\/c\.pem" cannot be read \(No such/);
  match(await refusal(CERT_PATH, "/nowhere/k.pem"), /^TLS_KEY="\/nowhere\/k\.pem" cannot be read/);
  match(await refusal(CERT_PATH, "/"), /^TLS_KEY="\/" cannot be read \(Is a directory/);
});

Deno.test("files that are no pair are told with what they take", async () => {
  const path = await Deno.makeTempFile();
  const takes = / they take a certificate and the unencrypted private key that belongs to it/;
  try {
    for (const text of ["", "no PEM", await otherKey()]) {
      await Deno.writeTextFile(path, text);
      for (const told of [await refusal(path), await refusal(CERT_PATH, path)]) {
        ok(told.startsWith("TLS_CERT=") && told.includes("TLS_KEY=") && told.includes(path), told);
        match(told, takes);
      }
    }
  } finally {
    await Deno.remove(path);
  }
});

async function otherKey(): Promise<string> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const { privateKey } = await crypto.subtle.generateKey(curve, true, ["sign"]);
  const der = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
  return `-----BEGIN PRIVATE KEY-----\n${der.toBase64()}\n-----END PRIVATE KEY-----\n`;
}

Deno.test("a port that is taken is not blamed on the pair", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const told = await refusal(CERT_PATH, KEY_PATH, taken.addr.port);
  match(told, /cannot be listened on: another program has it/);
});
