import type { PlaceFacts } from "./disk.ts";
import { type Finding, ok, wrong } from "./finding.ts";
import type { Mount } from "./proc_text.ts";

/** Mount options (mount(8)) that wear a card out, or lose what a power cut finds half-written. */
const HARMFUL: Readonly<Record<string, string>> = {
  sync: "writes everything at once, which wears a card out",
  strictatime: "writes whenever a file is read, which wears a card out",
  nobarrier: "may lose in a power cut what was written",
  "barrier=0": "may lose in a power cut what was written",
};

/**
 * How the disks bear years of readings. @param lasting what is to be there for good @param spool where readings rest for
 * minutes, `null` when there is none yet
 */
export function judgeWear(lasting: readonly PlaceFacts[], spool: PlaceFacts | null): Finding[] {
  const disks = new Map(lasting.map((place) => [place.mountId, place]));
  return [
    ...lasting.filter(({ mount }) => !isLasting(mount)).map(({ what, folder }) =>
      wrong(
        `${what}: ${folder} lies in memory, and is gone when the machine stops`,
        "give it a folder on a disk; on a Pi, switch the overlay file system off (raspi-config)",
      )
    ),
    ...[...disks.values()].flatMap(judgeOptions),
    ...(spool ? judgeSpool(spool) : []),
  ];
}

function judgeOptions({ what, mount }: PlaceFacts): Finding[] {
  return (mount?.options ?? []).flatMap((option) => {
    const harm = HARMFUL[option];
    const about = `disk of the ${what}: mounted with ${option}, which ${harm}`;
    return harm ? [wrong(about, "take that out of /etc/fstab, and start the machine anew")] : [];
  });
}

function judgeSpool({ folder, mount, disk }: PlaceFacts): Finding[] {
  if (!isLasting(mount)) return [ok(`spool: ${folder} lies in memory, which spares the disk`)];
  // The kernel's name for SD and MMC cards; other disks bear a write each few seconds.
  if (!disk?.startsWith("mmcblk")) return [];
  return [wrong(
    `spool: ${folder} lies on the SD card, which each reading is written to`,
    "start MCCE as its systemd service, or set RUNTIME_DIRECTORY to a folder in memory",
  )];
}

/** Whether it is there after a stop of the machine; a Pi whose overlay is switched on keeps all changes in memory. */
export function isLasting(mount: Mount | null): boolean {
  if (mount === null) return true;
  return !["tmpfs", "ramfs"].includes(mount.type) && mount.source !== "overlayroot";
}
