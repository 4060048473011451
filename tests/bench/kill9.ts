import { eventually } from "../support/eventually.ts";
import { type Bench, type Figure, type Run, sleep } from "./bench.ts";
import { House } from "./support/house.ts";

const ROUNDS = 50;
const LONGEST_RANDOM_MS = 1_500;
/** From a reply's last byte until everything that it sets off is done. */
const LONGEST_AIMED_MS = 5;
/** What the kernel still holds of a dead service's last event. */
const ARRIVAL_MS = 50;

type Moment = "random" | "aimed";

async function untilMoment(moment: Moment, { meter }: House): Promise<void> {
  if (moment === "random") return await sleep(Math.random() * LONGEST_RANDOM_MS);
  const { goodReplies } = meter;
  while (meter.goodReplies === goodReplies) await sleep(0);
  await sleep(Math.random() * LONGEST_AIMED_MS);
}

/** The readings that viewers received from services that were killed at such moments, as the journal's lines. */
async function killed(house: House, moment: Moment): Promise<string[]> {
  const received: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const service = await house.start();
    using live = house.view(service.url);
    await live.next();
    await untilMoment(moment, house);
    await service.end("SIGKILL");
    await sleep(ARRIVAL_MS);
    received.push(...live.seen.map(({ at, watts }) => `${at},${watts}`));
  }
  return received;
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  await using house = new House(folder, { sampleSeconds: 1 });
  const received: string[] = [];
  for (const moment of ["random", "aimed"] as const) {
    tell(`${ROUNDS} times at ${moment} moments`);
    received.push(...await killed(house, moment));
  }
  const last = await house.start();
  await last.end("SIGTERM");
  await eventually(
    "an empty spool",
    () => [...Deno.readDirSync(house.env.RUNTIME_DIRECTORY!)].length === 0,
  );
  const kept = house.journal();
  const present = new Set(kept);
  const missing = received.filter((line) => !present.has(line)).length;
  const note = `${ROUNDS} kills at random moments of the second, ${ROUNDS} within ` +
    `${LONGEST_AIMED_MS} ms after a reply, where there is something to lose`;
  return [
    {
      name: "received, not in the journal",
      value: missing,
      unit: `of ${received.length}`,
      atMost: 0,
      note,
    },
    {
      name: "twice in the journal",
      value: kept.length - present.size,
      unit: `of ${kept.length}`,
      atMost: 0,
    },
  ];
}

export default {
  name: "kill9",
  about: "kill -9: readings that a viewer had received and the journal has not",
  durationS: 200,
  run,
} satisfies Bench;
