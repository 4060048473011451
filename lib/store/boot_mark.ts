import { ignoreAbsent } from "./line_file.ts";
import { replaceMark } from "./mark_file.ts";

/** Which start of the machine the last service ran in. */
export interface BootMark {
  /** As /proc/sys/kernel/random/boot_id tells it. */
  readonly bootId: string;
  /** When it stopped in order, epoch milliseconds; `null`: it runs, or died. */
  readonly stoppedAt: number | null;
}

const NAME = "boot.mark";
const LINE = /^(\S+) (running|\d{1,14})\n$/;

/** The mark that the last service has left in a folder; `null` when there is none that makes sense. */
export async function readBootMark(folder: string): Promise<BootMark | null> {
  const text = await Deno.readTextFile(`${folder}/${NAME}`).catch(ignoreAbsent) ?? "";
  const [, bootId, stopped] = LINE.exec(text) ?? [];
  if (bootId === undefined) return null;
  return { bootId, stoppedAt: stopped === "running" ? null : Number(stopped) };
}

/** Puts a mark in the place of the last one. */
export async function writeBootMark(
  folder: string,
  { bootId, stoppedAt }: BootMark,
): Promise<void> {
  await replaceMark(folder, NAME, `${bootId} ${stoppedAt ?? "running"}\n`);
}
