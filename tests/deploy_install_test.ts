import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { Installation } from "./support/installation.ts";
import { InstalledService } from "./support/installed_service.ts";
import { runTool } from "./support/run_tool.ts";

const UNITS = ["mcce.service", "mcce-backup.service", "mcce-backup.timer", "mcce-failure@.service"];

/** Every path below a folder but what lies deeper than the program's own folders. */
async function placed(installation: Installation): Promise<string[]> {
  const { text } = await runTool("find", [installation.root, "-maxdepth", "6", "-printf", "%P\\n"]);
  return text.split("\n").filter((path) => path !== "" && !path.startsWith("var/cache/")).sort();
}

Deno.test("a first installation puts in place what its units name, and they pass systemd's check", async () => {
  await using installation = new Installation();
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
});

Deno.test("the unit's own command line reads the meter and serves the page, out of the folder alone", async () => {
  await using installation = new Installation();
  equal((await installation.install()).code, 0);
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
  const journal = [...Deno.readDirSync(`${root}/var/lib/mcce/journal`)];
  ok(journal.some(({ name }) => name.endsWith(".csv")));
});

Deno.test("installed again it has the new program, the old settings and all readings; removed, the last two stay", async () => {
  await using installation = new Installation();
  equal((await installation.install()).code, 0);
  const { root } = installation;
  const first = await placed(installation);
  const settings = `${installation.text("etc/mcce/mcce.env")}PORT=9000\n`;
  Deno.writeTextFileSync(`${root}/etc/mcce/mcce.env`, settings);
  Deno.mkdirSync(`${root}/var/lib/mcce/years`);
  Deno.writeTextFileSync(`${root}/var/lib/mcce/years/mcce.2025`, "readings");

  const again = await installation.install(["--yes"]);
  equal(again.code, 0, again.text);
  match(again.text, /:9000\/login#token=/);
  equal(installation.text("etc/mcce/mcce.env"), settings);
  const other = (path: string) => path.replace("usr/local/lib/mcce/a", "usr/local/lib/mcce/b");
  const readings = ["var/lib/mcce/years", "var/lib/mcce/years/mcce.2025"];
  deepEqual(await placed(installation), [...first.map(other), ...readings].sort());

  const removed = await installation.install(["--uninstall", "--yes"]);
  equal(removed.code, 0, removed.text);
  equal(installation.text("etc/mcce/mcce.env"), settings);
  equal(installation.text("var/lib/mcce/years/mcce.2025"), "readings");
  const left = (await placed(installation)).filter((path) => /mcce/.test(path));
  deepEqual(left.sort(), ["etc/mcce", "etc/mcce/mcce.env", "var/lib/mcce", ...readings].sort());
  deepEqual(await installation.install(["--uninstall", "--yes"]), {
    code: 1,
    text: `MCCE is not installed: there is no ${root}/usr/local/lib/mcce.\n`,
  });
});
