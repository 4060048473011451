import type { AlarmWords } from "./alarm_words.ts";
import { raise, registerWorker } from "./raise.ts";
import { recall, remember } from "./remembered.ts";
import type { Texts } from "./texts.ts";
import { show, write } from "./write.ts";

/** The browser's notifications of the alarm. */
export interface PageNotices {
  /** What the page says of the alarm now; `null`: nothing is known. */
  tell(words: AlarmWords | null): void;
  isOn(): boolean;
}

const WISH = "mcce-notify";
/** One notification at a time: the newest takes the place of the one before. */
const notice = (body: string, silent: boolean) => ({
  body,
  silent,
  tag: "mcce-alarm",
  renotify: true,
});

/**
 * Binds the button that switches notifications on. It stays hidden where there are none: without a secure context, and on
 * systems that give them to installed apps alone, which only a first try tells.
 */
export function bindNotices(texts: Texts): PageNotices {
  const button = document.getElementById("notify");
  const canNotify = isSecureContext && "Notification" in globalThis;
  let isOn = canNotify && Notification.permission === "granted" && recall(WISH);
  let told: AlarmWords["state"] = "ok";

  const showState = () => {
    const { notifyOn, notifyOff, notifyDenied } = texts.alarm;
    const isDenied = canNotify && Notification.permission === "denied";
    button?.setAttribute("aria-pressed", String(isOn));
    write("notify-state", isOn ? notifyOn : isDenied ? notifyDenied : notifyOff);
  };
  const set = (isWanted: boolean) => {
    isOn = isWanted;
    remember(WISH, isOn);
    showState();
  };
  const switchOn = async () => {
    if (await Notification.requestPermission() !== "granted") return set(false);
    const isShown = await raise(texts.alarm.notify, notice(texts.alarm.notifyTest, true));
    set(isShown);
    show("notify", isShown);
  };

  // Ahead of the first alarm: the network may be gone by then.
  if (isOn) registerWorker().catch(() => {});
  show("notify", canNotify);
  if (canNotify) showState();
  button?.addEventListener("click", () => isOn ? set(false) : switchOn());
  return {
    tell(words) {
      if (words === null || words.state === told) return;
      told = words.state;
      const isQuiet = told === "ok" || told === "above";
      if (isOn) raise(words.headline, notice(words.note, isQuiet));
    },
    isOn: () => isOn,
  };
}
