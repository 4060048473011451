import { deepEqual, equal, ok } from "node:assert/strict";
import { PROJECT } from "./support/installation.ts";
import { runTool } from "./support/run_tool.ts";

Deno.test("shellcheck finds nothing in the scripts", async () => {
  const found = await runTool("find", [
    `${PROJECT}/deploy`,
    "-name",
    "*.sh",
    "-o",
    "-name",
    "mcce",
  ]);
  const scripts = found.text.trim().split("\n");
  ok(scripts.length >= 8);
  deepEqual(await runTool("shellcheck", ["-x", ...scripts], { cwd: PROJECT }), {
    code: 0,
    text: "",
  });
});

/** What `read_env` exports of a file's text, a name and a value in turns. */
async function exported(text: string): Promise<string[][]> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, text);
    const script =
      `set -euo pipefail; source '${PROJECT}/deploy/read_env.sh'; read_env "$1"; env -0`;
    const { code, text: all } = await runTool("bash", ["-c", script, "bash", path]);
    equal(code, 0, all);
    const pairs = all.split("\0").filter((pair) => /^MCCE_/.test(pair));
    return pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)).sort();
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("the file of settings is read as systemd reads it (systemd.exec(5)), and nothing in it is run", async () => {
  // The right side is what systemd's own parser makes of the left (src/basic/env-file.c).
  const cases: readonly (readonly [string, string])[] = [
    ["plain", "plain"],
    ["  around \t", "around"],
    ["two words # and no comment", "two words # and no comment"],
    ["", ""],
    [`"in quotes "`, "in quotes "],
    [`'single $HOME \\n'`, "single $HOME \\n"],
    [`"a\\"b\\\\c\\$d\\e"`, `a"b\\c$d\\e`],
    [`a\\ b\\\\c`, `a b\\c`],
    [`"one" 'two' three`, "onetwothree"],
    [`it's`, "it's"],
    [`mqtt://user:pa'ss"word@host`, `mqtt://user:pa'ss"word@host`],
    ["$(touch /tmp/mcce-was-run) `id` ${HOME} $HOME ; id | id & id", ""],
    ["città = 5 €", "città = 5 €"],
  ].map(([left = "", right = ""]) => [left, right || (left.startsWith("$(") ? left : right)]);
  const text = cases.map(([left], i) => `MCCE_${String.fromCharCode(65 + i)}=${left}`).join("\n");
  const wanted = cases.map(([, right], i) => [`MCCE_${String.fromCharCode(65 + i)}`, right]);
  deepEqual(await exported(text), wanted);
});

Deno.test("comments, lines without a name and other signs are passed over; the last value counts; a line may go on", async () => {
  const text = [
    "# MCCE_A=1",
    "; MCCE_B=1",
    "MCCE_C",
    "export MCCE_D=1",
    " MCCE_E = spaced",
    "MCCE_F=first",
    "MCCE_F=last",
    "MCCE_G=one\\",
    "two",
    "MCCE_H=no newline at the end",
  ].join("\n");
  deepEqual(await exported(text), [
    ["MCCE_E", "spaced"],
    ["MCCE_F", "last"],
    ["MCCE_G", "onetwo"],
    ["MCCE_H", "no newline at the end"],
  ]);
});
