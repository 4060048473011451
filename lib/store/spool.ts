import type { Reading } from "../reading.ts";
import { appendLines } from "./append.ts";
import { diskProblem } from "./disk_problem.ts";
import { formatLine } from "./journal_lines.ts";
import { ignoreAbsent } from "./line_file.ts";

/** How many readings one write takes, so that a small room on the disk is used too. */
const BATCH = 1_000;

/** The file to which readings are appended. */
export function spoolPath(folder: string): string {
  return `${folder}/spool`;
}

/** What a flush, or a process with its spool elsewhere, may have left: the oldest lines first. */
export function leftSpoolPaths(spoolDir: string, journalDir: string): string[] {
  const flushing = flushingPath(spoolDir);
  if (spoolDir === journalDir) return [flushing];
  return [flushingPath(journalDir), spoolPath(journalDir), flushing];
}

/** Wherever lines may rest, the newest first: read in the direction in which a flush moves them, none is missed. */
export function spoolPaths(spoolDir: string, journalDir: string): string[] {
  return [spoolPath(spoolDir), ...leftSpoolPaths(spoolDir, journalDir).reverse()];
}

function flushingPath(folder: string): string {
  return `${folder}/spool.flushing`;
}

/**
 * The small file in which each reading rests at once. While the disk refuses it, readings wait in memory, the oldest
 * giving way when a day's worth wait.
 */
export class Spool {
  readonly path: string;
  readonly flushingPath: string;
  readonly #mostWaiting: number;
  readonly #monoMs: () => number;
  #waiting: Reading[] = [];
  #dropped = 0;
  #problem: string | null = null;
  #busySinceMs: number | null = null;
  #turn: Promise<void> = Promise.resolve();
  #queuedWrite: Promise<void> | null = null;

  constructor(folder: string, mostWaiting: number, monoMs: () => number) {
    this.path = spoolPath(folder);
    this.flushingPath = flushingPath(folder);
    this.#mostWaiting = mostWaiting;
    this.#monoMs = monoMs;
  }

  /** Readings in memory that no file has yet. */
  get waiting(): readonly Reading[] {
    return this.#waiting;
  }

  /** Readings that found no place at all. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Why the file takes nothing, `null` while it does. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Since when the disk owes an answer, in monotonic milliseconds; `null` when it owes none. */
  get busySinceMs(): number | null {
    return this.#busySinceMs;
  }

  /** Resolves when the file has the reading, or has refused it; never throws. */
  append(reading: Reading): Promise<void> {
    this.#waiting.push(reading);
    if (this.#waiting.length > this.#mostWaiting) {
      this.#waiting.shift();
      this.#dropped++;
    }
    // One write at most stands in the queue, and takes all that wait: a disk that hangs piles up nothing else.
    this.#queuedWrite ??= this.#inTurn(() => {
      this.#queuedWrite = null;
      return this.#writeWaiting();
    });
    return this.#queuedWrite;
  }

  /** Moves the lines out of the way of new ones, to `flushingPath`, unless an earlier flush has left lines there. */
  rotate(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#writeWaiting();
      if (await Deno.lstat(this.flushingPath).catch(ignoreAbsent)) return;
      await Deno.rename(this.path, this.flushingPath).catch(ignoreAbsent);
    });
  }

  /** Whether a path leads to the very file that is appended to, which another name of its folder would do. */
  async isAt(path: string): Promise<boolean> {
    const found = await Deno.stat(path).catch(ignoreAbsent);
    const own = await Deno.stat(this.path).catch(ignoreAbsent);
    return found !== null && found.ino === own?.ino && found.dev === own.dev;
  }

  /** Gives readings that the file has refused to `write` instead; they stay when it throws, and its error is thrown. */
  writeElsewhere(write: (readings: readonly Reading[]) => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      // What merely waits for its turn would overtake the readings in the file.
      if (this.#problem === null) return;
      const refused = [...this.#waiting];
      await write(refused);
      this.#remove(refused);
    });
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      this.#busySinceMs = this.#monoMs();
      try {
        await appendLines(this.path, batch.map(formatLine).join(""), { durable: false });
      } catch (error) {
        this.#problem = diskProblem(this.path, error);
        return;
      } finally {
        this.#busySinceMs = null;
      }
      this.#remove(batch);
    }
    this.#problem = null;
  }

  #remove(written: readonly Reading[]): void {
    const gone = new Set(written);
    this.#waiting = this.#waiting.filter((reading) => !gone.has(reading));
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => {});
    return done;
  }
}
