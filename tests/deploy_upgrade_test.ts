import { deepEqual, equal, match } from "node:assert/strict";
import { PROJECT } from "./support/installation.ts";
import { runTool } from "./support/run_tool.ts";

/** The steps of an upgrade, which note that they were called and for which program; `functions` come in their place. */
const STEPS = ["try_program", "write_settings", "install_units", "stop_origin", "start_service"];

/** Puts program `b` in the place of `a`, or of none, as on a machine; what was called, and which one is in place then. */
async function upgrade(functions: string, { previous = "a" } = {}) {
  const lib = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${lib}/work`);
    if (previous !== "") await Deno.symlink(previous, `${lib}/current`);
    const script = [
      "set -euo pipefail",
      ...["machine", "program", "put_in_place"].map((name) =>
        `source '${PROJECT}/deploy/install/${name}.sh'`
      ),
      `lib='${lib}' work='${lib}/work' slot=b previous='${previous}'`,
      `note() { echo "$1 $(readlink "$lib/current")" >>"$lib/calls"; }`,
      ...[...STEPS, "bring_origin_back"].map((name) => `${name}() { note ${name}; }`),
      functions,
      "trap leave EXIT",
      "put_in_place",
      "echo done",
    ].join("\n");
    const { code, text } = await runTool("bash", ["-c", script]);
    const calls = await Deno.readTextFile(`${lib}/calls`);
    const inPlace = await Deno.readLink(`${lib}/current`).catch(() => "none");
    const left = [...Deno.readDirSync(lib)].map(({ name }) => name).filter((name) =>
      name !== "calls"
    );
    return { code, text, calls: calls.trim().split("\n"), inPlace, left };
  } finally {
    await Deno.remove(lib, { recursive: true });
  }
}

Deno.test("a program whose trial and service start is in place", async () => {
  for (const previous of ["a", ""]) {
    const { code, text, calls, inPlace, left } = await upgrade("", { previous });
    deepEqual([code, text, inPlace, left], [0, "done\n", "b", ["current"]]);
    deepEqual(calls, STEPS.map((name) => `${name} b`));
  }
});

Deno.test("a program whose service does not start gives way to the one before, with its units, which runs again", async () => {
  const { code, text, calls, inPlace } = await upgrade(
    'start_service() { note start_service; [[ $(readlink "$lib/current") == a ]]; }',
  );
  deepEqual([code, inPlace], [1, "a"]);
  equal(
    text,
    "The service does not start; the reason: journalctl -u mcce -n 50. When that is cured, run this again.\n" +
      "The program before it is back in its place, and runs.\n",
  );
  deepEqual(calls.slice(-3), ["start_service b", "install_units a", "start_service a"]);
});

Deno.test("when neither starts it is said, and the one before is in place", async () => {
  const { code, text, inPlace } = await upgrade("start_service() { false; }");
  deepEqual([code, inPlace], [1, "a"]);
  match(text, /back in its place, but does not start either: is it the settings\?\n$/);
});

Deno.test("a first program whose service does not start stays, to be started when that is cured; what ran before it runs again", async () => {
  const { code, text, calls, inPlace } = await upgrade("start_service() { false; }", {
    previous: "",
  });
  deepEqual([code, inPlace, calls.at(-1)], [1, "b", "bring_origin_back b"]);
  match(text, /^The service does not start; .* When that is cured, run this again\.\n$/);
});

Deno.test("a program that fails its trial is not put in place, whether there was one before it or not", async () => {
  for (const [previous, after] of [["a", "a"], ["", "none"]] as const) {
    const { code, calls, inPlace } = await upgrade("try_program() { note try; false; }", {
      previous,
    });
    deepEqual([code, calls, inPlace], [1, ["try b"], after]);
  }
});

Deno.test("Ctrl-C during the trial ends that, and the program before stays; during the start it runs again", async () => {
  const trial =
    'try_program() { sleep 1000 & echo "trial $!" >>"$lib/calls"; kill -INT $$; wait; }';
  const first = await upgrade(trial);
  equal(first.inPlace, "a");
  match(first.text, /^The program before it stays in place\.\n$/m);
  const pid = Number(first.calls[0]!.split(" ")[1]);
  equal((await runTool("bash", ["-c", `kill -0 ${pid}`])).code, 1);
  const start =
    'start_service() { note start_service; [[ $(readlink "$lib/current") == a ]] || kill -INT $$; }';
  const second = await upgrade(start);
  equal(second.inPlace, "a");
  deepEqual(second.calls.slice(-2), ["install_units a", "start_service a"]);
  match(second.text, /^The program before it is back in its place, and runs\.\n$/m);
});
