/** Tells a person that a unit has failed: `tell_failure.ts UNIT HOST`. Reads no other settings, since those may be the fault. */

const PATIENCE_MS = 20_000;

const [unit = "mcce", host = "this machine"] = Deno.args;
const url = Deno.env.get("NOTIFY_URL");
const italian = Deno.env.get("LANGUAGE")?.toLowerCase().startsWith("it");
const sentence = italian
  ? `${unit} su ${host} si è interrotto. Il motivo: journalctl -u ${unit} -n 50`
  : `${unit} on ${host} has failed. The reason: journalctl -u ${unit} -n 50`;

if (url) Deno.exit(await isTold(url) ? 0 : 1);
else console.error(`${sentence} (NOTIFY_URL is not set, so nobody else is told.)`);

/** As ntfy takes it; any other receiver finds the sentence in the body. */
async function isTold(url: string): Promise<boolean> {
  try {
    const { ok, status, body } = await fetch(url, {
      method: "POST",
      body: sentence,
      headers: { title: "MCCE", priority: "high", tags: "warning" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await body?.cancel();
    if (!ok) console.error(`NOTIFY_URL answers with status ${status}: check the address.`);
    return ok;
  } catch (error) {
    // The address may hold a secret, and Deno's message quotes it.
    const name = error instanceof Error ? error.name : "error";
    console.error(`NOTIFY_URL cannot be reached (${name}): check the address and the network.`);
    return false;
  }
}
