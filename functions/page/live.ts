import "./live.css";
import { showAlarm } from "./alarm_view.ts";
import type { AlarmWords } from "./alarm_words.ts";
import { bindCutOffNotice } from "./cut_off_notice.ts";
import { createFormat } from "./format.ts";
import { serverNow } from "./freshness.ts";
import { showCurves } from "./live_curves.ts";
import { bindNotices } from "./page_notices.ts";
import { bindSound } from "./page_sound.ts";
import { reloadForVersion, reloadWhenLoggedOut } from "./reload.ts";
import { bindSilence } from "./silence.ts";
import { spokenBy } from "./spoken.ts";
import {
  type LiveState,
  onAlarm,
  onLost,
  onReading,
  onSnapshot,
  onStatus,
  START,
} from "./state.ts";
import { openStream } from "./stream.ts";
import { TEXTS } from "./texts.ts";
import { zoneHere } from "./time_zone.ts";
import { showState } from "./view.ts";
import { isNight, keepAwake } from "./wall.ts";
import { show } from "./write.ts";

const TICK_MS = 1000;
/** How often the curves move on while no reading comes. */
const CURVES_MS = 10_000;

const language = document.documentElement.lang === "it" ? "it" : "en";
const texts = TEXTS[language];
const isWall = document.body.classList.contains("wall");

let state: LiveState = START;
let format = createFormat(language, "UTC");
let drawnMonoMs = 0;

const curves = showCurves(texts, () => ({ texts, format }));
const speak = spokenBy(document.getElementById("spoken"), texts);
const sound = bindSound(texts);
const notices = bindNotices(texts);
const cutOff = bindCutOffNotice(texts);

function showWords(): void {
  const monoMs = performance.now();
  const shown = showState(state, texts, format, monoMs);
  const isFresh = shown.freshness === "fresh";
  const watts = isFresh ? state.snapshot?.watts ?? null : null;
  const alarm = showAlarm(state, isFresh && state.lostMonoMs === null, texts, monoMs);
  const mark = isLoud(alarm) ? "⚠ " : "";
  document.title = watts === null ? "MCCE" : `${mark}${format.power(watts)} · MCCE`;
  if (state.snapshot !== null || state.lostMonoMs !== null) speak(watts, shown, alarm, format);
  sound.hear(alarm === null ? null : state.snapshot?.alarm ?? null, state.alarmMonoMs);
  notices.tell(alarm);
  if (isWall && state.snapshot !== null) dimAtNight(isLoud(alarm), monoMs);
}

function showCurvesToo(): void {
  drawnMonoMs = performance.now();
  showWords();
  curves.update(state, format, drawnMonoMs);
}

function isLoud(alarm: AlarmWords | null): boolean {
  return alarm?.state === "warning" || alarm?.state === "critical";
}

function dimAtNight(isAwake: boolean, monoMs: number): void {
  const night = !isAwake && isNight(serverNow(state.clock, monoMs), format);
  if (document.body.classList.contains("night") === night) return;
  document.body.classList.toggle("night", night);
  curves.redraw();
}

const stream = openStream("/live", {
  snapshot(event) {
    if (reloadForVersion(event.version)) return;
    if (state.snapshot?.timeZone !== event.timeZone) {
      format = createFormat(language, zoneHere(event.timeZone) ?? "UTC");
    }
    state = onSnapshot(event, performance.now());
    showCurvesToo();
    cutOff.onSnapshot(event, format);
  },
  reading(event) {
    const next = onReading(state, event, performance.now());
    if (next === null) return stream.reconnect(); // a new day has a snapshot of its own
    state = next;
    showCurvesToo();
  },
  status(event) {
    const before = state.snapshot?.meter.state;
    state = onStatus(state, event);
    if (before !== "connected" && state.snapshot?.meter.state === "connected") cutOff.onReturn();
    showWords();
  },
  alarm(event) {
    state = onAlarm(state, event, performance.now());
    showWords();
  },
  lost() {
    state = onLost(state, performance.now());
    showWords();
  },
  isNeededHidden: () => sound.isArmed() || notices.isOn(),
  refused: reloadWhenLoggedOut,
});

setInterval(() => {
  if (document.hidden) return;
  if (performance.now() - drawnMonoMs < CURVES_MS) showWords();
  else showCurvesToo();
}, TICK_MS);
document.addEventListener("visibilitychange", showWords);
showWords();
bindSilence();
show("device", document.querySelector("#device button:not([hidden])") !== null);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", curves.redraw);
if (isWall) keepAwake();
