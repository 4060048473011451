import type { AlarmWords } from "./alarm_words.ts";
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
const TAG = "mcce-alarm";

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
    const isShown = raise(texts.alarm.notify, texts.alarm.notifyTest, true);
    set(isShown);
    show("notify", isShown);
  };

  show("notify", canNotify);
  if (canNotify) showState();
  button?.addEventListener("click", () => isOn ? set(false) : switchOn());
  return {
    tell(words) {
      if (words === null || words.state === told) return;
      told = words.state;
      const isQuiet = told === "ok" || told === "above";
      if (isOn) raise(words.headline, words.note, isQuiet);
    },
    isOn: () => isOn,
  };
}

/** Shows a notification; whether this browser lets a page do so. */
function raise(title: string, body: string, silent: boolean): boolean {
  try {
    const options = { body, tag: TAG, silent, renotify: true };
    const notice = new Notification(title, options);
    notice.onclick = () => {
      focus();
      notice.close();
    };
    return true;
  } catch { // Chrome on Android gives them to service workers alone
    return false;
  }
}
