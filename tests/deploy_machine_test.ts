import { deepEqual, equal, match, ok } from "node:assert/strict";
import { PROJECT } from "./support/installation.ts";
import { runTool } from "./support/run_tool.ts";

const FAKED = ["chown", "gpasswd", "groupadd", "groupdel", "useradd", "userdel", "usermod"];

/**
 * Runs a step of the installer as on a machine, with programs in place of those that would change this one: they note how
 * they were called, and do what `scripts` says.
 */
async function onMachine(
  step: string,
  { scripts = {}, made = [] }: { scripts?: Record<string, string>; made?: readonly string[] },
) {
  const folder = await Deno.makeTempDir();
  try {
    const fakes = { ...Object.fromEntries(FAKED.map((name) => [name, ""])), ...scripts };
    for (const [name, script] of Object.entries(fakes)) {
      const note = `echo "${name} $*" >>'${folder}/calls'`;
      Deno.writeTextFileSync(`${folder}/${name}`, `#!/bin/sh\n${note}\n${script}\n`, {
        mode: 0o755,
      });
    }
    Deno.writeTextFileSync(`${folder}/made`, made.map((line) => `${line}\n`).join(""));
    const sources = ["machine", "service", "uninstall"].map((name) =>
      `source '${PROJECT}/deploy/install/${name}.sh'`
    );
    const script = ["set -euo pipefail", ...sources, `made_list='${folder}/made'`, step].join("\n");
    const env = { PATH: `${folder}:${Deno.env.get("PATH")}` };
    const result = await runTool("bash", ["-c", script], { env });
    const calls = await Deno.readTextFile(`${folder}/calls`).catch(() => "");
    return {
      ...result,
      calls: calls.split("\n").filter((call) => call !== ""),
      made: Deno.readTextFileSync(`${folder}/made`).split("\n").filter((line) => line !== ""),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A machine on which the origin's service runs and its timers are enabled, and another unit is only there. */
const ORIGIN = {
  systemctl: `case "$1 $*" in
    is-active*mcce-mcce.service) exit 0 ;;
    is-enabled*mcce-digest.timer) echo enabled ;;
    is-enabled*mcce-digest.service) echo static ;;
    is-*) exit 1 ;;
  esac`,
};

Deno.test("the origin's service and timers are stopped and disabled, with consent", async () => {
  const step = "assume_yes=yes; ask_for_origin; stop_origin";
  const { code, text, calls } = await onMachine(step, { scripts: ORIGIN });
  equal(code, 0, text);
  deepEqual(calls.filter((call) => !call.includes(" is-")), [
    "systemctl stop mcce-mcce.service mcce-digest.timer",
    "systemctl disable --quiet mcce-mcce.service mcce-digest.timer",
  ]);
  match(text, /its files are untouched/);
});

Deno.test("where the new service does not start, the origin runs again as it did", async () => {
  const step = "assume_yes=yes; ask_for_origin; stop_origin; bring_origin_back";
  const { code, text, calls } = await onMachine(step, { scripts: ORIGIN });
  equal(code, 0, text);
  deepEqual(calls.filter((call) => !call.includes(" is-")).slice(2), [
    "systemctl disable --now --quiet mcce.service mcce-backup.timer",
    "systemctl enable --quiet mcce-digest.timer",
    "systemctl start mcce-mcce.service",
  ]);
  match(text, /The Python MCCE runs again, as before\.\n$/);
});

Deno.test("without consent nothing of the origin is touched, and nothing goes on", async () => {
  const { code, text, calls } = await onMachine(
    "assume_yes=no; ask_for_origin; echo 'went on'",
    { scripts: ORIGIN },
  );
  equal(code, 1);
  match(text, /^The Python MCCE runs here \(mcce-mcce\.service mcce-digest\.timer\)/);
  ok(!text.includes("went on"));
  deepEqual(calls.filter((call) => !call.includes(" is-")), []);
});

Deno.test("where there is no origin nobody is asked", async () => {
  const scripts = { systemctl: "exit 1" };
  const step = "assume_yes=no; ask_for_origin; stop_origin; bring_origin_back";
  const { code, text, calls } = await onMachine(step, { scripts });
  deepEqual([code, text], [0, ""]);
  deepEqual(calls.filter((call) => !call.includes(" is-")), []);
});

Deno.test("user and groups are made where they are missing, and noted", async () => {
  const scripts = { getent: '[ "$2" = dialout ]', id: "echo mcce" };
  const { code, text, calls, made } = await onMachine("make_user", { scripts });
  equal(code, 0, text);
  deepEqual(calls.filter((call) => !/^(getent|id) /.test(call)).map((call) => call.split(" ")[0]), [
    ...["groupadd", "useradd", "usermod", "usermod"],
  ]);
  deepEqual(made, ["group gpio", "user mcce", "member dialout", "member gpio"]);
});

Deno.test("a user that was there before is used as it is, and outlives an uninstall", async () => {
  const scripts = { getent: "exit 0", id: "echo mcce dialout gpio" };
  const installed = await onMachine("make_user", { scripts });
  deepEqual([installed.code, installed.made], [0, []], installed.text);
  ok(!installed.calls.some((call) => /add|mod/.test(call)));
  const removed = await onMachine("remove_user", { made: ["member gpio"] });
  deepEqual(removed.calls, ["gpasswd --delete mcce gpio"]);
});

Deno.test("what was made goes with an uninstall, and the readings then belong to root", async () => {
  const made = ["group gpio", "user mcce", "member dialout", "member gpio", "folder /etc/mcce"];
  const { code, calls } = await onMachine("remove_user", { made, scripts: { getent: "" } });
  equal(code, 0);
  deepEqual(calls, [
    "getent passwd mcce",
    "userdel mcce",
    "chown -R root: /var/lib/mcce",
    "groupdel gpio",
  ]);
});

Deno.test("a task that still runs keeps its user, its files and the program, and a second run removes all", async () => {
  const busy = {
    getent: "",
    userdel: "echo 'userdel: user mcce is used by process 77' >&2; exit 8",
  };
  const made = ["user mcce"];
  const first = await onMachine("remove_user; echo 'went on'", { made, scripts: busy });
  equal(first.code, 1);
  match(first.text, /used by process 77\nThe user mcce still runs a program.* run this again\./);
  ok(!first.text.includes("went on"));
  deepEqual(first.calls, ["getent passwd mcce", "userdel mcce"]);
  const gone = await onMachine("remove_user", { made, scripts: { getent: "exit 2" } });
  deepEqual(gone.calls, ["getent passwd mcce", "chown -R root: /var/lib/mcce"]);
});

Deno.test("an uninstall stops the service, and a backup that is being made", async () => {
  const step =
    `assume_yes=yes; lib=$(dirname "$made_list"); root=$lib/root; on_machine() { "$@"; }; uninstall; touch "$made_list"`;
  const { code, text, calls } = await onMachine(step, { scripts: { systemctl: "" } });
  equal(code, 0, text);
  deepEqual(calls, [
    "systemctl disable --now --quiet mcce.service mcce-backup.timer",
    "systemctl stop mcce-backup.service",
    "systemctl daemon-reload",
  ]);
});
