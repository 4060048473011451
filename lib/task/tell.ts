import type { StoreStatus } from "../live/wire.ts";
import { changeSentence, type MeterStatus } from "../meter/status.ts";
import type { Parts } from "./service_parts.ts";

/** Tells the viewers, and whoever is to be notified, how the alarm stands. */
export function tellAlarm({ house, feed, notifier }: Parts): void {
  const { alarm, heldWatts } = house;
  feed.alarm(alarm);
  notifier?.alarm(alarm, heldWatts);
}

/** Tells the viewers and the log what became of the store. */
export function tellStore({ feed, log }: Parts, status: StoreStatus): void {
  const hasTurned = feed.store(status);
  if (!status.ok) log.lasting("store", status.detail);
  else if (hasTurned) log.info("the disk takes readings again");
}

/** Tells the viewers and the log how the meter does. */
export function tellMeter({ house, feed, log }: Parts, next: MeterStatus, previous: MeterStatus) {
  house.meter = next;
  feed.meter(next);
  const sentence = changeSentence(next, previous);
  if (sentence === null) return;
  const isBetter = next.state === "connected" || previous.state === "missing";
  if (isBetter && next.state !== previous.state) log.info(sentence);
  else log.warn(sentence);
}
