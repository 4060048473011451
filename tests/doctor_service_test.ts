import { deepEqual, equal, ok } from "node:assert/strict";
import { askService, readUnit } from "../lib/doctor/service_facts.ts";
import { Service } from "./support/service.ts";
import project from "../deno.json" with { type: "json" };

const TOKEN = "0123456789abcdef";
const TLS = {
  certPath: new URL("data/cert.pem", import.meta.url).pathname,
  keyPath: new URL("data/key.pem", import.meta.url).pathname,
};
const HERE = { host: "127.0.0.1", accessToken: null, tls: null };

/** What the doctor hears of a service that is started with these settings, and asked with those. */
async function heard(
  env: Record<string, string>,
  asked: Partial<Parameters<typeof askService>[0]>,
) {
  const folder = await Deno.makeTempDir({ prefix: "mcce-doctor-" });
  try {
    const folders = { JOURNAL_DIR: `${folder}/journal`, DATABASE_URL: `${folder}/years/mcce` };
    await using service = await Service.start({ ...folders, SERIAL_PORT: "/dev/null", ...env });
    const port = Number(new URL(service.url).port);
    const found = await askService({ ...HERE, ...asked, port });
    ok(found.url.endsWith(`:${port}`));
    return found.answer;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What it hears of something else that listens. */
async function heardOf(answer: string | null) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(1000));
    if (answer !== null) await connection.write(new TextEncoder().encode(answer));
    else await connection.read(new Uint8Array(1000));
    connection.close();
  })();
  const found = await askService({ ...HERE, port: listener.addr.port }, 300);
  await serving;
  return found.answer;
}

const WELL = { kind: "health", version: project.version, ailing: [] };

Deno.test("a service is heard at its address, with its version", async () => {
  deepEqual(await heard({}, {}), WELL);
  deepEqual(await heard({ HOST: "0.0.0.0", ALLOW_OPEN: "1" }, { host: "0.0.0.0" }), WELL);
});

Deno.test("a service that asks for the token is heard with it, and not with another", async () => {
  const env = { ACCESS_TOKEN: TOKEN };
  deepEqual(await heard(env, { accessToken: TOKEN }), WELL);
  deepEqual(await heard(env, { accessToken: "another-one-4567" }), { kind: "refuses the token" });
});

Deno.test("a service with a certificate of its own is heard by that, whatever name is in it", async () => {
  const env = { TLS_CERT: TLS.certPath, TLS_KEY: TLS.keyPath, HOST: "127.0.0.2" };
  deepEqual(await heard(env, { tls: TLS, host: "127.0.0.2" }), WELL);
  const answer = await heard(env, { tls: { ...TLS, certPath: "/nowhere" }, host: "127.0.0.2" });
  equal(answer?.kind, "refused certificate");
});

Deno.test("what is not well is heard part by part", async () => {
  const parts = {
    meter: { ok: false, detail: "searching; no reply" },
    store: { ok: true, detail: "readings reach the journal" },
  };
  const body = JSON.stringify({ ok: false, parts });
  deepEqual(await heardOf(`HTTP/1.1 503 Service Unavailable\r\n\r\n${body}`), {
    ...{ kind: "health", version: null, ailing: ["meter: searching; no reply"] },
  });
});

Deno.test("another program at the address is told from a service, and one that says nothing from both", async () => {
  for (
    const answer of ["HTTP/1.1 200 OK\r\n\r\n<html>", "HTTP/1.0 404 No\r\n\r\n{}", "SSH-2.0\r\n"]
  ) {
    deepEqual(await heardOf(answer), { kind: "other program" }, answer);
  }
  deepEqual(await heardOf(null), { kind: "silent" });
});

Deno.test("nothing at the address is heard as such, and any free port is not asked", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  deepEqual((await askService({ ...HERE, port })).answer, { kind: "closed" });
  deepEqual((await askService({ ...HERE, port: 0 })).answer, null);
  deepEqual((await askService({ ...HERE, host: "::", port })).url, `http://[::1]:${port}`);
});

Deno.test("systemd's folder tells whether the service is there and starts with the machine", async () => {
  const folder = await Deno.makeTempDir();
  try {
    equal(await readUnit(folder), "absent");
    await Deno.writeTextFile(`${folder}/mcce.service`, "");
    equal(await readUnit(folder), "disabled");
    await Deno.mkdir(`${folder}/multi-user.target.wants`);
    // As systemctl links it, also where the root is another one.
    await Deno.symlink("/nowhere/mcce.service", `${folder}/multi-user.target.wants/mcce.service`);
    equal(await readUnit(folder), "enabled");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
