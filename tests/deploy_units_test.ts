import { deepEqual, equal, match, ok } from "node:assert/strict";
import project from "../deno.json" with { type: "json" };
import { parseConfig } from "../lib/config.ts";
import { variables } from "../lib/config/variables.ts";
import { PROJECT } from "./support/installation.ts";
import { runTool } from "./support/run_tool.ts";
import { UnitFile } from "./support/unit_file.ts";

const read = (name: string) => Deno.readTextFileSync(`${PROJECT}/deploy/${name}`);
const unit = (name: string) => new UnitFile(read(name));

/** Set by systemd, not by users; and where the unit itself keeps the readings. */
const NOT_IN_SETTINGS = [
  ...["JOURNAL_STREAM", "NOTIFY_SOCKET", "WATCHDOG_USEC", "RUNTIME_DIRECTORY"],
  ...["DATABASE_URL", "JOURNAL_DIR"],
];

Deno.test("the service is shut in: systemd's exposure level is 2.0 or less", async () => {
  const words = ["security", "--offline=true", "--no-pager", `${PROJECT}/deploy/mcce.service`];
  const { text } = await runTool("systemd-analyze", words, { debian: "systemd" });
  const level = /Overall exposure level for mcce\.service: (\d+\.\d)/.exec(text)?.[1];
  ok(Number(level) <= 2, text);
});

Deno.test("the service is watched, started again for ever, and keeps its spool", () => {
  const service = unit("mcce.service");
  const wanted = {
    Type: "notify",
    Restart: "always",
    RestartSec: "2",
    StartLimitIntervalSec: "0",
    LimitNOFILE: "65536",
    User: "mcce",
    SupplementaryGroups: "dialout gpio",
    RuntimeDirectory: "mcce",
    RuntimeDirectoryPreserve: "yes",
    StateDirectory: "mcce",
    // The log's own lines carry their priority; the others are why the service ends.
    SyslogLevel: "err",
  };
  for (const [key, value] of Object.entries(wanted)) equal(service.one(key), value);
  ok(Number(service.one("WatchdogSec")) > 0);
  match(service.all("ExecStopPost")[0]!, /main\.js pins-low$/);
  // Readings wait for network time by themselves.
  ok(!service.all("After").join(" ").includes("time-sync"));
  equal(service.all("OnFailure").length, 1);
  deepEqual(service.all("SyslogLevelPrefix"), []);
});

Deno.test("the service runs with the flags of deno task start, and permissions for its own folders only", () => {
  const flags = (words: string[], prefix: string) =>
    words.filter((word) => word.startsWith(prefix));
  const task = project.tasks.start.command.split(" ");
  const { command } = unit("mcce.service");
  for (
    const same of ["--no-code-cache", "--v8-flags=", "--allow-ffi=", "--allow-net", "--allow-env"]
  ) {
    deepEqual(flags(command, same), flags(task, same));
  }
  for (const scoped of ["--allow-read", "--allow-write"]) {
    for (const word of flags(command, scoped)) match(word, /^--allow-(read|write)=\//);
  }
  const names = new Set(flags(command, "--allow-").map((word) => word.split("=")[0]));
  deepEqual([...names].sort(), flags(task, "--allow-").map((word) => word.split("=")[0]).sort());
});

Deno.test("mcce knows the flags of each deno task, and the folders of the units", async () => {
  for (const [task, { command }] of Object.entries(project.tasks)) {
    if (!/^deno run .*main\.[jt]s \S+$/.test(command)) continue;
    const script = `source '${PROJECT}/deploy/command_line.sh'; task_flags deno.json "$1"`;
    const { text } = await runTool("bash", ["-c", script, "bash", task], { cwd: PROJECT });
    deepEqual(text.trim().split(" "), command.split(" ").slice(2, -2), task);
  }
  const wrapper = read("mcce");
  for (const name of ["mcce.service", "mcce-backup.service"]) {
    const { DATABASE_URL, JOURNAL_DIR, DENO_DIR, BACKUP_FOLDER } = unit(name).environment;
    const folders = {
      DATABASE_URL,
      JOURNAL_DIR,
      DENO_DIR,
      ...(BACKUP_FOLDER && { BACKUP_FOLDER }),
    };
    for (const [key, value] of Object.entries(folders)) {
      ok(wrapper.split(/\s/).includes(`${key}=$root${value}`), `${key}=${value}`);
    }
  }
});

Deno.test("the file of settings explains every variable, and what it shows is accepted", () => {
  const text = read("mcce.env");
  const shown = [...text.matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map((
    [, name, value],
  ) => [name!, value!]);
  const names = Object.keys(variables.shape).filter((name) => !NOT_IN_SETTINGS.includes(name));
  deepEqual(shown.map(([name]) => name!).sort(), names.sort());
  const settings = Object.fromEntries(shown);
  parseConfig({ ...settings, ACCESS_TOKEN: "0123456789abcdef" });
  // Without the folder of the backup's unit no backup is made.
  const { BACKUP_FOLDER } = unit("mcce-backup.service").environment;
  const unset: Record<string, string | undefined> = { BACKUP_FOLDER };
  const defaults = parseConfig(unset);
  let compared = 0;
  for (const [, comment, lines] of text.matchAll(/((?:^# .*\n)+)((?:^#[A-Z].*\n)+)/gm)) {
    if (/An example:|Examples:|Default:/.test(comment!)) continue;
    for (const [, name, value] of lines!.matchAll(/^#([A-Z_]+)=(.*)$/gm)) {
      deepEqual(
        parseConfig({ ...unset, [name!]: value }),
        defaults,
        `${name}=${value} is the default`,
      );
      compared++;
    }
  }
  ok(compared >= 10, `${compared}`);
});
