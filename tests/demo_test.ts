import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { LiveNow, Snapshot } from "../lib/live/wire.ts";
import { eventually } from "./support/eventually.ts";
import { Viewer } from "./support/viewer.ts";

const ROOT = new URL("../", import.meta.url);

/** The task as a person starts it. */
function startDemo(
  tmpdir: string,
): { process: Deno.ChildProcess; printed: string[]; done: Promise<void> } {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "demo"],
    cwd: ROOT,
    env: { PORT: "0", TMPDIR: tmpdir, TIME_ZONE: "Europe/Rome" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const printed: string[] = [];
  const read = async () => {
    for await (const chunk of process.stdout) printed.push(new TextDecoder().decode(chunk));
  };
  return { process, printed, done: read() };
}

Deno.test("the demo prints its address, shows a house that has a yesterday, and leaves nothing behind", async () => {
  const tmpdir = await Deno.makeTempDir({ prefix: "mcce-demo-test-" });
  const { process, printed, done } = startDemo(tmpdir);
  await using _demo = {
    async [Symbol.asyncDispose]() {
      // Only when the test has failed before its end.
      if (await Promise.race([process.status, false])) return;
      process.kill("SIGTERM");
      await process.status;
      await done;
    },
  };
  await eventually("the address", () => printed.length > 0, 30_000);
  const url = /http:\/\/\S+/.exec(printed.join(""))?.[0] ?? "";
  equal(printed.join("").trim().split("\n").length, 1);

  using viewer = new Viewer(url);
  await eventually("a snapshot", () => viewer.snapshots.length > 0);
  const { today, yesterday, lastHour }: Snapshot = viewer.snapshots[0]!;
  ok(yesterday?.some((watts) => watts !== null));
  const minutesPassed = (Date.now() - today.startMs) / 60_000;
  if (minutesPassed > 5) ok(today.coverage > 0.9, `${today.coverage}`);
  ok(lastHour.watts.length > 0);
  await eventually("a reading of the simulated meter", () => viewer.readings.length > 0, 15_000);
  const now: LiveNow = await (await fetch(new URL("live/now", url))).json();
  equal(now.meter.state, "connected");

  process.kill("SIGINT");
  await process.status;
  await done;
  match(printed.join(""), /^MCCE shows a simulated house at http:\/\/127\.0\.0\.1:\d+\/ /);
  await eventually("an empty folder", () => [...Deno.readDirSync(tmpdir)].length === 0);
  deepEqual([...Deno.readDirSync(tmpdir)], []);
  await Deno.remove(tmpdir);
});
