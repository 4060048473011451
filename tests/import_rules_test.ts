import { deepEqual, ok } from "node:assert/strict";

/** What `deno info --json` says of one module, as far as it is needed here. */
interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly code?: { readonly specifier?: string };
    readonly type?: { readonly specifier?: string };
    readonly isTypeOnly?: boolean;
  }[];
}

const ROOT = new URL("../", import.meta.url).href;
/** Files that touch a part of the world each, and so never import each other: one may be replaced without the rest. */
const WORLD = [
  "lib/meter/serial.ts",
  "lib/meter/tcp.ts",
  "lib/alarm/gpio.ts",
  "lib/alarm/pwm.ts",
  "lib/alarm/tone_thread.ts",
  "lib/store/journal.ts",
  "lib/store/year_file.ts",
  "lib/live/hub.ts",
  "lib/sd_notify.ts",
  "lib/mqtt/broker.ts",
];

/** For each file of the project, those that it imports for more than their types. */
const imports = await readImports();

async function readImports(): Promise<Map<string, string[]>> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "main.ts"],
    cwd: new URL(ROOT),
  });
  const { modules } = JSON.parse(new TextDecoder().decode((await command.output()).stdout));
  const found = new Map<string, string[]>();
  for (const { specifier, dependencies = [] } of modules as Module[]) {
    if (!specifier.startsWith(ROOT)) continue;
    const code = dependencies.flatMap(({ code }) => code?.specifier ?? []);
    const own = code.filter((one) => one.startsWith(ROOT)).map((one) => one.slice(ROOT.length));
    found.set(specifier.slice(ROOT.length), own);
  }
  return found;
}

/** Every file that `file` reaches by imports. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  for (const next of imports.get(file) ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reach(next, seen);
  }
  return seen;
}

/** Whether a file uses the world itself: Deno's API, a clock, the C library, or a module of node's that does. */
function touchesWorld(file: string): boolean {
  const code = Deno.readTextFileSync(new URL(file, ROOT)).replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
  return /\bDeno\.|\bDate\.now\(|\bperformance\.now\(|\bnew Date\(\)|from "node:(sqlite|fs|net)|\bfetch\(/
    .test(code);
}

Deno.test("the rules look at the real tree", () => {
  ok(imports.size > 30, `${imports.size} files`);
  ok(imports.get("main.ts")?.includes("lib/meter/poll.ts"));
});

Deno.test("nothing imports main.ts", () => {
  deepEqual([...imports].filter(([, to]) => to.includes("main.ts")), []);
});

Deno.test("only main.ts imports a command, and only commands import the simulator", () => {
  for (const [file, to] of imports) {
    if (file === "main.ts" || file.startsWith("lib/task/")) continue;
    deepEqual(to.filter((one) => one.startsWith("lib/task/")), [], file);
    if (file.startsWith("lib/meter/simulator")) continue;
    deepEqual(to.filter((one) => one.startsWith("lib/meter/simulator")), [], file);
  }
});

Deno.test("files that touch the world never reach each other", () => {
  for (const file of WORLD.filter((one) => imports.has(one))) {
    const reached = reach(file);
    deepEqual(WORLD.filter((other) => other !== file && reached.has(other)), [], file);
  }
});

Deno.test("handlers reach neither the serial port nor the pins nor the C library", () => {
  for (const file of imports.keys()) {
    if (!file.startsWith("functions/")) continue;
    const reached = [...reach(file)];
    deepEqual(
      reached.filter((one) => /serial|tcp|gpio|libc|journal\.ts|year_file/.test(one)),
      [],
      file,
    );
  }
});

Deno.test("the pure core reaches nothing that touches the world", () => {
  const pure = [
    "lib/access/failures.ts",
    "lib/access/return_path.ts",
    "lib/access/session.ts",
    "lib/calendar.ts",
    "lib/reading.ts",
    "lib/metrics/energy_counter.ts",
    "lib/metrics/families.ts",
    "lib/metrics/openmetrics.ts",
    "lib/metrics/tally.ts",
    "lib/meter/reply.ts",
    "lib/meter/mains.ts",
    "lib/meter/status.ts",
    "lib/alarm/limiter.ts",
    "lib/alarm/episodes.ts",
    "lib/alarm/join_episodes.ts",
    "lib/alarm/replay.ts",
    "lib/alarm/cut_off.ts",
    "lib/alarm/gap_watch.ts",
    "lib/alarm/outlook.ts",
    "lib/alarm/rounded.ts",
    "lib/notify/damping.ts",
    "lib/notify/header.ts",
    "lib/notify/message.ts",
    "lib/alarm/tiers.ts",
    "lib/alarm/rhythm.ts",
    "lib/alarm/quiet_hours.ts",
    "lib/alarm/sweep.ts",
    "lib/alarm/tone_order.ts",
    "lib/doctor/backups.ts",
    "lib/doctor/clock.ts",
    "lib/doctor/disk.ts",
    "lib/doctor/finding.ts",
    "lib/doctor/journal.ts",
    "lib/doctor/machine.ts",
    "lib/doctor/pins.ts",
    "lib/doctor/port.ts",
    "lib/doctor/proc_text.ts",
    "lib/doctor/program.ts",
    "lib/doctor/service.ts",
    "lib/doctor/user.ts",
    "lib/doctor/wear.ts",
    "lib/doctor/years.ts",
    "lib/live/today.ts",
    "lib/live/view.ts",
    "lib/live/sse.ts",
    "lib/store/journal_lines.ts",
    "lib/store/digest.ts",
    "lib/store/pack.ts",
    "lib/export/raw_text.ts",
    "lib/export/table_text.ts",
    "lib/export/readings.ts",
    "lib/export/request.ts",
    "lib/export/file_name.ts",
    "lib/export/document.ts",
    "lib/import/days_text.ts",
    "lib/import/origin_tables.ts",
    "lib/import/plan.ts",
    "lib/import/take_over.ts",
    "lib/import/report.ts",
    "lib/health.ts",
    "lib/watch/watch.ts",
    "lib/tariff.ts",
    "lib/band_energy.ts",
    "lib/query/add_readings.ts",
    "lib/query/curve.ts",
    "lib/query/curves.ts",
    "lib/query/day_answer.ts",
    "lib/query/day_table.ts",
    "lib/query/level.ts",
    "lib/query/parameters.ts",
    "lib/query/span.ts",
    "lib/query/stats.ts",
    "lib/query/wire.ts",
    "lib/supervision.ts",
    "functions/page/history/dates.ts",
    "functions/page/history/place.ts",
    "functions/page/history/questions.ts",
    "functions/page/history/titles.ts",
  ];
  for (const file of pure.filter((one) => imports.has(one))) {
    deepEqual([file, ...reach(file)].filter(touchesWorld), [], file);
  }
});

Deno.test("only the configuration reads the environment", () => {
  const readers = [...imports.keys()].filter((file) => /\.tsx?$/.test(file))
    .filter((file) => Deno.readTextFileSync(new URL(file, ROOT)).includes("Deno.env"));
  deepEqual(readers, ["lib/config.ts"]);
});
