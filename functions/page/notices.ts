import type { Format } from "./format.ts";
import { freshness, serverNow } from "./freshness.ts";
import type { LiveState } from "./state.ts";
import type { Texts } from "./texts.ts";

/** A sentence that a person should read, with the program's own (English) words for the cause, if any. */
export interface Notice {
  /** What it is about; its numbers may change under the same key. */
  readonly key: "lost" | "missing" | "silent" | "unusable" | "store" | "channels" | "zone";
  readonly tone: "bad" | "warn";
  readonly text: string;
  readonly detail: string;
}

/** What is wrong now, worst first; empty when all is well. */
export function notices(
  state: LiveState,
  texts: Texts,
  format: Format,
  monoMs: number,
): readonly Notice[] {
  const { snapshot, clock, lostMonoMs } = state;
  if (lostMonoMs !== null) {
    const lost = snapshot === null
      ? texts.neverConnected
      : texts.lost(format.since(serverNow(clock, lostMonoMs), serverNow(clock, monoMs)));
    return [{ key: "lost", tone: "bad", text: lost, detail: "" }];
  }
  if (snapshot === null) return [];
  return [
    ...meterNotices(state, texts, format, monoMs),
    ...(snapshot.store.ok ? [] : [{
      key: "store" as const,
      tone: "bad" as const,
      text: texts.diskFull(snapshot.store.waiting),
      detail: snapshot.store.detail,
    }]),
    ...ignoredChannels(snapshot.meter.ignoredChannels, texts, format),
    ...unknownZone(snapshot.timeZone, texts, format),
  ];
}

function meterNotices(
  { snapshot, clock }: LiveState,
  texts: Texts,
  format: Format,
  monoMs: number,
): Notice[] {
  if (snapshot === null) return [];
  const { meter } = snapshot;
  const nowMs = serverNow(clock, monoMs);
  const since = format.since(meter.since, nowMs);
  if (meter.state === "missing") {
    return [{
      key: "missing",
      tone: "bad",
      text: texts.missing(since),
      detail: meter.problem ?? "",
    }];
  }
  if (meter.state === "silent") {
    return [{ key: "silent", tone: "bad", text: texts.silent(since), detail: "" }];
  }
  const isOld = snapshot.at === null
    ? meter.wrong > 0
    : freshness(nowMs - snapshot.at, snapshot) === "gone";
  return isOld
    ? [{ key: "unusable", tone: "bad", text: texts.unusable, detail: meter.lastWrong ?? "" }]
    : [];
}

function ignoredChannels(channels: readonly number[], texts: Texts, format: Format): Notice[] {
  if (channels.length === 0) return [];
  return [{
    key: "channels",
    tone: "warn",
    text: texts.ignored(format.list(channels.map(String)), channels.length),
    detail: "",
  }];
}

function unknownZone(timeZone: string, texts: Texts, format: Format): Notice[] {
  if (format.timeZone !== "UTC" || timeZone === "UTC") return [];
  return [{ key: "zone", tone: "warn", text: texts.unknownZone(timeZone), detail: "" }];
}
