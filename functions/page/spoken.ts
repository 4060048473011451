import type { AlarmWords } from "./alarm_words.ts";
import { type Announced, announcement } from "./announce.ts";
import type { Format } from "./format.ts";
import type { Texts } from "./texts.ts";
import type { Shown } from "./view.ts";

/**
 * Tells screen readers the state when it changes, and the power now and then.
 *
 * @returns to be called with what the page shows: the power in watts or `null`, its state, and its alarm or `null`
 */
export function spokenBy(region: HTMLElement | null, texts: Texts) {
  let announced: Announced | null = null;
  /** Of an alarm of which nothing is known any more, nothing is told either. */
  let stage = "";
  return (watts: number | null, shown: Shown, alarm: AlarmWords | null, format: Format): void => {
    const { value, unit } = format.quantity(watts ?? 0);
    const power = watts === null ? "" : `${value} ${texts.spokenUnits[unit] ?? unit}`;
    const wrong = shown.notices.map(({ text }) => text);
    const isWell = wrong.length === 0 && (alarm === null || alarm.state === "ok");
    const headline = alarm === null ? [] : [`${alarm.headline}.`];
    const text = [...wrong, ...(isWell ? [`${shown.state}.`] : []), ...headline].join(" ");
    stage = alarm?.stage ?? stage;
    const key = [...shown.notices.map((notice) => notice.key), stage].join(" ");
    const next = announcement(announced, power, { key, text }, performance.now());
    if (next === null || region === null) return;
    announced = next.announced;
    region.textContent = next.text;
  };
}
