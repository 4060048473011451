// Runs every test; what follows the name of the task goes to `deno test`. Deno gives each file of tests a runtime of its own,
// whose start takes as long as most files' tests: a third of a second of a core. So the files are spread over a few, which
// are written here.
const ROOT = new URL("../", import.meta.url);
const FOLDER = new URL(".shards/", ROOT);
/** Enough for all to end at about the same time. */
const SHARDS = 14;
/** Tests that wait for most of their time, for a minute to begin or for a boot: one after the other beside the rest. */
const WAITING = ["digest_cron", "service", "cut_off_service", "soak", "mqtt", "limits"];

const isWaiting = (name: string) => WAITING.includes(name.replace("_test.ts", ""));
const files = [...Deno.readDirSync(new URL("tests/", ROOT))]
  .map(({ name }) => name).filter((name) => name.endsWith("_test.ts")).sort();
const busy = files.filter((name) => !isWaiting(name));
const shards = Array.from({ length: SHARDS }, (_, at) => busy.filter((_, i) => i % SHARDS === at));

Deno.mkdirSync(FOLDER, { recursive: true });
for (const { name } of Deno.readDirSync(FOLDER)) Deno.removeSync(new URL(name, FOLDER));
for (const [i, names] of [files.filter(isWaiting), ...shards].entries()) {
  const text = names.map((name) => `import "../tests/${name}";\n`).join("");
  Deno.writeTextFileSync(new URL(`${String(i).padStart(2, "0")}_test.ts`, FOLDER), text);
}

const flags = ["-P=test", "--no-check", "--parallel", "--sanitize-ops", "--sanitize-resources"];
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["test", ...flags, ...Deno.args, FOLDER.pathname],
  cwd: ROOT,
  env: { DENO_JOBS: String(navigator.hardwareConcurrency + 1) },
}).spawn().status;
Deno.exit(code);
