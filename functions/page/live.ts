import "./live.css";
import { type Announced, announcement } from "./announce.ts";
import { createFormat } from "./format.ts";
import { serverNow } from "./freshness.ts";
import { showCurves } from "./live_curves.ts";
import { reloadForVersion } from "./reload.ts";
import { type LiveState, onLost, onReading, onSnapshot, onStatus, START } from "./state.ts";
import { openStream } from "./stream.ts";
import { TEXTS } from "./texts.ts";
import { type Shown, showState } from "./view.ts";
import { isNight, keepAwake } from "./wall.ts";

const TICK_MS = 1000;
/** How often the curves move on while no reading comes. */
const CURVES_MS = 10_000;

const language = document.documentElement.lang === "it" ? "it" : "en";
const texts = TEXTS[language];
const isWall = document.body.classList.contains("wall");

let state: LiveState = START;
let format = createFormat(language, "UTC");
let announced: Announced | null = null;
let drawnMonoMs = 0;

const curves = showCurves(texts, () => ({ texts, format }));

function showWords(): void {
  const monoMs = performance.now();
  const shown = showState(state, texts, format, monoMs);
  const watts = shown.freshness === "fresh" ? state.snapshot?.watts ?? null : null;
  document.title = watts === null ? "MCCE" : `${format.power(watts)} · MCCE`;
  announce(watts, shown, monoMs);
  if (isWall && state.snapshot !== null) dimAtNight(monoMs);
}

function showCurvesToo(): void {
  drawnMonoMs = performance.now();
  showWords();
  curves.update(state, format, drawnMonoMs);
}

function announce(watts: number | null, shown: Shown, monoMs: number): void {
  const region = document.getElementById("spoken");
  if (region === null || (state.snapshot === null && state.lostMonoMs === null)) return;
  const { value, unit } = format.quantity(watts ?? 0);
  const power = watts === null ? "" : `${value} ${texts.spokenUnits[unit] ?? unit}`;
  const wrong = shown.notices.map(({ text }) => text).join(" ");
  const key = shown.notices.map((notice) => notice.key).join(" ");
  const next = announcement(announced, power, { key, text: wrong || `${shown.state}.` }, monoMs);
  if (next === null) return;
  announced = next.announced;
  region.textContent = next.text;
}

function dimAtNight(monoMs: number): void {
  const night = isNight(serverNow(state.clock, monoMs), format);
  if (document.body.classList.contains("night") === night) return;
  document.body.classList.toggle("night", night);
  curves.redraw();
}

const stream = openStream("/live", {
  snapshot(event) {
    if (reloadForVersion(event.version)) return;
    if (state.snapshot?.timeZone !== event.timeZone) {
      format = createFormat(language, event.timeZone);
    }
    state = onSnapshot(event, performance.now());
    showCurvesToo();
  },
  reading(event) {
    const next = onReading(state, event, performance.now());
    if (next === null) return stream.reconnect(); // a new day has a snapshot of its own
    state = next;
    showCurvesToo();
  },
  status(event) {
    state = onStatus(state, event);
    showWords();
  },
  lost() {
    state = onLost(state, performance.now());
    showWords();
  },
});

setInterval(() => {
  if (document.hidden) return;
  if (performance.now() - drawnMonoMs < CURVES_MS) showWords();
  else showCurvesToo();
}, TICK_MS);
document.addEventListener("visibilitychange", showWords);
showWords();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", curves.redraw);
if (isWall) keepAwake();
