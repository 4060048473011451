import { deepEqual, equal, match } from "node:assert/strict";
import { House, names } from "./support/backup_house.ts";
import { PROJECT } from "./support/installation.ts";
import { runTool } from "./support/run_tool.ts";
import { UnitFile } from "./support/unit_file.ts";

/** The weekly backup of the house to a folder, with the permissions that its unit gives: `root` stands for its own. */
async function weeklyBackup({ root, config }: House, folder: string) {
  const unit = new UnitFile(Deno.readTextFileSync(`${PROJECT}/deploy/mcce-backup.service`));
  const flags = unit.command.filter((word) => word.startsWith("--allow-"))
    .map((word) => word.replaceAll("${BACKUP_FOLDER}", folder))
    .map((word) => word.replaceAll("/usr/local/lib/mcce", PROJECT))
    .map((word) => word.replaceAll("/var/lib/mcce", `${root}/years,${config.journalDir}`))
    .map((word) => word.replaceAll("/run/mcce", config.spoolDir));
  const words = [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-lock",
    ...flags,
    "main.ts",
    "backup",
    folder,
  ];
  const env = {
    NO_COLOR: "1",
    DATABASE_URL: config.databasePath,
    JOURNAL_DIR: config.journalDir,
    RUNTIME_DIRECTORY: config.spoolDir,
  };
  return await runTool(Deno.execPath(), [...words, "--keep", "8"], { cwd: PROJECT, env });
}

Deno.test("the weekly backup makes its folder, whose surroundings it may not see", async () => {
  await using house = new House();
  const disk = await Deno.makeTempDir({ prefix: "mcce-stick-" });
  try {
    const { code, text } = await weeklyBackup(house, `${disk}/mcce`);
    equal(code, 0, text);
    match(text, /mcce\/\S+Z: yearly files: 2, .* all checked\n$/);
    equal(names(`${disk}/mcce`).length, 1);
  } finally {
    await Deno.remove(disk, { recursive: true });
  }
});

Deno.test("a folder that cannot be made is told in one sentence", async () => {
  await using house = new House();
  const file = await Deno.makeTempFile();
  try {
    deepEqual(await weeklyBackup(house, `${file}/mcce`), {
      code: 1,
      text: `${file}/mcce: Not a directory (os error 20): realpath '${file}/mcce'\n`,
    });
  } finally {
    await Deno.remove(file);
  }
});
