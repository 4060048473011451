import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { Installation, PROJECT } from "./support/installation.ts";
import { InstalledService } from "./support/installed_service.ts";
import { journalPaths } from "./support/journal_paths.ts";
import { runTool } from "./support/run_tool.ts";

const UNITS = ["mcce.service", "mcce-backup.service", "mcce-backup.timer", "mcce-failure@.service"];

/** Every path below a folder but what lies deeper than the program's own folders. */
async function placed(installation: Installation): Promise<string[]> {
  const { text } = await runTool("find", [installation.root, "-maxdepth", "6", "-printf", "%P\\n"]);
  return text.split("\n").filter((path) => path !== "" && !path.startsWith("var/cache/")).sort();
}

/** The text of the journal's days. */
function journal({ root }: Installation): string {
  const paths = journalPaths(`${root}/var/lib/mcce/journal`);
  return paths.map((path) => Deno.readTextFileSync(path)).join("");
}

async function firstInstalled(installation: Installation): Promise<void> {
  const { code, text } = await installation.install();
  equal(code, 0, text);
  const settings = installation.text("etc/mcce/mcce.env");
  const token = /^ACCESS_TOKEN=([0-9a-f]{32})$/m.exec(settings)?.[1];
  match(text, new RegExp(`^The page is at http://\\S+:8000/login#token=${token}$`, "m"));
  equal(Deno.statSync(`${installation.root}/etc/mcce/mcce.env`).mode! & 0o777, 0o600);
  ok(installation.has("etc/udev/rules.d/70-mcce.rules"));

  for (const name of UNITS.filter((name) => name.endsWith(".service"))) {
    const unit = installation.unit(name);
    const named = unit.command.filter((word) => /\/(deno|\w+\.js|\w+\.ts)$/.test(word));
    equal(named.length, 2, name);
    named.push(...unit.all("WorkingDirectory"), ...unit.all("EnvironmentFile"));
    named.push(unit.one("Documentation").replace("file://", ""));
    for (const path of named) ok(Deno.statSync(path.replace(/^-/, "")), path);
  }
  const folder = `${installation.root}/moved`;
  Deno.mkdirSync(folder);
  for (const name of UNITS) {
    const unit = installation.moved(installation.text(`etc/systemd/system/${name}`));
    Deno.writeTextFileSync(`${folder}/${name}`, unit);
  }
  const words = ["verify", "--man=no", ...UNITS.map((name) => `${folder}/${name}`)];
  const verified = await runTool("systemd-analyze", words, { debian: "systemd" });
  deepEqual(verified, { code: 0, text: "" });
  Deno.removeSync(folder, { recursive: true });
}

async function serves(installation: Installation): Promise<void> {
  const { root } = installation;
  const meter = houseMeter({ link: `${root}/meter`, fast: true });
  try {
    const ACCESS_TOKEN = "0123456789abcdef";
    const env = { HOST: "127.0.0.1", PORT: "0", ALARM_GPIO: "off", ACCESS_TOKEN };
    const SERIAL_PORT = `${root}/meter`;
    await using service = await InstalledService.start(installation, { ...env, SERIAL_PORT });
    const get = (path: string, headers = {}) =>
      fetch(new URL(path, service.url), { headers, redirect: "manual" });
    const authorization = `Bearer ${ACCESS_TOKEN}`;
    for (const path of ["", "assets/live.js", "assets/icon.svg", "digest"]) {
      const answer = await get(path, { authorization });
      equal(answer.status, 200, await answer.text());
    }
    const locked = await get("live/now");
    ok(locked.status >= 300, await locked.text());
    // The first reading of a start goes on to the journal at once.
    const kept = ["run/mcce", "var/lib/mcce/journal"].map((path) => `${root}/${path}`);
    const names = () => kept.flatMap((folder) => [...Deno.readDirSync(folder)]);
    await eventually("a reading on the disk", async () => {
      const now = await get("live/now", { authorization });
      return (await now.json()).watts > 0 && names().some(({ name }) => /^spool|csv$/.test(name));
    });
    equal(await service.stop(), 0, service.log);
    // Whatever the unit's permissions leave out would be told here.
    doesNotMatch(service.log, /Requires \w+ access|NotCapable|--allow-/);
  } finally {
    await meter.unplug();
  }
  deepEqual([...Deno.readDirSync(`${root}/run/mcce`)], [], "flushed to the journal");
  // As systemd does when the service has ended.
  Deno.removeSync(`${root}/run/mcce`);
  match(journal(installation), /^\d+,\d+$/m);
}

