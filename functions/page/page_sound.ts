import { hear, INITIAL_RHYTHM, type RhythmState, soundAt } from "../../lib/alarm/rhythm.ts";
import type { AlarmStatus } from "../../lib/live/wire.ts";
import { recall, remember } from "./remembered.ts";
import { openSiren, type Siren } from "./siren.ts";
import type { Texts } from "./texts.ts";
import { show, write } from "./write.ts";

/** The page's own sound, which a silence of the buzzer leaves alone: it has a switch of its own. */
export interface PageSound {
  /** The alarm as the page knows it now; `null`: nothing is known. */
  hear(alarm: AlarmStatus | null, monoMs: number): void;
  isArmed(): boolean;
}

const WISH = "mcce-sound";
const TEST_MS = 150;

/**
 * Binds the button that arms the sound. Browsers ask for a tap on each visit; one that has been armed before is armed by
 * the first tap or key anywhere.
 */
export function bindSound(texts: Texts): PageSound {
  const button = document.getElementById("sound");
  const canSound = "AudioContext" in globalThis;
  let siren: Siren | null = null;
  let isArmed = false;
  let rhythm: RhythmState = INITIAL_RHYTHM;
  let testUntilMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const drive = () => {
    clearTimeout(timer);
    const monoMs = performance.now();
    const { on, untilMs } = soundAt(rhythm, monoMs);
    if (isArmed && on) siren?.start(untilMs - monoMs);
    else if (!isArmed || monoMs >= testUntilMs) siren?.stop();
    button?.setAttribute("data-sounding", String(isArmed && on));
    if (untilMs < Infinity) timer = setTimeout(drive, Math.max(1, untilMs - monoMs));
  };
  const set = async (isWanted: boolean) => {
    remember(WISH, isWanted);
    if (isWanted) siren ??= await openSiren();
    if (isWanted && !isArmed) {
      siren?.start(TEST_MS);
      testUntilMs = performance.now() + TEST_MS;
    }
    isArmed = isWanted;
    button?.setAttribute("aria-pressed", String(isArmed));
    write("sound-state", isArmed ? texts.alarm.soundOn : texts.alarm.soundArm);
    if (!isArmed) drive();
  };

  show("sound", canSound);
  button?.addEventListener("click", () => set(!isArmed));
  if (canSound && recall(WISH)) onFirstGesture((target) => button?.contains(target) || set(true));
  return {
    hear(alarm, monoMs) {
      rhythm = hear(rhythm, alarm, monoMs, false);
      drive();
    },
    isArmed: () => isArmed,
  };
}

function onFirstGesture(then: (target: Node | null) => void): void {
  const gestures = ["pointerdown", "keydown"] as const;
  const once = (event: Event) => {
    for (const gesture of gestures) removeEventListener(gesture, once);
    then(event.target instanceof Node ? event.target : null);
  };
  for (const gesture of gestures) addEventListener(gesture, once);
}
