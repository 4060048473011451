import { deepEqual } from "node:assert/strict";
import { openNotifySocket } from "../lib/sd_notify.ts";
import "./support/libc_loaded.ts";
import { NotifySocket } from "./support/notify_socket.ts";

Deno.test("lines reach a socket with a path as they were sent, each call a datagram", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using systemd = new NotifySocket(`${folder}/notify`);
    using notify = openNotifySocket(systemd.address);
    notify("READY=1\nSTATUS=città");
    notify("WATCHDOG=1");
    deepEqual(systemd.received, ["READY=1\nSTATUS=città", "WATCHDOG=1"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("lines reach a socket with an abstract name", () => {
  using systemd = new NotifySocket(`@mcce-test/${crypto.randomUUID()}`);
  using notify = openNotifySocket(systemd.address);
  notify("READY=1");
  deepEqual(systemd.received, ["READY=1"]);
});

Deno.test("a systemd that does not listen, or reads nothing, holds nothing up and breaks nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using toNobody = openNotifySocket(`${folder}/nobody`);
    toNobody("READY=1");
    using overlong = openNotifySocket(`/${"x".repeat(200)}`);
    overlong("READY=1");
    using systemd = new NotifySocket(`${folder}/notify`);
    using notify = openNotifySocket(systemd.address);
    // More than the kernel queues for a reader that sleeps.
    for (let i = 0; i < 5_000; i++) notify("WATCHDOG=1");
    const queued = systemd.received.length;
    notify("STOPPING=1");
    deepEqual(systemd.received.slice(queued), ["STOPPING=1"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
