import { deepEqual, equal, match } from "node:assert/strict";
import { type BackupFacts, judgeBackups } from "../lib/doctor/backups.ts";
import { judgePlaces, type PlaceFacts } from "../lib/doctor/disk.ts";
import { findingLine } from "../lib/doctor/finding.ts";
import { type JournalFacts, judgeJournal } from "../lib/doctor/journal.ts";
import { judgeWear } from "../lib/doctor/wear.ts";
import { judgeYears, type YearFacts } from "../lib/doctor/years.ts";

const CARD = { type: "ext4", source: "/dev/mmcblk0p2", options: ["rw", "noatime"] };
const MEMORY = { type: "tmpfs", source: "tmpfs", options: ["rw"] };
const YEARS: PlaceFacts = {
  what: "yearly files",
  path: "/var/lib/mcce/years",
  folder: "/var/lib/mcce/years",
  mayWrite: true,
  mountId: 27,
  mount: CARD,
  disk: "mmcblk0",
  totalBytes: 30e9,
  freeBytes: 20e9,
  isReadOnly: false,
};
const JOURNAL = { ...YEARS, what: "journal", path: "/var/lib/mcce/journal" };
const SPOOL = {
  ...YEARS,
  what: "spool",
  folder: "/run/mcce",
  mountId: 30,
  mount: MEMORY,
  disk: null,
};
const YEAR_BYTES = 9.5e6;
const task = (words: string) => `mcce ${words}`;

function places(...all: PlaceFacts[]): string[] {
  return judgePlaces(all, YEAR_BYTES, "mcce").map(findingLine);
}

function wear(change: Partial<PlaceFacts>, spool: PlaceFacts | null = SPOOL): string[] {
  return judgeWear([{ ...YEARS, ...change }], spool).map(findingLine);
}

Deno.test("each disk is told once, with all that lies on it", () => {
  deepEqual(places(YEARS, JOURNAL, SPOOL), [
    "ok    disk of the yearly files and journal: 20.0 GB free (67 %), ext4",
    "ok    disk of the spool: 20.0 GB free (67 %), tmpfs",
  ]);
});

Deno.test("a disk is ill under 5 %, with less than a year's room, or read-only", () => {
  match(places({ ...YEARS, freeBytes: 1.4e9 })[0]!, /^WRONG .*: 1.4 GB free \(5 %\): remove what/);
  match(places({ ...YEARS, freeBytes: 1.6e9 })[0]!, /^ok/);
  const small = { ...YEARS, totalBytes: 20e6, freeBytes: 9e6 };
  match(
    places(small)[0]!,
    /^WRONG .*: 9.0 MB free \(45 %\), less than a year takes: take a larger/,
  );
  match(places({ ...SPOOL, totalBytes: 20e6, freeBytes: 9e6 })[0]!, /^ok/);
  match(
    places({ ...YEARS, isReadOnly: true, mayWrite: false })[0]!,
    /^WRONG .*: read-only: sudo mount/,
  );
});

Deno.test("a folder that may not be written, or be made, is told with the command for that", () => {
  deepEqual(places({ ...YEARS, mayWrite: false }).slice(1), [
    "WRONG yearly files: user mcce may not write to /var/lib/mcce/years: sudo chown -R mcce /var/lib/mcce/years",
  ]);
  deepEqual(places({ ...YEARS, folder: "/var/lib", mayWrite: false }).slice(1), [
    "WRONG yearly files: user mcce may not write to /var/lib: sudo install -d -o mcce /var/lib/mcce/years",
  ]);
});

Deno.test("a card is spared by a spool in memory, and worn by one on it", () => {
  deepEqual(wear({}), ["ok    spool: /run/mcce lies in memory, which spares the disk"]);
  match(
    wear({}, { ...YEARS, what: "spool" })[0]!,
    /^WRONG spool: .* on the SD card, .*: start MCCE as/,
  );
  deepEqual(wear({}, { ...YEARS, what: "spool", disk: "sda" }), []);
  deepEqual(wear({}, null), []);
});

