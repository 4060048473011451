import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import { requestProblem } from "./request_problem.ts";

/** What is told of whom. */
export interface HeartbeatOptions {
  /** May hold a secret: it stands in no log. */
  readonly url: string;
  readonly isHealthy: () => boolean;
  readonly clock: Pick<Clock, "sleep">;
  readonly signal: AbortSignal;
  readonly log: Pick<Log, "info" | "warn">;
  /** Of one request; 10 s unless a test wants it shorter. */
  readonly timeoutMs?: number;
}

const EVERY_MS = 5 * 60_000;
/** Also before the first one: a service that ends again and again is not healthy. */
const RETRY_MS = 60_000;
const TIMEOUT_MS = 10_000;

/**
 * Gets `url` every 5 minutes while all is well, until `signal` aborts, so that whoever waits for it notices a dead machine
 * too. One request at a time; that it fails is logged once, and once that it works again.
 */
export async function runHeartbeat(options: HeartbeatOptions): Promise<void> {
  const { isHealthy, clock, signal, log } = options;
  let isFailing = false;
  let pauseMs = RETRY_MS;
  for (;;) {
    await clock.sleep(pauseMs, signal);
    if (signal.aborted) return;
    pauseMs = RETRY_MS;
    if (!isHealthy()) continue;
    const problem = await beat(options);
    if (signal.aborted) return;
    if (problem === null) {
      pauseMs = EVERY_MS;
      if (isFailing) log.info("HEARTBEAT_URL can be reached again");
    } else if (!isFailing) log.warn(`HEARTBEAT_URL cannot be reached: ${problem}`);
    isFailing = problem !== null;
  }
}

/** One request; gives why it failed, else `null`. */
async function beat(
  { url, signal, timeoutMs = TIMEOUT_MS }: HeartbeatOptions,
): Promise<string | null> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const answer = await fetch(url, { signal: limit });
    await answer.body?.cancel();
    return answer.ok ? null : `it answers ${answer.status}`;
  } catch (error) {
    return requestProblem(error);
  }
}
