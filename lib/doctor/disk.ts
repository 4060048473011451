import { type Finding, listed, ok, wrong } from "./finding.ts";
import type { Mount } from "./proc_text.ts";
import { isLasting } from "./wear.ts";

/** A folder of the data, and the disk that it lies on. */
export interface PlaceFacts {
  /** Such as `yearly files`. */
  readonly what: string;
  readonly path: string;
  /** The path, or the nearest folder above it that is there. */
  readonly folder: string;
  readonly mayWrite: boolean;
  readonly mountId: number;
  readonly mount: Mount | null;
  /** Such as `mmcblk0`; `null` for what is no disk of this machine. */
  readonly disk: string | null;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly isReadOnly: boolean;
}

/** A year of readings each 5 s, as the benchmark `digest` measures it, rounded up. */
export const YEAR_BYTES_AT_5_S = 9.5e6;
/** Below this share other programs fail too, and a card wears the faster the fuller it is. */
const LEAST_SHARE = 0.05;

/** @param yearBytes what a year takes, with all its rows */
export function judgePlaces(
  places: readonly PlaceFacts[],
  yearBytes: number,
  user: string,
): Finding[] {
  const disks = Map.groupBy(places, ({ mountId }) => mountId);
  return [...disks.values()].flatMap((shared) => [
    ...judgeRoom(shared, yearBytes),
    ...shared.flatMap((place) => judgeWriting(place, user)),
  ]);
}

function judgeRoom(shared: readonly PlaceFacts[], yearBytes: number): Finding[] {
  const [{ folder, totalBytes, freeBytes, isReadOnly, mount }] = shared as [PlaceFacts];
  const share = freeBytes / totalBytes;
  const about = `disk of the ${listed(shared.map(({ what }) => what))}`;
  const room = `${about}: ${inUnits(freeBytes)} free (${(100 * share).toFixed(0)} %)`;
  if (isReadOnly) {
    const remedy = `sudo mount -o remount,rw ${folder}; it may be failing: dmesg tells`;
    return [wrong(`${about}: read-only`, remedy)];
  }
  if (share < LEAST_SHARE) {
    return [wrong(room, `remove what is not needed; sudo du -xh ${folder} | sort -h shows it`)];
  }
  if (isLasting(mount) && freeBytes < yearBytes) {
    return [wrong(`${room}, less than a year takes`, "take a larger disk")];
  }
  return [ok(`${room}, ${mount?.type ?? "of an unknown kind"}`)];
}

function judgeWriting(place: PlaceFacts, user: string): Finding[] {
  const { what, path, folder, mayWrite, isReadOnly } = place;
  if (mayWrite || isReadOnly) return [];
  const remedy = folder === path ? "chown -R" : "install -d -o";
  return [
    wrong(`${what}: user ${user} may not write to ${folder}`, `sudo ${remedy} ${user} ${path}`),
  ];
}

function inUnits(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
