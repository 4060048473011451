import type { ApplianceAnswer } from "../../lib/live/wire.ts";
import { type AlarmWords, alarmWords, applianceWords } from "./alarm_words.ts";
import { serverNow } from "./freshness.ts";
import type { LiveState } from "./state.ts";
import type { Texts } from "./texts.ts";
import { unbroken } from "./unbroken.ts";
import { show, write } from "./write.ts";

const MINUTE_MS = 60_000;

/**
 * Brings what the page says of the alarm up to date; called at each event and each second.
 *
 * @param isFresh whether the newest reading may be shown as "now": of an old one nothing follows
 * @returns what it says, `null` when nothing is known
 */
export function showAlarm(
  state: LiveState,
  isFresh: boolean,
  texts: Texts,
  monoMs: number,
): AlarmWords | null {
  const words = isFresh ? wordsOf(state, texts, monoMs) : null;
  write("alarm-headline", unbroken(words?.headline ?? ""));
  write("alarm-note", words?.note ?? "");
  const tone = words?.state ?? "none";
  // The whole page may follow it, so that an alarm is seen from afar.
  document.body.dataset["alarm"] = tone;
  const panel = document.getElementById("alarm");
  if (panel !== null) panel.dataset["state"] = tone;
  const minutes = silentMinutes(state, monoMs);
  showSilence(minutes, tone !== "ok" && tone !== "none", texts);
  show("alarm", words !== null || minutes > 0);
  showAppliances(isFresh ? state.snapshot?.alarm?.appliances ?? [] : unknown(state), texts);
  return words;
}

function wordsOf({ snapshot, alarmMonoMs }: LiveState, texts: Texts, monoMs: number) {
  if (snapshot === null || snapshot.alarm === null || snapshot.watts === null) return null;
  const { alarm, limits, watts } = snapshot;
  return alarmWords(alarm, limits, watts, monoMs - alarmMonoMs, texts.alarm);
}

/** Whole minutes for which the buzzer is still silent, begun ones counted; 0 when it is not. */
function silentMinutes({ snapshot, clock, lostMonoMs }: LiveState, monoMs: number): number {
  const until = snapshot?.alarm?.silencedUntil ?? null;
  if (until === null || lostMonoMs !== null) return 0;
  return Math.max(0, Math.ceil((until - serverNow(clock, monoMs)) / MINUTE_MS));
}

function showSilence(minutes: number, isSounding: boolean, texts: Texts): void {
  const isSilent = minutes > 0;
  write("silenced-text", isSilent ? texts.alarm.silenced(minutes) : "");
  show("silenced", isSilent);
  show("silence-form", isSounding && !isSilent);
  show("silence", isSilent || isSounding);
}

function unknown({ snapshot }: LiveState): readonly ApplianceAnswer[] {
  const appliances = snapshot?.alarm?.appliances ?? [];
  return appliances.map((appliance) => ({
    ...appliance,
    answer: "unknown",
    secondsToTrip: null,
  }));
}

function showAppliances(answers: readonly ApplianceAnswer[], texts: Texts): void {
  const list = document.getElementById("appliance-list");
  if (list === null) return;
  answers.forEach((appliance, i) => {
    const item = list.children[i] ?? list.appendChild(emptyAnswer());
    const [name, answer] = item.children;
    item.setAttribute("data-answer", appliance.answer);
    if (name !== undefined && name.textContent !== appliance.name) {
      name.textContent = appliance.name;
    }
    const said = applianceWords(appliance, texts.alarm);
    if (answer !== undefined && answer.textContent !== said) answer.textContent = said;
  });
  while (list.children.length > answers.length) list.lastElementChild?.remove();
  show("appliances", answers.length > 0);
}

function emptyAnswer(): HTMLDivElement {
  const item = document.createElement("div");
  item.append(document.createElement("dt"), document.createElement("dd"));
  return item;
}
