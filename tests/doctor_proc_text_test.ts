import { deepEqual, equal } from "node:assert/strict";
import {
  isTty,
  lockHolders,
  memoryBytes,
  mountOf,
  programName,
  unitOf,
} from "../lib/doctor/proc_text.ts";

Deno.test("a lock's holders are those of the file's device and number, and none that waits for it", () => {
  const locks = `1: POSIX  ADVISORY  READ 8183 b3:02:131 128 128
2: FLOCK  ADVISORY  WRITE 412 b3:02:131 0 EOF
2: -> FLOCK  ADVISORY  WRITE 500 b3:02:131 0 EOF
3: FLOCK  ADVISORY  WRITE 413 b3:02:1310 0 EOF
4: FLOCK  ADVISORY  READ  414 00:05:131 0 EOF
5: FLOCK  ADVISORY  WRITE 412 b3:02:131 0 EOF
`;
  deepEqual(lockHolders(locks, "179:2", 131), [412]);
  deepEqual(lockHolders(locks, "0:5", 131), [414]);
  deepEqual(lockHolders(locks, "179:2", 13), []);
  deepEqual(lockHolders("", "179:2", 131), []);
});

Deno.test("a program is named by what it is and the script that it runs", () => {
  const named = (...words: string[]) =>
    programName(words.map((one) => `${one}\0`).join(""), "comm\n");
  equal(named("/usr/sbin/ser2net", "-c", "/etc/ser2net.yaml"), "ser2net");
  equal(named("/usr/bin/python3", "-u", "/opt/mcce/mcce.py", "other.py"), "python3 mcce.py");
  equal(named("deno", "run", "--config=a.ts", "main.ts", "start"), "deno main.ts");
  equal(named(), "comm");
});

Deno.test("a process belongs to a unit that the machine runs, not to one of a person's session", () => {
  equal(unitOf("0::/system.slice/mcce.service\n"), "mcce.service");
  equal(unitOf("0::/system.slice/system-getty.slice/getty@tty1.service\n"), "getty@tty1.service");
  equal(unitOf("9:name=systemd:/system.slice/cron.service\n0::/\n"), "cron.service");
  equal(unitOf("0::/user.slice/user-1000.slice/session-3.scope\n"), null);
  equal(unitOf("0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.service\n"), null);
  equal(unitOf("0::/\n"), null);
});

Deno.test("a tty is told by its driver's numbers", () => {
  const drivers = `/dev/tty             /dev/tty        5       0 system:/dev/tty
usbserial            /dev/ttyUSB   188 0-511 serial
pty_slave            /dev/pts      136 0-1048575 pty:slave
serial               /dev/ttyS       4 64-111 serial
`;
  const yes = ["188:0", "188:511", "136:7", "4:64", "5:0"];
  deepEqual(yes.filter((node) => !isTty(drivers, node)), []);
  const no = ["188:512", "1:3", "4:63", "5:1", "0:0"];
  deepEqual(no.filter((node) => isTty(drivers, node)), []);
});

Deno.test("a mount is found by its number, with the options of both kinds", () => {
  const text = `27 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw,commit=60
2 27 0:21 / /proc rw - proc proc rw
30 27 0:24 / /my\\040stick rw,relatime shared:5 master:2 - vfat /dev/sda1 rw,sync
`;
  deepEqual(mountOf(text, 27), {
    type: "ext4",
    source: "/dev/mmcblk0p2",
    options: ["rw", "noatime", "commit=60"],
  });
  deepEqual(mountOf(text, 30)?.options, ["rw", "relatime", "sync"]);
  deepEqual(mountOf(text, 2)?.type, "proc");
  equal(mountOf(text, 7), null);
});

Deno.test("a line of the memory's figures is found by its whole name", () => {
  const text = "MemTotal:         444556 kB\nMemFree:  1 kB\nMemAvailable:     170000 kB\n";
  equal(memoryBytes(text, "MemAvailable"), 170000 * 1024);
  equal(memoryBytes(text, "Mem"), null);
});
