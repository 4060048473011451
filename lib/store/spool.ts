import type { Reading } from "../reading.ts";
import { appendLines } from "./append.ts";
import { diskProblem } from "./disk_problem.ts";
import { formatLine } from "./journal_lines.ts";

/** How many readings one write takes, so that a small room on the disk is used too. */
const BATCH = 1_000;

/**
 * The small file in which each reading rests at once. While the disk refuses it, readings wait in memory, the oldest
 * giving way when a day's worth wait.
 */
export class Spool {
  readonly path: string;
  readonly flushingPath: string;
  readonly #mostWaiting: number;
  #waiting: Reading[] = [];
  #dropped = 0;
  #problem: string | null = null;
  #turn: Promise<void> = Promise.resolve();
  #queuedWrite: Promise<void> | null = null;

  constructor(folder: string, mostWaiting: number) {
    this.path = `${folder}/spool`;
    this.flushingPath = `${folder}/spool.flushing`;
    this.#mostWaiting = mostWaiting;
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
      if (await exists(this.flushingPath)) return;
      await Deno.rename(this.path, this.flushingPath).catch(ignoreAbsent);
    });
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await appendLines(this.path, batch.map(formatLine).join(""), { durable: false });
      } catch (error) {
        this.#problem = diskProblem(this.path, error);
        return;
      }
      const written = new Set(batch);
      this.#waiting = this.#waiting.filter((reading) => !written.has(reading));
    }
    this.#problem = null;
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => {});
    return done;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    ignoreAbsent(error);
    return false;
  }
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
