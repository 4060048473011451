import assert from "node:assert/strict";
import { examineConfig, parseConfig } from "../lib/config.ts";
import { variables } from "../lib/config/variables.ts";

const SCRIPT = `
  import { loadConfig } from ${JSON.stringify(import.meta.resolve("../lib/config.ts"))};
  try {
    const { sampleSeconds, journalDir, port } = await loadConfig();
    console.log(JSON.stringify({ sampleSeconds, journalDir, port }));
  } catch (error) {
    console.log(error.name + ": " + error.message);
  }
`;

/** What a process makes of `env` in a folder, with permission for no variable but ours. */
async function load(folder: string, env: Record<string, string>): Promise<string> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-lock",
      `--config=${new URL("../deno.json", import.meta.url).pathname}`,
      `--allow-read=${folder}`,
      `--allow-env=${Object.keys(variables.shape)}`,
      "-",
    ],
    cwd: folder,
    // What Deno itself needs to find its cache.
    env: { HOME: Deno.env.get("HOME") ?? "/", DENO_DIR: Deno.env.get("DENO_DIR") ?? "", ...env },
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(SCRIPT));
  await writer.close();
  return new TextDecoder().decode((await process.output()).stdout).trim();
}

Deno.test("settings come from .env, and the environment wins unless it is empty", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${folder}/.env`,
      "# the house\nSAMPLE_SECONDS=10\nJOURNAL_DIR='my journal'\nPORT=8080\n",
    );
    assert.deepEqual(JSON.parse(await load(folder, { PORT: "9000", SAMPLE_SECONDS: "" })), {
      sampleSeconds: 10,
      journalDir: "my journal",
      port: 9000,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("without a .env there is only the environment", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.deepEqual(JSON.parse(await load(folder, { SAMPLE_SECONDS: "2" })), {
      sampleSeconds: 2,
      journalDir: "data/journal",
      port: 8000,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("whoever examines the settings is told what is refused, and has the rest with defaults", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/.env`, "SAMPLE_SECONDS=10\nPORT=eighty\nTLS_KEY=key.pem\n");
    const { config, problems } = await examineConfig(folder);
    assert.deepEqual(config, { ...parseConfig({}), sampleSeconds: 10 });
    assert.deepEqual(problems.map((text) => text.split("=")[0]), ["PORT", "TLS_KEY"]);

    await Deno.remove(`${folder}/.env`);
    await Deno.mkdir(`${folder}/.env`);
    const unread = await examineConfig(folder);
    assert.deepEqual(unread.config, parseConfig({}));
    assert.match(
      unread.problems.join(),
      /^The settings in \S+\/\.env cannot be read \([^)]+\)+: \S/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a .env that cannot be read stops the start with one sentence", async () => {
  const folder = await Deno.makeTempDir();
  try {
    // A folder, because a test that runs as root can read any file.
    await Deno.mkdir(`${folder}/.env`);
    assert.match(
      await load(folder, {}),
      /^ConfigError: The settings in \.\/\.env cannot be read \(.+\): correct .+ or remove it\.$/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
