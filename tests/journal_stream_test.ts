import assert from "node:assert/strict";
import "./support/libc_loaded.ts";
import { Pty } from "../lib/meter/simulator/pty.ts";

const SCRIPT = `
  import { loadConfig } from ${JSON.stringify(import.meta.resolve("../lib/config.ts"))};
  console.log((await loadConfig()).logToJournald);
`;

/** What a program whose standard error is the file at `path` takes it for. */
async function logToJournald(path: string, env: Record<string, string>): Promise<string> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", 'exec "$0" eval --no-lock "$1" 2> "$2"', Deno.execPath(), SCRIPT, path],
    env: { JOURNAL_STREAM: "", ...env },
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("a terminal that a desktop started from systemd is not systemd's journal", async () => {
  const pty = new Pty();
  try {
    assert.equal(await logToJournald(pty.path, { JOURNAL_STREAM: "8:1234" }), "false");
    assert.equal(await logToJournald("/dev/null", { JOURNAL_STREAM: "8:1234" }), "true");
    assert.equal(await logToJournald("/dev/null", {}), "false");
  } finally {
    pty.close();
  }
});
