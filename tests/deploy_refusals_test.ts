import { deepEqual, equal, match, ok } from "node:assert/strict";
import { basename } from "node:path";
import { Installation, PROJECT } from "./support/installation.ts";
import { runTool } from "./support/run_tool.ts";

/** What the installer and its checks call besides Deno and npm. */
const TOOLS = [
  ...["cat", "chmod", "cp", "cut", "dirname", "env", "find", "getconf", "getent", "grep", "gzip"],
  ...["hostname", "id", "install", "kill", "ln", "mkdir", "mktemp", "mv", "od", "readlink", "rm"],
  ...["rmdir", "sed", "sha512sum", "sleep", "tar", "tr", "uname"],
];

/** A folder of programs for `PATH`: those of this machine that are named, and scripts in place of some. */
async function programs(scripts: Record<string, string>): Promise<string> {
  const folder = await Deno.makeTempDir();
  const { text } = await runTool("bash", ["-c", `command -v ${TOOLS.join(" ")}`]);
  for (const path of text.split("\n").filter((path) => path.startsWith("/"))) {
    await Deno.symlink(path, `${folder}/${basename(path)}`);
  }
  for (const [name, script] of Object.entries(scripts)) {
    await Deno.remove(`${folder}/${name}`).catch(() => {});
    await Deno.writeTextFile(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

/** Installs with only these programs; gives the one sentence, and makes sure that no program was put in place. */
async function refusal(scripts: Record<string, string>): Promise<string> {
  await using installation = new Installation();
  const path = await programs(scripts);
  try {
    const { code, text } = await installation.installBy(path, ["--yes"]);
    equal(code, 1, text);
    ok(!installation.has("usr/local/lib/mcce/current"));
    ok(!installation.has("etc"));
    return text;
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

Deno.test("a 32-bit system is told that there is no Deno for it, and what it can do instead", async () => {
  const text = await refusal({ getconf: "echo 32", uname: "echo armv7l" });
  match(text, /^This is a 32-bit system \(armv7l\), for which there is no Deno/);
  match(text, /SERIAL_PORT=tcp:\/\//);
  equal(text.trim().split("\n").length, 1);
});

Deno.test("without the pinned Deno and without npm one sentence says how to get either", async () => {
  const text = await refusal({ deno: "echo deno 1.46.3" });
  match(text, /^Deno 2\.\d+\.\d+ is not on this machine, and neither is npm/);
  match(text, /apt-get install npm/);
  equal(text.trim().split("\n").length, 1);
});

Deno.test("a Deno from npm that is not the one that was chosen is not installed", async () => {
  const text = await refusal({
    npm:
      'for last; do :; done; v=${last##*@}; p=${last%@*}; echo other > "deno-${p#@deno/}-$v.tgz"',
  });
  match(text, /its SHA-512 differs\): nothing was installed\.\n$/);
});

Deno.test("an npm that fails is told in a sentence", async () => {
  match(await refusal({ npm: "exit 1" }), /npm cannot fetch Deno 2\.\d+\.\d+: check the network/);
});

Deno.test("a word that the installer does not know is refused", async () => {
  await using installation = new Installation();
  deepEqual(await installation.install(["--upgrade"]), {
    code: 1,
    text: "--upgrade is not understood: install.sh takes --yes and --uninstall.\n",
  });
});

Deno.test("the installer's Deno is the one of the project's own checks", async () => {
  const version = /^deno_version=(.*)$/m.exec(
    await Deno.readTextFile(`${PROJECT}/deploy/install/deno.sh`),
  )![1]!;
  ok((await Deno.readTextFile(`${PROJECT}/README.md`)).includes(`deno@${version} `));
  const digests = await Deno.readTextFile(`${PROJECT}/deploy/install/deno.sha512`);
  for (const arch of ["x64", "arm64"]) {
    match(digests, new RegExp(`^[0-9a-f]{128}  deno-linux-${arch}-glibc-${version}\\.tgz$`, "m"));
  }
});
