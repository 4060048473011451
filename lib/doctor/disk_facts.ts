import { basename, dirname, resolve } from "node:path";
import { diskRoom } from "../disk_room.ts";
import { readText } from "../libc.ts";
import type { PlaceFacts } from "./disk.ts";
import { fileStatus, mayUse, realPath } from "./file_status.ts";
import { type Mount, mountOf } from "./proc_text.ts";

/** A folder and its disk; of one that is not made yet the nearest above it. Throws SystemError. */
export function readPlace(what: string, named: string): PlaceFacts {
  const path = resolve(named);
  const folder = nearest(path);
  const status = fileStatus(folder);
  const mount = mountOf(readText("/proc/self/mountinfo"), status?.mountId ?? 0);
  return {
    ...{ what, path, folder, mount },
    mayWrite: mayUse(folder, "write"),
    mountId: status?.mountId ?? 0,
    // Of btrfs each part has a number of its own, which is no disk's.
    disk: diskName(`/sys/dev/block/${status?.device}`) ?? diskName(blockDevice(mount)),
    isReadOnly: mount?.options.includes("ro") ?? false,
    ...diskRoom(folder),
  };
}

/** Whether two places are lost together when a disk fails. */
export function areOnOneDisk(a: PlaceFacts, b: PlaceFacts): boolean {
  return a.mountId === b.mountId || (a.disk !== null && a.disk === b.disk);
}

function nearest(path: string): string {
  return fileStatus(path) === null ? nearest(dirname(path)) : path;
}

function blockDevice(mount: Mount | null): string {
  const [, name] = /^\/dev\/(.+)$/.exec(mount?.source ?? "") ?? [];
  return name === undefined ? "" : `/sys/class/block/${name}`;
}

/** The whole disk's name, also for one of its partitions; `null` when there is no such device. */
function diskName(device: string): string | null {
  const path = realPath(device);
  if (path === null) return null;
  return basename(mayUse(`${path}/partition`, "read") ? dirname(path) : path);
}
