import { type Clock, systemClock } from "../clock.ts";
import {
  alarmHealth,
  digestHealth,
  type Health,
  health,
  meterHealth,
  storeHealth,
} from "../health.ts";
import type { Parts } from "./service_parts.ts";

/** What the health follows from. */
export type HealthParts =
  & Pick<Parts, "house" | "startedAt">
  & { readonly journal: Pick<Parts["journal"], "status"> }
  & { readonly digest: Pick<Parts["digest"], "evidence"> }
  & { readonly buzzer: Pick<Parts["buzzer"], "status"> };

/** How the service's parts are at this moment. */
export function healthOf(
  { house, journal, digest, buzzer, startedAt }: HealthParts,
  clock: Pick<Clock, "nowMs" | "monoMs"> = systemClock,
): Health {
  return health({
    meter: meterHealth(house.meterEvidence(clock.monoMs())),
    store: storeHealth(journal.status()),
    digest: digestHealth({ ...digest.evidence(), startedAt, nowMs: clock.nowMs() }),
    alarm: alarmHealth(buzzer.status),
  });
}
