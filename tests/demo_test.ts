import { equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
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

/** Ends the demo when the test has failed before its end. */
function ending({ process, done }: ReturnType<typeof startDemo>): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      if (await Promise.race([process.status, false])) return;
      process.kill("SIGTERM");
      await process.status;
      await done;
    },
  };
}

/** How many days the demo's yearly files have by now. */
function storedDays(tmpdir: string): number {
  const years = [...Deno.readDirSync(tmpdir)].map(({ name }) => `${tmpdir}/${name}/years`);
  return years.flatMap(namesIn).filter((path) => !path.endsWith("-journal")).map(daysOf)
    .reduce((sum, days) => sum + days, 0);
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function daysOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const isMade = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'days'").get();
    return isMade ? Number(db.prepare("SELECT count(*) AS days FROM days").get()!["days"]) : 0;
  } finally {
    db.close();
  }
}

async function isEmptied(tmpdir: string): Promise<void> {
  await eventually("an empty folder", () => [...Deno.readDirSync(tmpdir)].length === 0);
  await Deno.remove(tmpdir);
}

Deno.test("the demo prints its address, shows a house that has a yesterday and years, and leaves nothing behind", async () => {
  const tmpdir = await Deno.makeTempDir({ prefix: "mcce-demo-test-" });
  const demo = startDemo(tmpdir);
  const { process, printed, done } = demo;
  await using _demo = ending(demo);
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
  await eventually("yearly files", () => storedDays(tmpdir) > 5, 15_000);

  process.kill("SIGINT");
  await process.status;
  await done;
  match(printed.join(""), /^MCCE shows a simulated house at http:\/\/127\.0\.0\.1:\d+\/ /);
  await isEmptied(tmpdir);
});

for (
  const [when, isSo] of [
    ["before it has printed its address", () => true],
    ["as soon as it has", (printed: string[]) => printed.length > 0],
  ] as const
) {
  Deno.test(`Ctrl-C leaves nothing behind when it comes ${when}`, async () => {
    const tmpdir = await Deno.makeTempDir({ prefix: "mcce-demo-test-" });
    const demo = startDemo(tmpdir);
    const { process, printed, done } = demo;
    await using _demo = ending(demo);
    await eventually("its folder", () => [...Deno.readDirSync(tmpdir)].length > 0, 30_000);
    await eventually(when, () => isSo(printed), 30_000);
    process.kill("SIGINT");
    await process.status;
    await done;
    await isEmptied(tmpdir);
  });
}
