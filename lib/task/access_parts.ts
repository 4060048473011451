import type { Services } from "../../functions/env.ts";
import { Failures } from "../access/failures.ts";
import { systemClock as clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { hangUp } from "../peers.ts";

type AccessServices = Pick<
  Services,
  "accessToken" | "hostNames" | "nowMs" | "wrongToken" | "hangUp"
>;

/** What the handlers need to tell who may see the house. */
export function accessServices({ accessToken, hostNames }: Config, log: Log): AccessServices {
  const failures = new Failures();
  return {
    accessToken,
    hostNames,
    nowMs: clock.nowMs,
    wrongToken: (peer) => {
      log.lasting("token", `a wrong access token came from ${peer}`);
      return failures.add(peer, clock.monoMs());
    },
    hangUp,
  };
}
