import { dayBounds, dayFinder, isDate, localDate } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { appendLines, syncFolder, takeBack } from "./append.ts";
import { formatLine, type ParsedLines, parseLines } from "./journal_lines.ts";
import { ignoreAbsent, lastPiece } from "./line_file.ts";

/** Where the files lie and which days they are cut into. */
export interface DayFilesOptions {
  readonly folder: string;
  readonly timeZone: string;
  readonly nowMs: () => number;
}

/**
 * The files `YYYY-MM-DD.csv` of a folder, each with the readings of one local day, and `YYYY-MM-DD.bad` with lines that
 * are no reading. Whatever changes them is to be called while holding the folder's lock.
 */
export class DayFiles {
  readonly #options: DayFilesOptions;

  constructor(options: DayFilesOptions) {
    this.#options = options;
  }

  /**
   * Appends each reading to the file of its day and waits until the disk has them, then does `done`; when any of this
   * fails, nothing has been appended.
   *
   * @param badDate the day whose file takes what is no reading: the last reading's
   */
  async append(
    { readings, bad }: ParsedLines,
    done: () => Promise<unknown>,
    badDate = localDate(readings.at(-1)?.at ?? this.#options.nowMs(), this.#options.timeZone),
  ): Promise<void> {
    const { folder, timeZone } = this.#options;
    const dayOf = dayFinder(timeZone);
    const texts = new Map<string, string>();
    const add = (name: string, line: string) => texts.set(name, (texts.get(name) ?? "") + line);
    for (const reading of readings) add(`${dayOf(reading.at).date}.csv`, formatLine(reading));
    for (const line of bad) add(`${badDate}.bad`, `${line}\n`);
    const sizes: [path: string, before: number][] = [];
    try {
      for (const [name, text] of texts) {
        const path = `${folder}/${name}`;
        sizes.push([path, await appendLines(path, text, { durable: true })]);
      }
      await done();
    } catch (error) {
      for (const [path, before] of sizes) await takeBack(path, before);
      throw error;
    }
  }

  /**
   * Moves the end of a spool file (all of it, unless it has grown for days) to the days' files, and gives whether there
   * is more. From the end, since a file can be shortened only there: a disk that refuses half-way keeps what it has
   * taken, and is not given it again.
   */
  async takeIn(path: string): Promise<boolean> {
    const piece = await lastPiece(path);
    if (!piece) return false;
    const { startByte, bytes } = piece;
    await this.append(
      parseLines(bytes),
      () => startByte === 0 ? Deno.remove(path) : Deno.truncate(path, startByte),
    );
    return startByte > 0;
  }

  /** Moves readings that lie in another day's file (`TIME_ZONE` was changed, a file renamed) to their own. */
  async moveStrays(): Promise<void> {
    for (const date of await datesIn(this.#options.folder)) {
      const { path, own, strays, bad } = await this.#split(date);
      if (strays.length === 0) continue;
      const text = own.map(formatLine).join("");
      await this.append({ readings: strays, bad }, () => replaceFile(path, text), date);
      await syncFolder(this.#options.folder);
    }
  }

  /**
   * Removes a day's file, whose readings are kept elsewhere now; what else lies in it goes to its own file first.
   *
   * @param hasOthers whether anything else does, where that is known
   */
  async remove(date: string, hasOthers = true): Promise<void> {
    if (!hasOthers) return void await Deno.remove(this.#path(date)).catch(ignoreAbsent);
    const { path, strays, bad } = await this.#split(date);
    await this.append({ readings: strays, bad }, () => Deno.remove(path).catch(ignoreAbsent), date);
  }

  async #split(date: string) {
    const path = this.#path(date);
    const { startMs, endMs } = dayBounds(date, this.#options.timeZone);
    const { readings, bad } = parseLines(
      await Deno.readFile(path).catch(ignoreAbsent) ?? new Uint8Array(),
    );
    const isOwn = ({ at }: Reading) => at >= startMs && at < endMs;
    const strays = readings.filter((reading) => !isOwn(reading));
    return { path, own: readings.filter(isOwn), strays, bad };
  }

  #path(date: string): string {
    return `${this.#options.folder}/${date}.csv`;
  }
}

/** Gives a file another text in one step; an empty one goes. */
async function replaceFile(path: string, text: string): Promise<void> {
  if (text === "") return Deno.remove(path);
  const next = `${path}.new`;
  await Deno.remove(next).catch(ignoreAbsent);
  await appendLines(next, text, { durable: true });
  await Deno.rename(next, path);
}

/** The dates of the days that have a file in the folder, oldest first. */
export async function datesIn(folder: string): Promise<string[]> {
  const dates: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const date = name.slice(0, -".csv".length);
      if (name.endsWith(".csv") && isDate(date)) dates.push(date);
    }
  } catch (error) {
    ignoreAbsent(error);
  }
  return dates.sort();
}
