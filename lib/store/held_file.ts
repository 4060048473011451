import type { Reading } from "../reading.ts";

/** A reading whose time is known only since the machine's start. */
export interface HeldReading extends Reading {
  readonly bootMs: number;
}

/** What the files of one start of the machine hold. */
export interface HeldReadings {
  readonly bootId: string;
  /** In the order in which they came, each once. */
  readonly held: readonly HeldReading[];
  /** What their times since the start become wall-clock times by; `null` while that is not decided. */
  readonly offsetMs: number | null;
  readonly files: readonly { readonly path: string; readonly lines: number }[];
}

/** `bootMs,at,watts` and a newline. */
export function formatHeld({ bootMs, at, watts }: HeldReading): string {
  return `${bootMs},${at},${watts}\n`;
}

const HELD_LINE = /^(\d{1,14}),(\d{1,14}),(\d{1,7})$/;

/** Reads the lines of a file of held readings; a torn last line and anything else odd is left out. */
export function parseHeld(text: string): HeldReading[] {
  const matches = text.split("\n").slice(0, -1).map((line) => HELD_LINE.exec(line));
  return matches.filter((match) => match !== null).map(([, bootMs, at, watts]) => (
    { bootMs: Number(bootMs), at: Number(at), watts: Number(watts) }
  ));
}

/** The file in which a start of the machine keeps its held readings until their times are decided. */
export function heldPath(folder: string, bootId: string): string {
  return `${folder}/spool.held.${bootId}`;
}

/** Its name from then on: a full disk renames a file, but does not make it longer. */
export function decidedPath(path: string, offsetMs: number): string {
  return `${path}.${offsetMs}`;
}

const HELD_NAME = /^spool\.held\.([^.]+)(?:\.(-?\d{1,15}))?$/;

/** What earlier processes and starts have left in the folders; what cannot be read stays where it is. */
export async function readHeldFiles(folders: ReadonlySet<string>): Promise<HeldReadings[]> {
  const byBoot = new Map<string, HeldReadings>();
  for (const folder of folders) {
    for (const name of await namesIn(folder)) {
      const [, bootId, offset] = HELD_NAME.exec(name) ?? [];
      if (bootId === undefined) continue;
      const path = `${folder}/${name}`;
      const text = await Deno.readTextFile(path).catch(() => null);
      if (text === null) continue;
      const held = parseHeld(text);
      const before = byBoot.get(bootId);
      byBoot.set(bootId, {
        bootId,
        held: union(before?.held ?? [], held),
        offsetMs: before?.offsetMs ?? (offset === undefined ? null : Number(offset)),
        files: [...before?.files ?? [], { path, lines: held.length }],
      });
    }
  }
  return [...byBoot.values()];
}

function union(a: readonly HeldReading[], b: readonly HeldReading[]): HeldReading[] {
  const byTime = new Map([...b, ...a].map((reading) => [reading.bootMs, reading]));
  return [...byTime.values()].sort((one, other) => one.bootMs - other.bootMs);
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  return entries.map(({ name }) => name);
}
