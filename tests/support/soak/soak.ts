import { randomNumbers } from "../../../lib/meter/simulator/random.ts";
import type { LiveNow } from "../../../lib/live/wire.ts";
import { eventually } from "../eventually.ts";
import { SmallDisk } from "../small_disk.ts";
import { type Scene, SOAK_FAULTS, type SoakFault, suffer } from "./faults.ts";
import { SoakHouse } from "./soak_house.ts";
import { storedReadings } from "./stored.ts";

/** What is to be lived through. */
export interface SoakPlan {
  readonly folder: string;
  /** One after the other. */
  readonly faults: readonly SoakFault[];
  /** From one fault's begin to the next's. */
  readonly everyMs: number;
  readonly lastsMs: number;
  readonly seed: number;
  readonly hasSmallDisk: boolean;
  /** Called before each fault, and once more at the end. */
  readonly onMinute?: (index: number, fault: SoakFault | "end", pid: number) => void;
}

/** What became of the replies that were good. */
export interface SoakReport {
  readonly goodReplies: number;
  readonly stored: number;
  /** Good replies that are not stored: cut off by a kill or an unplugging, … */
  readonly lostToCuts: number;
  /** … come too late, which the service counts as missed, … */
  readonly missed: number;
  /** … left out by a digest, which tells how many, because the clock was set back to the time of another, … */
  readonly sameTime: number;
  /** … or lost for no reason: none may be. */
  readonly unexplained: number;
  /** Stored more than once, and stored without having been said. */
  readonly twice: number;
  readonly invented: number;
}

const DISK_KIB = 4_096;
/** A reply on its way when its service is killed or the cable pulled. */
const CUT_MS = 1_000;

/** `count` faults in an order that `seed` rules, each kind as often as the others. */
export function faultsBySeed(count: number, seed: number): SoakFault[] {
  const random = randomNumbers(seed);
  const bag: SoakFault[] = [];
  return Array.from({ length: count }, () => {
    if (bag.length === 0) bag.push(...SOAK_FAULTS);
    return bag.splice(Math.floor(random() * bag.length), 1)[0]!;
  });
}

/** Lives through the plan with a real service; throws when it does not come back from a fault. */
export async function runSoak(plan: SoakPlan): Promise<SoakReport> {
  const disk = plan.hasSmallDisk ? await SmallDisk.mount(DISK_KIB) : null;
  try {
    await using house = new SoakHouse(plan.folder, disk?.folder ?? plan.folder, plan.seed);
    let missed = 0;
    const count = async () => {
      missed += (await house.service.get<LiveNow>("live/now")).meter.missed;
    };
    const random = randomNumbers(plan.seed);
    const scene: Scene = { ...plan, house, disk, random, cuts: [], count, clockSteps: 0 };
    await house.start();
    await live(plan, scene);
    await count();
    scene.cuts.push(performance.now());
    await house.service.end("SIGTERM");
    return judge(house, scene.cuts, missed);
  } finally {
    await disk?.[Symbol.asyncDispose]();
  }
}

async function live({ faults, everyMs, onMinute }: SoakPlan, scene: Scene): Promise<void> {
  const { house } = scene;
  for (const [i, fault] of faults.entries()) {
    const before = performance.now();
    onMinute?.(i, fault, house.service.pid);
    await suffer(fault, scene);
    const { goodReplies } = house.meter;
    await eventually(
      `readings after ${fault}`,
      () => house.meter.goodReplies > goodReplies + 1,
      15_000,
    );
    const leftMs = everyMs - (performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, leftMs)));
  }
  onMinute?.(faults.length, "end", house.service.pid);
}

function judge(
  { meter, env, sameTime }: SoakHouse,
  cuts: readonly number[],
  missed: number,
): SoakReport {
  const readings = storedReadings(env);
  const times = Map.groupBy(readings, ({ watts }) => watts);
  const good = meter.replies.filter(({ fault }) => fault === null);
  const said = new Set(meter.replies.map(({ watts }) => watts));
  const lost = good.filter(({ watts }) => !times.has(watts));
  const isCut = ({ monoMs }: { monoMs: number }) =>
    cuts.some((cutMs) => Math.abs(monoMs - cutMs) < CUT_MS);
  const lostToCuts = lost.filter(isCut).length;
  return {
    goodReplies: good.length,
    stored: readings.length,
    lostToCuts,
    missed,
    sameTime,
    unexplained: Math.max(0, lost.length - lostToCuts - missed - sameTime),
    twice: readings.length - times.size,
    invented: [...times.keys()].filter((watts) => !said.has(watts)).length,
  };
}
