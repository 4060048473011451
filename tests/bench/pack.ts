import { pack, unpack } from "../../lib/store/pack.ts";
import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, spread } from "./bench.ts";

const ROUNDS = 200;

/** Milliseconds of each round. */
function rounds(work: () => unknown): number[] {
  return Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
}

function run(): Promise<Figure[]> {
  const readings = houseDay({ startMs: Date.UTC(2026, 10, 21) });
  const packed = pack(readings);
  const [packing, unpacking] = [rounds(() => pack(readings)), rounds(() => unpack(packed))].map((
    ms,
  ) => spread(ms));
  return Promise.resolve([
    {
      name: "a reading",
      value: packed.length / readings.length,
      unit: "bytes",
      atMost: 1.1,
      note: "5 s, answers up to 0.2 s early or late, 5 W of noise",
    },
    { name: "packing a day", value: packing!.median, unit: "ms", spread: packing! },
    { name: "unpacking a day", value: unpacking!.median, unit: "ms", spread: unpacking! },
  ]);
}

export default {
  name: "pack",
  about: "a day's readings to bytes and back",
  durationS: 3,
  run,
} satisfies Bench;
