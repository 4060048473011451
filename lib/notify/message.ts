import { roundedTime, shedPower, tierPower } from "../alarm/rounded.ts";
import type { AlarmChange, CutOff, Message, NotifyEvent, Trouble } from "./event.ts";
import { MESSAGE_TEXTS, type MessageTexts } from "./texts.ts";

/** How and where it is read. */
export interface Reader {
  readonly language: "en" | "it";
  /** IANA name. */
  readonly timeZone: string;
}

/** An event in words, with the time at which it was: a message may come late. */
export function messageOf(event: NotifyEvent, { language, timeZone }: Reader): Message {
  const texts = MESSAGE_TEXTS[language];
  const clock = (atMs: number) => {
    const [date, time] = localTime(atMs, timeZone);
    return date === localTime(event.at, timeZone)[0] ? time : texts.on(time, date);
  };
  switch (event.kind) {
    case "alarm":
      return alarmMessage(event, texts, clock(event.at));
    case "cut-off":
      return cutOffMessage(event, texts, clock);
    case "trouble":
      return troubleMessage(event, texts, clock, localTime(event.since, timeZone)[0]);
  }
}

function alarmMessage(event: AlarmChange, texts: MessageTexts, time: string): Message {
  const { state, before, watts, tierWatts, secondsToTrip, shedWatts } = event;
  const tier = tierPower(tierWatts ?? 0, texts.decimal);
  if (state === "ok") {
    const wasLoud = before !== "above";
    return {
      title: texts.clearTitle,
      message: texts.clear(watts, time),
      priority: wasLoud ? 3 : 2,
      tags: ["white_check_mark"],
    };
  }
  const left = roundedTime(secondsToTrip ?? 0);
  const shed = shedPower(shedWatts, texts.decimal);
  const message = texts.over(watts, tier, shed, time);
  if (state === "above") {
    return { title: texts.overTitle(tier, left), message, priority: 2, tags: ["zap"] };
  }
  const isCritical = state === "critical";
  return {
    title: texts.shedTitle(left, shed),
    message,
    priority: isCritical ? 5 : 4,
    tags: [isCritical ? "rotating_light" : "warning"],
  };
}

function cutOffMessage(event: CutOff, texts: MessageTexts, clock: Clock): Message {
  const { at, from, watts, secondsAbove, suggestedLimits } = event;
  const learnt = suggestedLimits === null ? "" : texts.learnt(suggestedLimits);
  const message = texts.cutOff(clock(from), clock(at), watts, secondsAbove) + learnt;
  return { title: texts.cutOffTitle, message, priority: 4, tags: ["electric_plug"] };
}

function troubleMessage(
  event: Trouble,
  texts: MessageTexts,
  clock: Clock,
  sinceDate: string,
): Message {
  const { at, about, isOver, since, detail } = event;
  const { title, over, sentence } = texts.troubles[about];
  if (isOver) {
    const message = texts.troubleOver(clock(since), clock(at));
    return { title: over, message, priority: 3, tags: ["white_check_mark"] };
  }
  const message = [sentence(clock(since), sinceDate), detail].filter((part) => part !== "").join(
    " ",
  );
  return { title, message, priority: 4, tags: ["warning"] };
}

/** A time of day, with its date where that is not the event's. */
type Clock = (atMs: number) => string;

/** `2026-11-21` and `14:32`. */
function localTime(atMs: number, timeZone: string): readonly [date: string, time: string] {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return [local.toPlainDate().toString(), time];
}
