import { basename, dirname } from "node:path";
import { type OpenOptions, YearFile } from "./year_file.ts";

/** How the yearly files are opened, and how many of them may be at a time: each takes 1.5 MB of memory. */
export interface YearFilesOptions extends OpenOptions {
  readonly mostOpen?: number;
}

/** SQLite's file change counter in the header (https://sqlite.org/fileformat.html, 1.3.6). */
const CHANGE_COUNTER = { offset: 24, bytes: 4 };

/** The yearly files of an installation. They stay open: that costs less than opening one for each question. */
export class YearFiles implements Disposable {
  readonly #databaseUrl: string;
  readonly #options: YearFilesOptions;
  readonly #open = new Map<number, { readonly file: YearFile; readonly inode: number | null }>();

  /** @param databaseUrl the path to which the year is appended, `data/years/mcce` for `data/years/mcce.2026` */
  constructor(databaseUrl: string, options: YearFilesOptions = {}) {
    this.#databaseUrl = databaseUrl;
    this.#options = options;
  }

  /** The years that have a file, oldest first. */
  years(): number[] {
    const prefix = `${basename(this.#databaseUrl)}.`;
    return names(dirname(this.#databaseUrl))
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((year) => /^\d{4}$/.test(year))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** The size of each year's file, in bytes. */
  bytes(): Readonly<Record<string, number>> {
    const sizes = this.years().map((year) => [year, Deno.statSync(this.#path(year)).size] as const);
    return Object.fromEntries(sizes);
  }

  /** A year's file, `null` when there is none. Throws YearFileError. */
  existing(year: number): YearFile | null {
    return inodeOf(this.#path(year)) === undefined ? this.#forget(year) : this.open(year);
  }

  /** A year's file, made when there is none. Throws YearFileError. */
  open(year: number): YearFile {
    const path = this.#path(year);
    const known = this.#open.get(year);
    // A file that was put there meanwhile, from a backup perhaps, is another one than the one that is open.
    if (known && known.inode === inodeOf(path)) {
      this.#open.delete(year);
      this.#open.set(year, known);
      return known.file;
    }
    this.#forget(year);
    const file = YearFile.open(path, this.#options);
    this.#open.set(year, { file, inode: inodeOf(path) ?? null });
    const [longestUnused] = this.#open.keys();
    if (this.#open.size > (this.#options.mostOpen ?? Infinity)) this.#forget(longestUnused!);
    return file;
  }

  /** What is another one after each change of a year's file, whoever made it; `null` when there is no file. */
  version(year: number): string | null {
    try {
      using file = Deno.openSync(this.#path(year));
      const { ino, mtime } = file.statSync();
      const counter = new Uint8Array(CHANGE_COUNTER.bytes);
      file.seekSync(CHANGE_COUNTER.offset, Deno.SeekMode.Start);
      file.readSync(counter);
      return [ino, mtime?.getTime(), ...counter].join(".");
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }

  #forget(year: number): null {
    this.#open.get(year)?.file.close();
    this.#open.delete(year);
    return null;
  }

  #path(year: number): string {
    return `${this.#databaseUrl}.${String(year).padStart(4, "0")}`;
  }

  [Symbol.dispose](): void {
    for (const year of [...this.#open.keys()]) this.#forget(year);
  }
}

function names(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** What stays the same as long as a file does; `undefined` when there is no file. */
function inodeOf(path: string): number | null | undefined {
  try {
    return Deno.statSync(path).ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
