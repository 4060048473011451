import { type Clock, systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { runHeartbeat } from "../heartbeat.ts";
import type { MeterStatus } from "../meter/status.ts";
import type { Trouble } from "../notify/event.ts";
import { readTold, ToldMark } from "../store/told_mark.ts";
import { look, UNTOLD, type Watch } from "../watch/watch.ts";
import { healthOf, type HealthParts } from "./health_parts.ts";
import { roomsOf } from "./metrics_parts.ts";
import type { Parts } from "./service_parts.ts";

const LOOK_MS = 60_000;

/** What the log says of a trouble's begin and of its end. */
const SENTENCES: Readonly<Record<Trouble["about"], readonly [begun: string, over: string]>> = {
  readings: ["no reading has come for 10 minutes", "readings come again"],
  digest: ["a day has waited for its digest for more than a day", "the digest is up to date again"],
  disk: ["less than 5 % of a disk is free", "the disk has room again"],
};

/** What is watched, and who is told. */
type Watched = HealthParts & Pick<Parts, "log" | "notifier"> & {
  readonly config: Pick<
    Config,
    "journalDir" | "spoolDir" | "databasePath" | "timeZone" | "heartbeatUrl"
  >;
};

/** Tells a person, the log and whoever waits for the heartbeat how the service is, until `stop` aborts. */
export async function watchService(
  parts: Watched,
  stop: AbortSignal,
  clock: Clock = systemClock,
): Promise<void> {
  const { heartbeatUrl: url, journalDir } = parts.config;
  const isHealthy = () => healthOf(parts, clock).ok;
  const { log } = parts;
  const beats = url && runHeartbeat({ url, isHealthy, clock, signal: stop, log });
  let watch: Watch = { ...UNTOLD, told: readTold(journalDir) };
  const mark = new ToldMark(journalDir, watch.told);
  let kept = Promise.resolve();
  while (!stop.aborted) {
    await clock.sleep(LOOK_MS, stop);
    if (stop.aborted) break;
    watch = lookOnce(parts, watch, clock);
    // A disk that takes nothing is told of by whoever has readings to write.
    kept = mark.keep(watch.told)
      .catch((error) => log.debug(`what was told is not noted: ${error.message}`));
  }
  await Promise.all([beats, kept]);
}

/** Why there may be no readings, in a sentence. */
function problemOf({ state, problem, lastWrong }: MeterStatus): string {
  if (problem !== null) return problem;
  if (state === "silent") return "the meter does not answer";
  return lastWrong === null ? "" : `the newest wrong reply: ${lastWrong}`;
}

function lookOnce(parts: Watched, watch: Watch, clock: Clock): Watch {
  const { config, startedAt, house, digest, log, notifier } = parts;
  const { lastAt, ageMs, status } = house.meterEvidence(clock.monoMs());
  const { waiting, hasLooked } = digest.evidence();
  const paths = [config.journalDir, config.spoolDir, config.databasePath];
  const seen = look(watch, {
    nowMs: clock.nowMs(),
    monoMs: clock.monoMs(),
    timeZone: config.timeZone,
    reading: { at: lastAt, ageMs, hasCome: lastAt !== startedAt, problem: problemOf(status) },
    waiting: hasLooked ? waiting : undefined,
    disks: roomsOf(Object.fromEntries(paths.map((path) => [path, path]))),
  });
  for (const trouble of seen.news) {
    const [begun, over] = SENTENCES[trouble.about];
    if (trouble.isOver) log.info(over);
    else log.warn(trouble.detail ? `${begun}: ${trouble.detail}` : begun);
    notifier?.tell(trouble);
  }
  return seen.watch;
}
