import { spooledDates } from "./journal_overview.ts";
import type { JournalPlace } from "./journal_day.ts";
import { ignoreAbsent } from "./line_file.ts";
import { spoolPaths } from "./spool.ts";

/** The dates of which readings rest in the spool. To read days of it takes long, and so it is read when it has changed. */
export class SpooledDates {
  readonly #place: JournalPlace;
  #version = "";
  #dates: readonly string[] = [];

  constructor(place: JournalPlace) {
    this.#place = place;
  }

  /** Throws what the disk does. */
  async get(): Promise<readonly string[]> {
    const version = await this.#versionNow();
    if (version !== this.#version) {
      const dates = await spooledDates(this.#place);
      [this.#version, this.#dates] = [version, dates];
    }
    return this.#dates;
  }

  async #versionNow(): Promise<string> {
    const { spoolDir, journalDir } = this.#place;
    const files = [];
    for (const path of spoolPaths(spoolDir, journalDir)) {
      const found = await Deno.stat(path).catch(ignoreAbsent);
      files.push(found ? [found.ino, found.size, found.mtime?.getTime()].join(".") : "absent");
    }
    return files.join(" ");
  }
}
