import { canMount } from "../support/small_disk.ts";
import { faultsBySeed, runSoak } from "../support/soak/soak.ts";
import type { Bench, Figure, Run } from "./bench.ts";
import { type Holdings, holdings } from "./support/process_use.ts";

const MINUTES = 45;
/** From here on no service is killed, so that the memory of one can be seen to stay. */
const SETTLED_MINUTE = 10;
const SEED = 20261123;

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const faults = faultsBySeed(MINUTES, SEED).map((fault, minute) => {
    if (fault !== "kill" || minute < SETTLED_MINUTE - 2) return fault;
    // The last minute's kill shows that what the long life has stored is there.
    return minute === MINUTES - 1 ? "kill" : "unplug";
  });
  faults[SETTLED_MINUTE - 2] = "kill";
  const held = new Map<number, Holdings>();
  const report = await runSoak({
    folder,
    faults,
    everyMs: 60_000,
    lastsMs: 15_000,
    seed: SEED,
    hasSmallDisk: canMount,
    onMinute: (minute, fault, pid) => {
      const now = holdings(pid);
      held.set(minute, now);
      tell(
        `minute ${minute}, ${now.memoryMB.toFixed(1)} MB, ${
          now.anonymousMB.toFixed(1)
        } MB of it anonymous, ${now.descriptors} descriptors: ${fault}`,
      );
    },
  });
  const since = [...held].filter(([minute]) => minute > SETTLED_MINUTE).map(([, now]) => now);
  const settled = held.get(SETTLED_MINUTE)!;
  const growth = (what: "memoryMB" | "descriptors") =>
    Math.max(...since.map((now) => now[what])) - settled[what];
  const unit = `of ${report.goodReplies}`;
  const note =
    `${report.lostToCuts} lost to kills and pulled cables, ${report.missed} counted as missed, ` +
    `${report.sameTime} at a time that another had before the clock was set back` +
    (canMount ? "" : "; without the full disk: only root may mount one");
  return [
    { name: "good replies lost without a cause", value: report.unexplained, unit, atMost: 0, note },
    { name: "stored twice", value: report.twice, unit, atMost: 0 },
    { name: "stored, never said", value: report.invented, unit, atMost: 0 },
    {
      name: "memory, the most after 10 minutes",
      value: growth("memoryMB"),
      unit: "MB more",
      atMost: 5,
      note: `at 10 minutes ${settled.memoryMB.toFixed(1)} MB`,
    },
    {
      name: "descriptors at the end",
      value: since.at(-1)!.descriptors - settled.descriptors,
      unit: "more",
      atMost: 0,
    },
  ];
}

export default {
  name: "soak",
  about: "45 minutes at a reading each 0.5 s, with a fault each minute",
  durationS: 2_720,
  run,
} satisfies Bench;
