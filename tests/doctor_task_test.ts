import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import "./support/machine_calls_loaded.ts";
import { note, wrong } from "../lib/doctor/finding.ts";
import { findHolders } from "../lib/doctor/processes.ts";
import { SystemError } from "../lib/libc.ts";
import { runDoctor } from "../lib/task/doctor.ts";
import { UserError } from "../lib/user_error.ts";
import { BarePty } from "./support/bare_pty.ts";
import { eventually } from "./support/eventually.ts";
import { runTool } from "./support/run_tool.ts";
import { Service, startProgram } from "./support/service.ts";

/** Runs the doctor to its end as users do. */
async function doctor(env: Record<string, string>, ...words: string[]) {
  const { process, lines, printed, drained } = startProgram("doctor", env, ...words);
  const { code } = await process.status;
  await drained;
  return { code, lines, printed };
}

function freePort(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return String(listener.addr.port);
}

/** The folders of a house in a temporary one, as settings. */
class Folders implements AsyncDisposable {
  readonly root = Deno.makeTempDirSync({ prefix: "mcce-doctor-" });
  readonly env = {
    JOURNAL_DIR: `${this.root}/journal`,
    DATABASE_URL: `${this.root}/years/mcce`,
    BACKUP_FOLDER: `${this.root}/backups`,
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

Deno.test("beside a running service the doctor names it and takes nothing from it", async () => {
  await using folders = new Folders();
  using pty = new BarePty();
  const env = { ...folders.env, SERIAL_PORT: pty.path, PORT: freePort() };
  await using service = await Service.start(env);
  const openings = () => service.lines.filter((line) => line.includes("port is open")).length;
  await eventually("the service's hold on the port", () => openings() > 0);
  const { code, lines, printed } = await doctor(env);
  const { pid } = service;
  const port = `ok    port ${pty.path}: there, held by mcce (pid ${pid})`;
  ok(printed.some((line) => line.startsWith(port)), `${printed}`);
  match(printed[0]!, new RegExp(`^ok {4}service: http\\S+ answers, version \\S+ \\(pid ${pid}\\)`));
  match(printed.join("\n"), /^WRONG backups: \S+ is on the disk of the data/m);
  deepEqual(printed.filter((line) => line.includes("cannot be looked at")), []);
  equal(code, 1);
  const count = printed.filter((line) => line.startsWith("WRONG ")).length;
  deepEqual(lines, [`${count} problem${count === 1 ? "" : "s"} found.`]);
  deepEqual([...findHolders([pty.path]).pids.get(pty.path) ?? []], [pid]);
  equal(openings(), 1);
});

Deno.test("settings that are refused come first, and the rest is looked at with the others", async () => {
  await using folders = new Folders();
  const env = { ...folders.env, PORT: "eighty", SERIAL_PORT: "/dev/no-such-port", TLS_KEY: "/x" };
  const { code, printed } = await doctor(env);
  deepEqual(printed.slice(0, 2), [
    `WRONG PORT="eighty" is refused: it takes a port from 0 to 65535.`,
    `WRONG TLS_KEY="/x" is set alone: HTTPS takes TLS_CERT too.`,
  ]);
  match(printed.join("\n"), /^WRONG port \/dev\/no-such-port: not there: plug in/m);
  ok(printed.length > 10);
  equal(code, 1);
});

Deno.test("a damaged yearly file, a late day and a bad line are found where the settings say", async () => {
  await using folders = new Folders();
  const { env, root } = folders;
  await Deno.mkdir(`${root}/years`);
  await Deno.mkdir(`${root}/journal`);
  await Deno.writeTextFile(`${root}/years/mcce.2025`, "no database at all\n".repeat(100));
  await Deno.writeTextFile(`${root}/journal/2025-11-20.csv`, "1763650000000,300\nnoise\n");
  const text = (await doctor({ ...env, PORT: "0" })).printed.join("\n");
  match(text, /^WRONG \S+\/years\/mcce\.2025: the file is damaged and was left as it is; move it/m);
  match(text, /^WRONG journal: 2025-11-20\.csv has 1 line that is no reading: /m);
  match(text, /^WRONG journal: 1 day not digested yet \(2025-11-20\): deno task digest/m);
});

Deno.test("the doctor takes no words", async () => {
  deepEqual(await doctor({}, "--fix"), {
    code: 2,
    printed: [],
    lines: ["--fix is not understood: doctor takes no words."],
  });
});

Deno.test("without the permissions that looking takes, just that is told", async () => {
  const words = ["run", "--quiet", "--no-lock", "--no-prompt", "--allow-read", "main.ts", "doctor"];
  const cwd = new URL("..", import.meta.url).pathname;
  const { code, text } = await runTool(Deno.execPath(), words, { cwd, env: { NO_COLOR: "1" } });
  equal(code, 1);
  equal(
    text,
    "WRONG permissions: --allow-ffi --allow-net --allow-env missing, so what needs them is not seen: " +
      "run deno task doctor, which grants what it takes\n1 problem found.\n",
  );
});

Deno.test("notes are no problem; problems are counted; what the system refuses stops no other check", async () => {
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const check = (about: string, look: () => Promise<ReturnType<typeof note>[]>) => ({
    about,
    look,
  });
  const noted = check("one", () => Promise.resolve([note("one: so")]));
  const refused = check("two", () => Promise.reject(new SystemError(13, "open /proc/locks")));
  const ill = check("three", () => Promise.resolve([wrong("three", "mend it")]));
  await runDoctor([], print, [noted, refused]);
  deepEqual(printed, [
    "note  one: so",
    "note  two: cannot be looked at here (open /proc/locks: EACCES)",
    "Nothing is wrong.",
  ]);
  await rejects(
    runDoctor([], print, [refused, ill, noted, ill]),
    new UserError("2 problems found."),
  );
  await rejects(
    runDoctor([], print, [check("bug", () => Promise.reject(new TypeError("a bug")))]),
    TypeError,
  );
});