async function installedAgain(installation: Installation): Promise<void> {
  const { root } = installation;
  const [first, readings] = [await placed(installation), journal(installation)];
  const settings = `${installation.text("etc/mcce/mcce.env")}PORT=9000\n`;
  Deno.writeTextFileSync(`${root}/etc/mcce/mcce.env`, settings);

  const { code, text } = await installation.install(["--yes"]);
  equal(code, 0, text);
  match(text, /:9000\/login#token=/);
  equal(installation.text("etc/mcce/mcce.env"), settings);
  const other = (path: string) => path.replace("usr/local/lib/mcce/a", "usr/local/lib/mcce/b");
  deepEqual(await placed(installation), first.map(other).sort());
  equal(journal(installation), readings);
}

async function brokenProgram(installation: Installation): Promise<void> {
  const before = installation.text("usr/local/lib/mcce/current/.build/main.js");
  const sources = await Deno.makeTempDir();
  try {
    const files = ["deno.json", "deno.lock", "README.md", "LICENSE", "deploy", "functions", "lib"];
    await runTool("cp", ["-r", ...files.map((name) => `${PROJECT}/${name}`), sources]);
    await Deno.writeTextFile(`${sources}/main.ts`, 'throw new Error("no start");\n');
    const { code, text } = await installation.install(["--yes"], sources);
    equal(code, 1);
    match(
      text,
      /does not start on this machine, as said above\.\nThe program before it stays in place\.\n$/,
    );
  } finally {
    await Deno.remove(sources, { recursive: true });
  }
  equal(installation.text("usr/local/lib/mcce/current/.build/main.js"), before);
}

async function runsTasks(installation: Installation): Promise<void> {
  const { root } = installation;
  const mcce = (...words: string[]) => runTool(`${root}/usr/local/bin/mcce`, words, { cwd: root });
  Deno.writeTextFileSync(`${root}/var/lib/mcce/journal/2026-11-20.csv`, "1795129200000,300\n");

  const backup = await mcce("backup", "my copies", "--keep", "2");
  equal(backup.code, 0, backup.text);
  match(
    backup.text,
    new RegExp(`^${root}/my copies/\\S+Z: yearly files: 0, files of the journal: 2`),
  );
  Deno.removeSync(`${root}/my copies`, { recursive: true });

  const doctor = await mcce("doctor");
  equal(doctor.code, 1);
  match(doctor.text, /^WRONG service: not running: sudo systemctl start mcce; /m);
  match(doctor.text, /^WRONG journal: 1 day not digested yet .*: mcce digest does it/m);
  match(doctor.text, new RegExp(`^WRONG backups: ${root}/var/lib/mcce/backup is on the disk`, "m"));

  Deno.writeTextFileSync(`${root}/etc/mcce/mcce.env`, "SAMPLE_SECONDS=0\n", { append: true });
  deepEqual(await mcce("digest"), {
    code: 2,
    text: `SAMPLE_SECONDS="0" is refused: it takes whole seconds from 1 to 60.\n`,
  });
  equal((await mcce()).code, 2);
}

async function removed(installation: Installation): Promise<void> {
  const years = `${installation.root}/var/lib/mcce/years`;
  Deno.mkdirSync(years, { recursive: true });
  Deno.writeTextFileSync(`${years}/mcce.2025`, "readings");
  const isKept = (path: string) => /^(etc|var\/lib)\/mcce(\/|$)/.test(path);
  const kept = (await placed(installation)).filter(isKept);
  ok(kept.includes("etc/mcce/mcce.env"));
  const [settings, readings] = [installation.text("etc/mcce/mcce.env"), journal(installation)];
  const { code, text } = await installation.install(["--uninstall", "--yes"]);
  equal(code, 0, text);
  equal(installation.text("etc/mcce/mcce.env"), settings);
  equal(journal(installation), readings);
  equal(Deno.readTextFileSync(`${years}/mcce.2025`), "readings");
  deepEqual((await placed(installation)).filter((path) => /mcce/.test(path)), kept);
  deepEqual(await installation.install(["--uninstall", "--yes"]), {
    code: 1,
    text: `MCCE is not installed: there is no ${installation.root}/usr/local/lib/mcce.\n`,
  });
}

Deno.test("MCCE is installed, runs, is installed again and removed", async (t) => {
  await using installation = new Installation();
  const step = (name: string, body: (installation: Installation) => Promise<void>) =>
    t.step(name, () => body(installation));
  await step("its units name what is in place, and pass systemd's check", firstInstalled);
  await step("the unit's own command line reads the meter and serves, out of its folder", serves);
  await step("again: the new program, the old settings and all readings", installedAgain);
  await step("a program that does not start leaves the one before it in place", brokenProgram);
  await step("mcce runs a task with the service's settings, on its folders", runsTasks);
  await step("removed: settings and readings stay", removed);
});
