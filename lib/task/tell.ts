import type { StoreStatus } from "../live/wire.ts";
import type { Log } from "../log.ts";
import { changeSentence, channelSentence, type MeterStatus } from "../meter/status.ts";
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

/** Who hears of the meter. */
export interface MeterListeners {
  readonly house: { meter: MeterStatus };
  readonly feed: Pick<Parts["feed"], "meter">;
  readonly log: Log;
}

/** Tells the viewers and the log how the meter does. */
export function tellMeter(
  { house, feed, log }: MeterListeners,
  next: MeterStatus,
  previous: MeterStatus,
): void {
  house.meter = next;
  feed.meter(next);
  tellState(log, next, previous);
  const channels = channelSentence(next, previous);
  // A transmitter at the edge of its reach comes and goes.
  if (channels !== null) log.lasting(`channels ${next.ignoredChannels}`, channels);
}

function tellState(log: Log, next: MeterStatus, previous: MeterStatus): void {
  const sentence = changeSentence(next, previous);
  if (sentence === null) return;
  const isBetter = next.state === "connected" || previous.state === "missing";
  if (isBetter && next.state !== previous.state) log.over("meter", sentence);
  else log.lasting(`meter ${next.state}`, sentence);
}
