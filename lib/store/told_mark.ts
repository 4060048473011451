import type { Watch } from "../watch/watch.ts";
import { replaceMark } from "./mark_file.ts";

const NAME = "told.mark";
const LINE = /^(readings|digest|disk) (\d{1,14})$/;

type Told = Watch["told"];

/** What services before this one have told a person of and what is not over yet; nothing when the mark makes no sense. */
export function readTold(folder: string): Told {
  const told: { -readonly [about in keyof Told]: Told[about] } = {};
  for (const line of readMark(folder).split("\n")) {
    const [, about, since] = LINE.exec(line) ?? [];
    if (about !== undefined) told[about as keyof Told] = Number(since);
  }
  return told;
}

function readMark(folder: string): string {
  try {
    return Deno.readTextFileSync(`${folder}/${NAME}`);
  } catch {
    // What was told is then told once more.
    return "";
  }
}

/** Keeps what was told for the services after this one, and for those after the next power cut. */
export class ToldMark {
  readonly #folder: string;
  /** What the disk has, as far as is known. */
  #kept: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, kept: Told) {
    this.#folder = folder;
    this.#kept = textOf(kept);
  }

  /** Writes it if it is not what the disk has. Rejects when the disk refuses, which the next call makes up for. */
  keep(told: Told): Promise<void> {
    const text = textOf(told);
    const written = this.#writing.then(async () => {
      if (text === this.#kept) return;
      await replaceMark(this.#folder, NAME, text);
      this.#kept = text;
    });
    this.#writing = written.catch(() => {});
    return written;
  }
}

function textOf(told: Told): string {
  return Object.entries(told).map(([about, since]) => `${about} ${Math.round(since)}\n`).sort()
    .join("");
}
