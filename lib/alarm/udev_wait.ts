import type { Clock } from "../clock.ts";
import { PinError } from "./pin_error.ts";

const LONGEST_MS = 1000;
const EVERY_MS = 20;

/**
 * Does what may be refused with EACCES until udev has given the files of a new export to their group; other work goes on
 * meanwhile. Throws what `attempt` throws: such a refusal after 1 s, anything else at once.
 */
export async function whenUdevIsDone<T>(clock: Clock, attempt: () => T): Promise<T> {
  const startMs = clock.monoMs();
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const isEarly = error instanceof PinError && error.code === "EACCES" &&
        clock.monoMs() - startMs < LONGEST_MS;
      if (!isEarly) throw error;
    }
    await clock.sleep(EVERY_MS, new AbortController().signal);
  }
}
