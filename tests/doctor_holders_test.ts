import { deepEqual, equal, ok } from "node:assert/strict";
import "./support/machine_calls_loaded.ts";
import { fileStatus, linkTarget, mayUse, realPath } from "../lib/doctor/file_status.ts";
import { readTty } from "../lib/doctor/port_facts.ts";
import { commandLine, findHolders, programOf } from "../lib/doctor/processes.ts";
import { readSharedPort } from "../lib/doctor/shared_port_facts.ts";
import { readUser } from "../lib/doctor/user_facts.ts";
import { openSerial } from "../lib/meter/serial.ts";
import { sysfs } from "../lib/sysfs.ts";
import { BarePty } from "./support/bare_pty.ts";
import { eventually } from "./support/eventually.ts";
import { OtherProcess } from "./support/other_process.ts";
import { diskTest } from "./support/small_disk.ts";

Deno.test("the port is there, a tty, and free; looking neither opens nor locks it", async () => {
  using pty = new BarePty();
  const { node, holders } = await readTty(pty.path);
  equal(node?.isTty, true);
  equal(node?.mayOpen, true);
  deepEqual(holders, []);
  openSerial(pty.path).close();
});

Deno.test("who has the port open is named, by whatever link it is asked for, with a lock or without", async () => {
  using pty = new BarePty();
  const folder = await Deno.makeTempDir();
  try {
    await Deno.symlink(pty.path, `${folder}/mcce-meter`);
    for (const how of ["locked", "open"]) {
      await using other = new OtherProcess("hold_port.ts", [pty.path, how]);
      equal(await other.firstLine(), "held");
      const { holders } = await readTty(`${folder}/mcce-meter`);
      deepEqual(holders.map(({ pid, name }) => [pid, name]), [[
        other.child.pid,
        "deno hold_port.ts",
      ]]);
      await other.end();
    }
    deepEqual((await readTty(pty.path)).holders, []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a port is told from a file, another device and nothing at all", async () => {
  const path = await Deno.makeTempFile();
  try {
    equal((await readTty(path)).node?.isTty, false);
    equal((await readTty("/dev/null")).node?.isTty, false);
    equal((await readTty("/dev/no-such-port")).node, null);
    equal((await readTty(`${path}/below-a-file`)).node, null);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a shared port answers, turns away or is not there, and is left alone while the service has it", async () => {
  let taken = 0;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = `tcp://127.0.0.1:${listener.addr.port}`;
  const turnsAway = [false, true];
  const serving = (async () => {
    for await (const connection of listener) {
      if (turnsAway[taken++]) connection.close();
      else await connection.readable.pipeTo(new WritableStream());
    }
  })();
  equal((await readSharedPort(address, false)).problem, null);
  ok((await readSharedPort(address, false)).problem?.includes("has ended the connection"));
  equal((await readSharedPort(address, true)).problem, undefined);
  listener.close();
  await serving;
  equal(taken, 2);
  ok((await readSharedPort(address, false)).problem?.includes("Nothing listens"));
});

Deno.test("a program that has ended is none, and this one is known", () => {
  equal(programOf(4_194_305), null);
  deepEqual(commandLine(4_194_305), []);
  ok(programOf(Deno.pid)?.name.startsWith("deno"));
  ok(commandLine(Deno.pid).length > 1);
});

Deno.test("a lock on a file is found without trying it", async () => {
  const path = await Deno.makeTempFile();
  try {
    deepEqual([...findHolders([path]).pids.get(path) ?? []], []);
    using file = await Deno.open(path, { write: true });
    ok(await file.tryLock(true));
    deepEqual([...findHolders([path]).pids.get(path) ?? []], [Deno.pid]);
  } finally {
    await Deno.remove(path);
  }
});

diskTest(
  "a file of the same path in another place of mounts, as a container has them, is another file",
  async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/port`;
    await Deno.writeTextFile(path, "");
    const script = 'mount -t tmpfs none "$1"; exec 3>"$1/port"; cat';
    const other = new Deno.Command("unshare", {
      args: ["--mount", "sh", "-c", script, "sh", folder],
      stdin: "piped",
      stdout: "null",
    }).spawn();
    try {
      const has = () => sysfs.list(`/proc/${other.pid}/fd`).includes("3");
      await eventually(
        "the other's file",
        () => has() && linkTarget(`/proc/${other.pid}/fd/3`) === path,
      );
      deepEqual([...findHolders([path]).pids.get(path) ?? []], []);
    } finally {
      await other.stdin.close();
      await other.status;
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("files are looked at as they are: mode, links, and what may be done with them", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.writeTextFile(`${folder}/file`, "", { mode: 0o640 });
    await Deno.symlink("file", `${folder}/link`);
    await Deno.symlink("nowhere", `${folder}/dangling`);
    const { ino } = await Deno.stat(`${folder}/file`);
    equal(fileStatus(`${folder}/link`)?.inode, ino);
    equal(fileStatus(`${folder}/file`)?.mode, 0o640);
    equal(fileStatus(`${folder}/dangling`), null);
    equal(realPath(`${folder}/link`), `${folder}/file`);
    equal(realPath(`${folder}/dangling`), null);
    equal(linkTarget(`${folder}/dangling`), "nowhere");
    deepEqual([mayUse(folder, "read", "write"), mayUse(`${folder}/none`, "read")], [true, false]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the user is who runs this, with the groups of the process", async () => {
  const id = async (...words: string[]) => {
    const { stdout } = await new Deno.Command("id", { args: words }).output();
    return new TextDecoder().decode(stdout).trim();
  };
  const { name, isRoot, groups, assigned } = await readUser();
  equal(name, await id("-un"));
  equal(isRoot, await id("-u") === "0");
  deepEqual(groups.toSorted(), (await id("-Gn")).split(" ").toSorted());
  ok(assigned.includes(await id("-gn")));
});
