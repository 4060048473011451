import type { StoreStatus } from "../live/wire.ts";
import { changeSentence, type MeterStatus } from "../meter/status.ts";
import type { Parts } from "./service_parts.ts";

/** Tells the buzzer, and whoever is to be notified, how the alarm stands at `monoMs`. */
export function soundAlarm({ house, buzzer, notifier }: Parts, monoMs: number): void {
  house.pass(monoMs);
  buzzer.hear(house.alarm, house.heldWatts, monoMs);
  notifier?.alarm(house.alarm, house.spentTier, house.heldWatts);
}

/** Tells the viewers the same. */
export function showAlarm({ house, buzzer, feed }: Parts): void {
  feed.alarm(house.outlook(buzzer.silencedUntil()));
}

/** Silences the buzzer for so many minutes, or lets it sound again for 0; gives until when, in epoch milliseconds. */
export function silence(parts: Parts, minutes: number): number | null {
  const { buzzer } = parts;
  if (minutes === 0) buzzer.endSilence();
  else buzzer.silence(minutes);
  showAlarm(parts);
  return buzzer.silencedUntil();
}

/** Tells the viewers and the log what became of the store. */
export function tellStore({ feed, log }: Parts, status: StoreStatus): void {
  const hasTurned = feed.store(status);
  if (!status.ok) log.lasting("store", status.detail);
  else if (hasTurned) log.over("store", "the disk takes readings again");
}

/** Tells the viewers and the log how the meter does. */
export function tellMeter({ house, feed, log }: Parts, next: MeterStatus, previous: MeterStatus) {
  house.meter = next;
  feed.meter(next);
  const sentence = changeSentence(next, previous);
  if (sentence === null) return;
  const isBetter = next.state === "connected" || previous.state === "missing";
  if (isBetter && next.state !== previous.state) log.over("meter", sentence);
  else log.lasting(`meter ${next.state}`, sentence);
}
