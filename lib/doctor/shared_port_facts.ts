import { PortError } from "../meter/port.ts";
import { openTcp } from "../meter/tcp.ts";
import type { SharedPortFacts } from "./port.ts";

/** ser2net turns a second one away only after it has taken the connection. */
const TURNED_AWAY_MS = 500;

/**
 * Whether the port that another machine shares can be had. @param serviceRuns then it is not tried: ser2net has it for one
 * at a time, and may give it to the newest.
 */
export async function readSharedPort(
  address: string,
  serviceRuns: boolean,
): Promise<SharedPortFacts> {
  if (serviceRuns) return { address, problem: undefined };
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    const port = await openTcp(address);
    late = setTimeout(() => port.close(), TURNED_AWAY_MS);
    for await (const _bytes of port.readable);
    return { address, problem: null };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { address, problem: error.message };
  } finally {
    clearTimeout(late);
  }
}
