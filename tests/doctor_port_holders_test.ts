import { deepEqual, equal, rejects } from "node:assert/strict";
import "./support/machine_calls_loaded.ts";
import { ConfigError } from "../lib/config.ts";
import { readTty } from "../lib/doctor/port_facts.ts";
import { runDoctor } from "../lib/task/doctor.ts";
import { BarePty } from "./support/bare_pty.ts";
import { PROJECT } from "./support/installation.ts";
import { OtherProcess } from "./support/other_process.ts";
import { runTool } from "./support/run_tool.ts";

/** What the command `mcce` hands to the doctor of a port. */
async function portHolders(path: string): Promise<string> {
  const script = `set -euo pipefail; source '${PROJECT}/deploy/port_holders.sh'; port_holders "$1"`;
  const { code, text } = await runTool("bash", ["-c", script, "bash", path]);
  equal(code, 0, text);
  return text;
}

Deno.test("mcce finds who has the port open, by whatever link it is named", async () => {
  using pty = new BarePty();
  const folder = await Deno.makeTempDir();
  try {
    await Deno.symlink(pty.path, `${folder}/mcce-meter`);
    equal(await portHolders(`${folder}/mcce-meter`), "");
    await using one = new OtherProcess("hold_port.ts", [pty.path, "open"]);
    await using other = new OtherProcess("hold_port.ts", [pty.path, "open"]);
    for (const process of [one, other]) equal(await process.firstLine(), "held");
    const pids = [one, other].map(({ child }) => String(child.pid)).sort();
    deepEqual((await portHolders(`${folder}/mcce-meter`)).split(",").sort(), pids);
    equal(await portHolders(`${folder}/no-such-port`), "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("who root has seen is named, and nobody is hidden then; who has ended meanwhile is left out", async () => {
  using pty = new BarePty();
  await using other = new OtherProcess("hold_port.ts", ["/dev/null", "open"]);
  equal(await other.firstLine(), "held");
  const { holders, hidden } = await readTty(pty.path, [other.child.pid, Deno.pid, 4_194_305]);
  deepEqual([holders.map(({ pid }) => pid), hidden], [[other.child.pid], 0]);
  deepEqual((await readTty(pty.path, [])).holders, []);
});

Deno.test("the doctor takes from mcce who has the port open, and no other word", async () => {
  const seen: unknown[] = [];
  const check = {
    about: "port",
    look: ({ portHolders }: { portHolders: readonly number[] | null }) => {
      seen.push(portHolders);
      return Promise.resolve([]);
    },
  };
  for (const words of [[], ["--port-holders="], ["--port-holders=7,901"]]) {
    await runDoctor(words, () => {}, [check]);
  }
  deepEqual(seen, [null, [], [7, 901]]);
  for (const words of [["--port-holders"], ["--port-holders=7,"], ["--port-holders=", "x"]]) {
    await rejects(runDoctor(words, () => {}, [check]), ConfigError);
  }
});
