import { deepEqual, equal, match } from "node:assert/strict";
import { PROJECT } from "./support/installation.ts";
import { UnitFile } from "./support/unit_file.ts";

/** Runs the script as its unit does; its exit status and what it said. */
async function tell(env: Record<string, string>): Promise<{ code: number; text: string }> {
  const unit = new UnitFile(Deno.readTextFileSync(`${PROJECT}/deploy/mcce-failure@.service`));
  const flags = unit.command.filter((word) => word.startsWith("--"));
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, `${PROJECT}/deploy/tell_failure.ts`, "mcce", "pi"],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stderr) };
}

/** A receiver of notifications on this machine. */
function receiver(status: number) {
  const received: { title: string | null; body: string }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    received.push({ title: request.headers.get("title"), body: await request.text() });
    return new Response(null, { status });
  });
  const url = `http://127.0.0.1:${server.addr.port}/house?secret=1`;
  return { received, url, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("a failed unit is told to NOTIFY_URL with where the reason is found, in the owner's language", async () => {
  await using ntfy = receiver(200);
  deepEqual(await tell({ NOTIFY_URL: ntfy.url }), { code: 0, text: "" });
  equal((await tell({ NOTIFY_URL: ntfy.url, LANGUAGE: "it" })).code, 0);
  deepEqual(ntfy.received.map(({ title }) => title), ["MCCE", "MCCE"]);
  equal(ntfy.received[0]!.body, "mcce on pi has failed. The reason: journalctl -u mcce -n 50");
  match(ntfy.received[1]!.body, /^mcce su pi si è interrotto/);
});

Deno.test("without NOTIFY_URL the log has it; an address that fails is told without its secret", async () => {
  match((await tell({ NOTIFY_URL: "" })).text, /^mcce on pi has failed\..*NOTIFY_URL is not set/);
  await using broken = receiver(500);
  const { code, text } = await tell({ NOTIFY_URL: broken.url });
  deepEqual([code, text], [1, "NOTIFY_URL answers with status 500: check the address.\n"]);
  const nobody = await tell({ NOTIFY_URL: "http://127.0.0.1:1/house?secret=1" });
  equal(nobody.code, 1);
  match(
    nobody.text,
    /^NOTIFY_URL cannot be reached \(\w+\): check the address and the network\.\n$/,
  );
});