Deno.test("data in memory is told, also where a Pi's overlay keeps it there", () => {
  for (const mount of [MEMORY, { type: "overlay", source: "overlayroot", options: ["rw"] }]) {
    match(wear({ mount }, null)[0]!, /^WRONG yearly files: \S+ lies in memory, and is gone when/);
  }
  // That of a container lies on a disk.
  deepEqual(wear({ mount: { type: "overlay", source: "overlay", options: ["rw"] } }, null), []);
  deepEqual(wear({ mount: null }, null), []);
});

Deno.test("mount options are told only where they harm, once for each disk", () => {
  const mount = { ...CARD, options: ["rw", "sync", "relatime", "commit=60", "barrier=0"] };
  const lines = judgeWear([{ ...YEARS, mount }, { ...JOURNAL, mount }], null).map(findingLine);
  equal(lines.length, 2);
  match(lines[0]!, /^WRONG disk of the \S+.*: mounted with sync, which .*: take that out of \/etc/);
  match(lines[1]!, /mounted with barrier=0/);
});

Deno.test("yearly files are told by what was read of them, one that is not whole by its own sentence", () => {
  const year: YearFacts = {
    path: "/x/mcce.2025",
    days: 365,
    unpacked: 12,
    problem: null,
    isBusy: false,
  };
  const of = (...years: YearFacts[]) => judgeYears(years, "/x/mcce").map(findingLine);
  deepEqual(of(year, { ...year, path: "/x/mcce.2026", days: 1, unpacked: 1 }), [
    "ok    yearly files: 2025 and 2026 whole, 366 days, the readings of 13 unpacked",
  ]);
  deepEqual(of({ ...year, problem: "/x/mcce.2025: the file is damaged; move it away" }), [
    "WRONG /x/mcce.2025: the file is damaged; move it away",
  ]);
  deepEqual(of({ ...year, problem: "locked", isBusy: true }), [
    "note  /x/mcce.2025: not looked at, since it is being written; run this again",
  ]);
  deepEqual(of(), ["ok    yearly files: no /x/mcce.YYYY yet"]);
});

Deno.test("a journal is ill with days that no digest took, and with lines that are no reading", () => {
  const well: JournalFacts = { dates: ["2026-11-20", "2026-11-22"], bad: [], unreadable: [] };
  const of = (change: Partial<JournalFacts>) =>
    judgeJournal({ ...well, ...change }, "2026-11-22", task).map(findingLine);
  deepEqual(of({}), ["ok    journal: 2 days in it, none late, no bad line"]);
  deepEqual(of({ dates: ["2026-11-19", "2026-11-20"] }), [
    "WRONG journal: 1 day not digested yet (2026-11-19): mcce digest does it, or tells why not",
  ]);
  const dates = ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"];
  match(of({ dates })[0]!, /4 days not digested yet \(2026-11-10 to 2026-11-13\)/);
  const bad = [{ name: "2026-11-20.bad", lines: 1 }, { name: "2026-11-22.csv", lines: 2 }];
  deepEqual(of({ bad, unreadable: ["/x/2026-11-20.csv: it is broken"] }), [
    "WRONG /x/2026-11-20.csv: it is broken",
    "WRONG journal: 2026-11-20.bad has 1 line that is no reading: look at it, then remove it",
    "WRONG journal: 2026-11-22.csv has 2 lines that are no reading: look at it; its other lines are not lost",
  ]);
});

Deno.test("backups are well on another disk and not older than two weeks", () => {
  const well: BackupFacts = {
    folder: "/mnt/stick/mcce",
    isOnDataDisk: false,
    newest: "2026-11-16",
    ageDays: 6,
  };
  const of = (change: Partial<BackupFacts> | null) =>
    judgeBackups(change && { ...well, ...change }, task).map(findingLine);
  deepEqual(of({}), ["ok    backups: the newest copy in /mnt/stick/mcce is of 2026-11-16"]);
  match(
    of({ isOnDataDisk: true })[0]!,
    /^WRONG backups: \S+ is on the disk of the data, .*: set BACKUP/,
  );
  match(
    of({ newest: "2026-10-01", ageDays: 52 })[0]!,
    /^WRONG .* is of 2026-10-01: sudo systemctl/,
  );
  match(of({ newest: null, ageDays: null })[0]!, /^note {2}backups: no copy in \S+ yet; /);
  match(of(null)[0]!, /^note {2}backups: no BACKUP_FOLDER is set; mcce backup FOLDER makes/);
});
