// Runs every test; what follows the name of the task goes to `deno test`. Deno gives each file of tests a runtime of its own,
// whose start takes as long as most files' tests: a third of a second of a core. So the files are spread over a few, which
// are written here.
const ROOT = new URL("../", import.meta.url);
const TESTS = new URL("tests/", ROOT);
const FOLDER = new URL(".shards/", ROOT);
/** Tests that wait for most of their time, for a minute to begin or for a boot: from the start, beside the rest. */
const WAITING = [
  "digest_cron",
  "service",
  "service_stop",
  "service_kill",
  "cut_off_service",
  "soak",
  "mqtt",
  "limits",
];
const WAITING_SHARDS = 2;
/** Those of one runtime share a browser, which takes three times a runtime's start. */
const BROWSER_SHARDS = 2;
/** Few, since what a runtime has compiled serves all tests in it; enough that all end at about the same time. */
const OTHER_SHARDS = 6;
/** Those that take longest of the rest: dealt first, so that no shard has many of them. */
const LONG = [
  "digest_faults",
  "import_kill",
  "alarm_pins",
  "journal_kill",
  "deploy_install",
  "demo",
  "digest_task",
  "query_fuzz",
  "export_fuzz",
  "digest_clock",
  "journal_recovery",
  "export_faults",
];

const isOneOf = (list: readonly string[]) => (name: string) =>
  list.includes(name.replace("_test.ts", ""));
const [isWaiting, isLong] = [isOneOf(WAITING), isOneOf(LONG)];
const needsBrowser = (name: string) =>
  /support\/(chromium|\w+_browser)\.ts"/.test(Deno.readTextFileSync(new URL(name, TESTS)));

/** Deals names to so many shards, in turn. */
function deal(names: readonly string[], shards: number): string[][] {
  return Array.from({ length: shards }, (_, at) => names.filter((_, i) => i % shards === at));
}

const names = [...Deno.readDirSync(TESTS)].map(({ name }) => name)
  .filter((name) => name.endsWith("_test.ts")).sort();
const { waiting = [], browser = [], other = [] } = Object.groupBy(
  names,
  (name) => isWaiting(name) ? "waiting" : needsBrowser(name) ? "browser" : "other",
);
const longFirst = other.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)));
const shards = [
  ...deal(waiting, WAITING_SHARDS),
  ...deal(browser, BROWSER_SHARDS),
  ...deal(longFirst, OTHER_SHARDS),
];

Deno.mkdirSync(FOLDER, { recursive: true });
for (const { name } of Deno.readDirSync(FOLDER)) Deno.removeSync(new URL(name, FOLDER));
for (const [i, names] of shards.entries()) {
  const text = names.map((name) => `import "../tests/${name}";\n`).join("");
  Deno.writeTextFileSync(new URL(`${String(i).padStart(2, "0")}_test.ts`, FOLDER), text);
}

const flags = [
  "-P=test",
  "--no-check",
  "--v8-flags=--max-semi-space-size=2,--single-threaded",
  "--parallel",
  "--sanitize-ops",
  "--sanitize-resources",
];
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["test", ...flags, ...Deno.args, FOLDER.pathname],
  cwd: ROOT,
  // A runtime often waits for a program or a browser.
  env: { DENO_JOBS: String(navigator.hardwareConcurrency + 3) },
}).spawn().status;
Deno.exit(code);
