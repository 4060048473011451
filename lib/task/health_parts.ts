import { systemClock as clock } from "../clock.ts";
import {
  alarmHealth,
  digestHealth,
  type Health,
  health,
  meterHealth,
  storeHealth,
} from "../health.ts";
import type { Parts } from "./service_parts.ts";

/** How the service's parts are at this moment. */
export function healthOf({ house, journal, digest, buzzer, startedAt }: Parts): Health {
  return health({
    meter: meterHealth(house.meterEvidence(clock.monoMs())),
    store: storeHealth(journal.status()),
    digest: digestHealth({ ...digest.evidence(), startedAt, nowMs: clock.nowMs() }),
    alarm: alarmHealth(buzzer.status),
  });
}
