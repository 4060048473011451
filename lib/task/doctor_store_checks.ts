import { dirname } from "node:path";
import { localDate } from "../calendar.ts";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { readBackups } from "../doctor/backup_facts.ts";
import { judgeBackups } from "../doctor/backups.ts";
import { judgePlaces, type PlaceFacts, YEAR_BYTES_AT_5_S } from "../doctor/disk.ts";
import { judgeWear } from "../doctor/wear.ts";
import { readPlace } from "../doctor/disk_facts.ts";
import { fileStatus } from "../doctor/file_status.ts";
import type { Finding } from "../doctor/finding.ts";
import { judgeJournal } from "../doctor/journal.ts";
import { readJournal } from "../doctor/journal_facts.ts";
import { checkYear } from "../doctor/year_check.ts";
import { judgeYears } from "../doctor/years.ts";
import { serviceSpoolDir } from "../store/folder_lock.ts";
import { YearFiles } from "../store/year_files.ts";
import type { Check, Patient } from "./doctor_checks.ts";

/** What is kept, and where. */
export const STORE_CHECKS: readonly Check[] = [
  { about: "disks", look: lookAtDisks },
  { about: "yearly files", look: lookAtYears },
  { about: "journal", look: lookAtJournal },
  { about: "backups", look: lookAtBackups },
];

async function lookAtDisks({ config, user }: Patient): Promise<Finding[]> {
  const { journalDir, backupFolder, sampleSeconds } = config;
  const lasting = [yearsPlace(config), readPlace("journal", journalDir)];
  if (backupFolder !== null) lasting.push(readPlace("backups", backupFolder));
  const spool = await spoolPlace(config);
  const yearBytes = YEAR_BYTES_AT_5_S * 5 / sampleSeconds;
  return [
    ...judgePlaces([...lasting, ...(spool ? [spool] : [])], yearBytes, user.name),
    ...judgeWear(lasting, spool),
  ];
}

function yearsPlace({ databasePath }: Config): PlaceFacts {
  return readPlace("yearly files", dirname(databasePath));
}

/** Where the spool of the service lies that runs or ran last; `null` where there is none now. */
async function spoolPlace({ journalDir, spoolDir }: Config): Promise<PlaceFacts | null> {
  const path = await serviceSpoolDir(journalDir) ?? spoolDir;
  // systemd makes it when the service starts.
  return fileStatus(path) === null ? null : readPlace("spool", path);
}

async function lookAtYears({ config: { databasePath } }: Patient): Promise<Finding[]> {
  using years = new YearFiles(databasePath);
  const facts = [];
  for (const year of years.years()) facts.push(await checkYear(`${databasePath}.${year}`));
  return judgeYears(facts, databasePath);
}

async function lookAtJournal({ config, task }: Patient): Promise<Finding[]> {
  const { journalDir, timeZone } = config;
  const today = localDate(systemClock.nowMs(), timeZone);
  return judgeJournal(await readJournal(journalDir), today, task);
}

async function lookAtBackups({ config, task }: Patient): Promise<Finding[]> {
  const { backupFolder } = config;
  const nowMs = systemClock.nowMs();
  return judgeBackups(
    backupFolder === null ? null : await readBackups(backupFolder, yearsPlace(config), nowMs),
    task,
  );
}
