import * as z from "zod/mini";
import type { Config } from "../config.ts";
import { type Address, ask } from "./ask.ts";
import type { ServiceAnswer, ServiceFacts } from "./service.ts";

/** Asks the service, wherever the settings have it listen. Nothing that it holds is touched. */
export async function askService(
  config: Pick<Config, "host" | "port" | "tls" | "accessToken">,
  patienceMs = 3_000,
): Promise<Pick<ServiceFacts, "url" | "answer">> {
  const { host, port, tls, accessToken } = config;
  const hostname = ({ "0.0.0.0": "127.0.0.1", "::": "::1" })[host] ?? host;
  const shown = hostname.includes(":") ? `[${hostname}]` : hostname;
  const url = `${tls ? "https" : "http"}://${shown}:${port}`;
  if (port === 0) return { url, answer: null };
  // One that signs itself; unreadable, it may still be signed by whom the machine trusts.
  const trusted = tls && await Deno.readTextFile(tls.certPath).then((pem) => [pem], () => []);
  try {
    return { url, answer: await hear({ hostname, port, patienceMs, trusted }, accessToken) };
  } catch (error) {
    return { url, answer: failure(error) };
  }
}

async function hear(address: Address, token: string | null): Promise<ServiceAnswer> {
  const answer = await ask(address, "/health", token);
  if (answer === null) return { kind: "other program" };
  const { status, body } = answer;
  if (status === 401 || status === 429) return { kind: "refuses the token" };
  const health = status === 200 || status === 503 ? healthOf(body) : null;
  if (health === null) return { kind: "other program" };
  const ailing = Object.entries(health.parts ?? {})
    .flatMap(([part, { ok, detail }]) => ok ? [] : [`${part}: ${detail}`]);
  return { kind: "health", version: await versionOf(address, token), ailing };
}

/** By the first event of the stream. `null` where it does not come: what is wrong with the service is known by now. */
async function versionOf(address: Address, token: string | null): Promise<string | null> {
  const version = /"version":"([^"]*)"/;
  const live = await ask(address, "/live", token, (body) => version.test(body)).catch(() => null);
  return version.exec(live?.body ?? "")?.[1] ?? null;
}

/** What every MCCE answers; without `parts` to whom it does not know. */
const HEALTH = z.object({
  ok: z.boolean(),
  parts: z.optional(z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() }))),
});

function healthOf(body: string): z.output<typeof HEALTH> | null {
  try {
    return HEALTH.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

function failure(error: unknown): ServiceAnswer {
  if (error instanceof Deno.errors.ConnectionRefused) return { kind: "closed" };
  const reason = error instanceof Error ? error.message : String(error);
  if (/certificate/i.test(reason)) return { kind: "refused certificate", reason };
  return { kind: "silent" };
}

const UNITS = "/etc/systemd/system";

/** Whether systemd has the service. */
export async function readUnit(folder = UNITS): Promise<ServiceFacts["unit"]> {
  const isThere = (path: string) => Deno.lstat(path).then(() => true, () => false);
  if (!await isThere(`${folder}/mcce.service`)) return "absent";
  const wanted = `${folder}/multi-user.target.wants/mcce.service`;
  return await isThere(wanted) ? "enabled" : "disabled";
}
