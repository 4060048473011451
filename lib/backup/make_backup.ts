import { basename } from "node:path";
import { syncFolder } from "../store/append.ts";
import { YearFileError } from "../store/year_error.ts";
import { type JournalFile, readJournal } from "./journal_copy.ts";
import { describe, type Manifest, type ManifestFile } from "./manifest.ts";
import { copyYear } from "./year_copy.ts";

/** What is copied. */
export interface BackupOptions {
  readonly journalDir: string;
  readonly spoolDir: string;
  /** The yearly files. */
  readonly yearPaths: readonly string[];
  readonly timeZone: string;
  /** When the backup is made: ISO 8601, UTC. */
  readonly made: string;
  /** Runs `work` while no other process moves the journal's files or writes to a yearly file. */
  readonly locked: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Fills a folder with checked copies: `journal/`, `years/` and `manifest.json`. A yearly file that is damaged is named as
 * missing; any other failure throws, and the folder is good for nothing.
 */
export async function makeBackup(folder: string, options: BackupOptions): Promise<Manifest> {
  const { journalDir, spoolDir, yearPaths, made, timeZone, locked } = options;
  const files: ManifestFile[] = [];
  const missing: { path: string; reason: string }[] = [];
  for (const part of ["journal", "years"]) {
    await Deno.mkdir(`${folder}/${part}`, { recursive: true });
  }
  // The journal first: a day that is digested meanwhile is in both, and a digest is a union.
  for (const { name, bytes } of await locked(() => readJournal(journalDir, spoolDir))) {
    files.push(await writeChecked(folder, { name: `journal/${name}`, bytes }));
  }
  for (const path of yearPaths) {
    const name = `years/${basename(path)}`;
    try {
      await locked(() => copyYear(path, `${folder}/${name}`));
      files.push(await describe(name, await Deno.readFile(`${folder}/${name}`)));
    } catch (error) {
      if (!(error instanceof YearFileError) || error.problem !== "damaged") throw error;
      await Deno.remove(`${folder}/${name}`).catch(() => {});
      missing.push({ path: name, reason: error.message });
    }
  }
  const manifest = { made, timeZone, files, missing };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeChecked(folder, { name: "manifest.json", bytes: new TextEncoder().encode(text) });
  for (const part of ["journal", "years", "."]) await syncFolder(`${folder}/${part}`);
  return manifest;
}

/** Writes a file to the disk and reads it back. */
async function writeChecked(folder: string, { name, bytes }: JournalFile): Promise<ManifestFile> {
  const path = `${folder}/${name}`;
  await Deno.writeFile(path, bytes, { createNew: true });
  {
    using file = await Deno.open(path, { read: true });
    await file.sync();
  }
  const wanted = await describe(name, bytes);
  const found = await describe(name, await Deno.readFile(path));
  if (found.sha256 !== wanted.sha256) throw new Error(`${path} is not what was written to it`);
  return wanted;
}
