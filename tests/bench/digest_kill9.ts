import { killDigests, oldHouse } from "../support/digest_faults.ts";
import { runBesideService } from "../support/two_writers.ts";
import type { Bench, Figure, Run } from "./bench.ts";

const KILLS = 50;
const ROUNDS = 200;

/** Each part throws where a reading is lost or there twice, or a yearly file is not whole. */
async function run({ tell }: Run): Promise<Figure[]> {
  tell(`${KILLS} digests, killed`);
  await using killed = oldHouse();
  const { midway, readings } = await killDigests(killed, KILLS);
  tell(`${ROUNDS} times digest, import and backup beside a service that flushes and digests`);
  await using shared = oldHouse();
  const both = await runBesideService(shared, ROUNDS);
  return [
    {
      name: `${KILLS} digests killed, lost or twice`,
      value: 0,
      unit: `of ${readings}`,
      atMost: 0,
      note: `${midway} of them died with some days done and others not`,
    },
    {
      name: `${ROUNDS} rounds of four writers, lost or twice`,
      value: 0,
      unit: `of ${both.readings}`,
      atMost: 0,
    },
  ];
}

export default {
  name: "digest_kill9",
  about:
    "kill -9 in the middle of digests, and digest, import and backup beside a service: every reading stored, once",
  durationS: 190,
  run,
} satisfies Bench;
