import { type Finding, note, ok, wrong } from "./finding.ts";

/** The copies of the readings. */
export interface BackupFacts {
  readonly folder: string;
  /** Whether the disk of the yearly files is theirs too. */
  readonly isOnDataDisk: boolean;
  /** The date (UTC) of the newest, `null` when there is none. */
  readonly newest: string | null;
  /** How many days ago that was. */
  readonly ageDays: number | null;
}

/** Two weekly copies in a row have not been made by then. */
const LATE_DAYS = 15;

/** @param facts `null`: `BACKUP_FOLDER` is not set */
export function judgeBackups(
  facts: BackupFacts | null,
  task: (words: string) => string,
): Finding[] {
  if (facts === null) {
    return [
      note(
        `backups: no BACKUP_FOLDER is set; ${task("backup FOLDER")} makes a copy on another disk`,
      ),
    ];
  }
  const { folder, isOnDataDisk, newest, ageDays } = facts;
  const findings: Finding[] = [];
  if (isOnDataDisk) {
    findings.push(wrong(
      `backups: ${folder} is on the disk of the data, which takes both along when it fails`,
      "set BACKUP_FOLDER to a folder on another, such as a USB stick that /etc/fstab mounts",
    ));
  }
  if (newest === null || ageDays === null) {
    findings.push(
      note(
        `backups: no copy in ${folder} yet; the timer makes one each week, ${
          task(`backup ${folder}`)
        } makes one now`,
      ),
    );
  } else if (ageDays > LATE_DAYS) {
    findings.push(wrong(
      `backups: the newest copy in ${folder} is of ${newest}`,
      "sudo systemctl enable --now mcce-backup.timer; journalctl -u mcce-backup tells what went wrong",
    ));
  } else findings.push(ok(`backups: the newest copy in ${folder} is of ${newest}`));
  return findings;
}
