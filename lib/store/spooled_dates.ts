import { fileVersion, spooledDates } from "./journal_overview.ts";
import type { JournalPlace } from "./journal_day.ts";
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
    return (await Promise.all(spoolPaths(spoolDir, journalDir).map(fileVersion))).join(" ");
  }
}
