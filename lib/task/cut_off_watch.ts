import { probableCutOff } from "../alarm/cut_off.ts";
import type { CutOff } from "../alarm/episode.ts";
import { warmUpMs } from "../alarm/episodes.ts";
import type { DatedCutOff } from "../alarm/join_episodes.ts";
import type { Tier } from "../alarm/tiers.ts";
import { addDays, localDate } from "../calendar.ts";
import { holdMs, type Reading } from "../reading.ts";
import { type BootMark, readBootMark, writeBootMark } from "../store/boot_mark.ts";
import { YearFileError } from "../store/year_error.ts";
import type { YearFiles } from "../store/year_files.ts";

/** What the watch needs to know of the machine and of what is kept. */
export interface CutOffWatchOptions {
  readonly years: YearFiles;
  readonly timeZone: string;
  readonly sampleSeconds: number;
  readonly limits: readonly Tier[];
  /** Where the mark of this start of the machine lies. */
  readonly journalDir: string;
  /** Tells this start of the machine from any other. */
  readonly bootId: string;
  readonly nowMs: () => number;
  /** All that is kept of a local day, in the order of its times. */
  readonly readDay: (date: string) => Promise<readonly Reading[]>;
  /** The dates of which the journal has readings, oldest first. */
  readonly dates: () => Promise<readonly string[]>;
  /** Told once of each cut-off. */
  readonly onCutOff: (cutOff: DatedCutOff) => void;
  /** Told, in one line, of a disk that does not take or give what is needed. */
  readonly onProblem: (sentence: string) => void;
}

/** Days among which the newest reading is looked for: the journal's newest may have none. */
const MOST_DAYS = 3;

/** Records probable cut-offs in the yearly files, and tells the service that starts what was spent before it. */
export class CutOffWatch {
  readonly #options: CutOffWatchOptions;
  /** What no yearly file has taken yet. */
  #unstored: DatedCutOff[] = [];
  #hasBegun = false;

  constructor(options: CutOffWatchOptions) {
    this.#options = options;
  }

  /**
   * To be called at the start, once the journal is open: records the cut-off that the machine's start has ended, if there
   * was one. Gives the readings that say what is left of the limits: whatever has stopped the machine, only a cut-off has
   * filled them. Never throws.
   */
  async begin(): Promise<readonly Reading[]> {
    try {
      const { journalDir, bootId } = this.#options;
      const mark = await readBootMark(journalDir);
      const readings = await this.#newest();
      const isNewBoot = mark !== null && mark.bootId !== bootId;
      const isCutOff = isNewBoot && this.#ceasedUnasked(mark, readings) &&
        this.#judge(readings, "boot");
      this.#hasBegun = true;
      await this.#mark(null);
      return isCutOff ? [] : this.#sinceCutOff(readings);
    } catch (error) {
      this.#options.onProblem(`what the alarm knew before is lost: ${(error as Error).message}`);
      return [];
    }
  }

  /** The meter answers again after a gap that looks like a cut-off; `at`: the last reading before it. Never throws. */
  async meterReturned(at: number): Promise<void> {
    try {
      this.#judge(await this.#until(at), "meter");
    } catch (error) {
      this.#options.onProblem(`a cut-off cannot be recorded: ${(error as Error).message}`);
    }
  }

  /** Stores what could not be stored before: to be called now and then. */
  retry(): void {
    const waiting = this.#unstored;
    this.#unstored = [];
    for (const cutOff of waiting) this.#store(cutOff);
  }

  /** To be called when the service stops in order: no cut-off has ended its readings. */
  async end(): Promise<void> {
    await this.#mark(this.#options.nowMs());
  }

  /** Whether readings had ceased before somebody stopped the service. */
  #ceasedUnasked({ stoppedAt }: BootMark, readings: readonly Reading[]): boolean {
    const last = readings.at(-1);
    return last !== undefined &&
      (stoppedAt === null || stoppedAt - last.at > holdMs(this.#options.sampleSeconds));
  }

  /** Whether a cut-off has ended these readings; it is recorded, and told when it is a new one. */
  #judge(readings: readonly Reading[], endedBy: CutOff["endedBy"]): boolean {
    const { limits: tiers, sampleSeconds, onCutOff } = this.#options;
    const cutOff = probableCutOff({ readings, tiers, endedBy, holdMs: holdMs(sampleSeconds) });
    if (cutOff && this.#store(cutOff)) onCutOff(cutOff);
    return cutOff !== null;
  }

  /** Whether it is a new one. */
  #store(cutOff: DatedCutOff): boolean {
    const { years, timeZone, onProblem } = this.#options;
    const year = Number(localDate(cutOff.at, timeZone).slice(0, 4));
    try {
      return years.open(year).addCutOff(cutOff);
    } catch (error) {
      if (!(error instanceof YearFileError)) throw error;
      onProblem(`a cut-off waits for its yearly file: ${error.message}`);
      this.#unstored.push(cutOff);
      return true;
    }
  }

  /** While a cut-off is not found or not stored the mark stays as it is, so that the next start looks again. */
  async #mark(stoppedAt: number | null): Promise<void> {
    const { journalDir, bootId, onProblem } = this.#options;
    if (!this.#hasBegun || this.#unstored.length > 0) return;
    await writeBootMark(journalDir, { bootId, stoppedAt })
      .catch((error) => onProblem(`the machine's start cannot be noted: ${error.message}`));
  }

  #sinceCutOff(readings: readonly Reading[]): readonly Reading[] {
    const { nowMs, limits, years } = this.#options;
    const fromMs = nowMs() - warmUpMs(limits);
    const fullAfterMs = years.years().slice(-2)
      .flatMap((year) => years.existing(year)?.cutOffs(fromMs, Infinity) ?? [])
      .at(-1)?.at ?? -Infinity;
    return readings.filter(({ at }) => at >= fromMs && at <= nowMs() && at > fullAfterMs);
  }

  /** The newest readings, as many hours as the limits ask for; none when there is nothing new. */
  async #newest(): Promise<readonly Reading[]> {
    const { dates, nowMs, timeZone, readDay } = this.#options;
    const today = localDate(nowMs(), timeZone);
    const known = new Set([...await dates(), today, addDays(today, -1)]);
    for (const date of [...known].sort().slice(-MOST_DAYS).reverse()) {
      const last = (await readDay(date)).at(-1);
      if (last) return await this.#until(last.at);
    }
    return [];
  }

  async #until(endAt: number): Promise<readonly Reading[]> {
    const { limits, timeZone, readDay } = this.#options;
    const fromMs = endAt - warmUpMs(limits);
    const dates = new Set([localDate(fromMs, timeZone), localDate(endAt, timeZone)]);
    const readings: Reading[] = [];
    for (const date of dates) {
      readings.push(...(await readDay(date)).filter(({ at }) => at >= fromMs && at <= endAt));
    }
    return readings;
  }
}
