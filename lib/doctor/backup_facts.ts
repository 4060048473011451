import { newestCopy } from "../backup/copies.ts";
import { ignoreAbsent } from "../store/line_file.ts";
import type { BackupFacts } from "./backups.ts";
import type { PlaceFacts } from "./disk.ts";
import { areOnOneDisk, readPlace } from "./disk_facts.ts";

const DAY_MS = 86_400_000;

/** @param years where the yearly files lie */
export async function readBackups(
  folder: string,
  years: PlaceFacts,
  nowMs: number,
): Promise<BackupFacts> {
  const name = await newestCopy(folder).catch(ignoreAbsent);
  const newest = name?.slice(0, "YYYY-MM-DD".length) ?? null;
  return {
    folder,
    isOnDataDisk: areOnOneDisk(readPlace("backups", folder), years),
    newest,
    ageDays: newest === null ? null : Math.floor((nowMs - Date.parse(newest)) / DAY_MS),
  };
}
