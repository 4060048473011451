import { type Bench, type Figure, type Run } from "./bench.ts";

const NAME = "to the disk a day at the defaults, spool on tmpfs";
const UNIT = "MB";
const BOUND_MB = 5;
const IMAGE_BYTES = 256 * 1024 * 1024;
const PROGRAM = new URL("support/disk_use.ts", import.meta.url);
/** In a mount namespace of its own: whatever happens, no mount and no loop device outlives the process. */
const SCRIPT = `
mkfs.ext4 -q -E lazy_itable_init=0,lazy_journal_init=0 "$1/image" &&
mount -o loop "$1/image" "$1/disk" && mount -t tmpfs tmpfs "$1/tmpfs" &&
echo mounted && "$2" run --quiet -P=test "$3" "$4" "$1/disk" "$1/tmpfs"`;

/** A machine that lets nobody mount a file system, such as most containers. */
class NotMountable extends Error {}

/** MB a day that reach a fresh ext4 on a loop device, by a mode of `disk_use.ts`. */
async function megabytesADay(folder: string, mode: string): Promise<number> {
  const own = `${folder}/${mode}`;
  for (const part of ["disk", "tmpfs"]) await Deno.mkdir(`${own}/${part}`, { recursive: true });
  await Deno.writeFile(`${own}/image`, new Uint8Array());
  await Deno.truncate(`${own}/image`, IMAGE_BYTES);
  const script = ["--mount", "sh", "-c", SCRIPT, "sh", own, Deno.execPath(), PROGRAM.href, mode];
  const { success, stdout, stderr } = await new Deno.Command("unshare", { args: script }).output();
  const [mounted, measured] = new TextDecoder().decode(stdout).split("\n");
  const problem = new TextDecoder().decode(stderr).trim();
  if (mounted !== "mounted") throw new NotMountable(problem);
  if (!success || !measured) throw new Error(problem);
  const { bytes, share } = JSON.parse(measured);
  return bytes / share / 1e6;
}

async function run(asked: Run): Promise<Figure[]> {
  if (Deno.uid() !== 0) return [notMeasured("a file system on a loop device needs root")];
  try {
    return await measure(asked);
  } catch (error) {
    if (!(error instanceof NotMountable)) throw error;
    return [notMeasured(error.message)];
  }
}

function notMeasured(note: string): Figure {
  return { name: NAME, value: null, unit: UNIT, note };
}

async function measure({ folder, tell }: Run): Promise<Figure[]> {
  tell("a day: 144 flushes of 120 readings, each followed by a sync");
  const day = await megabytesADay(folder, "day");
  tell("two minutes of real time: 3 flushes without a sync, and appends every 5 s");
  const [real, appends] = await Promise.all([
    megabytesADay(folder, "flushes"),
    megabytesADay(folder, "appends"),
  ]);
  return [
    {
      name: NAME,
      value: day,
      unit: UNIT,
      atMost: BOUND_MB,
      baseline: { name: "spool on the disk", value: appends },
      note:
        "sectors of a loop-mounted ext4; 144 flushes of 120 readings by the service's journal, " +
        "a sync after each in place of 10 minutes; the baseline in real time, scaled to a day",
    },
    {
      name: "the same in real time",
      value: real,
      unit: UNIT,
      atMost: BOUND_MB,
      note: "3 flushes 40 s apart, ext4 and the kernel left to their own times, scaled to 144",
    },
  ];
}

export default {
  name: "disk",
  about: "bytes that reach the disk a day",
  durationS: 140,
  run,
} satisfies Bench;
