import type { Format } from "./format.ts";
import { type Freshness, freshness, isUndated, serverNow } from "./freshness.ts";
import { type Notice, notices } from "./notices.ts";
import type { LiveState } from "./state.ts";
import { ageText, type Texts } from "./texts.ts";
import { show, write } from "./write.ts";

const NONE = "—";

/** What {@linkcode showState} found, for the parts of the page that follow it. */
export interface Shown {
  readonly freshness: Freshness | "none";
  readonly state: string;
  readonly notices: readonly Notice[];
}

function writeTime(id: string, atMs: number | null, text: string): void {
  write(id, text);
  const element = document.getElementById(id);
  if (element === null) return;
  if (atMs === null) element.removeAttribute("datetime");
  else element.setAttribute("datetime", new Date(atMs).toISOString());
}

/** Brings the words and numbers of the page up to date; called at each event and each second. */
export function showState(
  state: LiveState,
  texts: Texts,
  format: Format,
  monoMs: number,
): Shown {
  const power = showPower(state, texts, format, monoMs);
  showTotals(state, format);
  showMeter(state, texts, format, monoMs);
  const wrong = notices(state, texts, format, monoMs);
  showNotices(wrong);
  const { words, tone } = describeWay(state, texts, wrong);
  write("state-text", words);
  const badge = document.getElementById("state");
  if (badge !== null) badge.dataset["tone"] = tone;
  show("state", true);
  return { freshness: power, state: words, notices: wrong };
}

/** How the way from the meter to this page does, in words and as a tone; the disk's state is not part of it. */
function describeWay({ snapshot, lostMonoMs }: LiveState, texts: Texts, wrong: readonly Notice[]) {
  if (lostMonoMs !== null) return { words: texts.noConnection, tone: "bad" };
  if (snapshot === null) return { words: texts.connecting, tone: "quiet" };
  if (wrong.some(({ key }) => key === "unusable")) {
    return { words: texts.unusableState, tone: "bad" };
  }
  const { state } = snapshot.meter;
  return { words: texts.states[state], tone: state === "connected" ? "good" : "bad" };
}

function showPower(
  { snapshot, clock, lostMonoMs }: LiveState,
  texts: Texts,
  format: Format,
  monoMs: number,
): Shown["freshness"] {
  const at = snapshot?.at ?? null;
  const watts = snapshot?.watts ?? null;
  if (snapshot === null || at === null || watts === null) {
    showNumber(NONE, "", "none");
    const waits = snapshot === null && lostMonoMs === null;
    const empty = snapshot === null ? texts.noReading : texts.noReadingYet;
    writeTime("age", null, waits ? texts.connecting : empty);
    return "none";
  }
  const nowMs = serverNow(clock, monoMs);
  const state = freshness(nowMs - at, snapshot);
  const { value, unit } = format.quantity(watts);
  if (state === "gone") showNumber(NONE, "", state);
  else showNumber(value, unit, state);
  const age = isUndated(snapshot) ? format.since(at, nowMs) : ageText(texts, nowMs - at);
  const said = {
    fresh: texts.at(format.timeOfSecond(at)),
    stale: age,
    gone: texts.lastReading(age),
  };
  writeTime("age", at, said[state]);
  return state;
}

function showNumber(value: string, unit: string, state: Shown["freshness"]): void {
  write("power-value", value);
  write("power-unit", unit);
  const element = document.getElementById("power");
  if (element !== null) element.dataset["freshness"] = state;
}

function showTotals({ snapshot }: LiveState, format: Format): void {
  if (snapshot === null) return;
  const { kWhToday, minWatts, minAt, maxWatts, maxAt, coverage } = snapshot.today;
  write("kwh", format.kWh(kWhToday));
  write("highest", maxWatts === null ? NONE : format.power(maxWatts));
  writeTime("highest-at", maxAt, maxAt === null ? "" : format.time(maxAt));
  write("lowest", minWatts === null ? NONE : format.power(minWatts));
  writeTime("lowest-at", minAt, minAt === null ? "" : format.time(minAt));
  write("coverage", format.percent(coverage));
  show("coverage-row", coverage < 0.99 && minAt !== null);
}

function showMeter({ snapshot, clock }: LiveState, texts: Texts, format: Format, monoMs: number) {
  if (snapshot === null) return;
  const { meter } = snapshot;
  const since = format.since(meter.since, serverNow(clock, monoMs));
  write("meter-state", texts.stateSince[meter.state](since));
  write("good", format.count(meter.good));
  write("wrong", format.count(meter.wrong));
  write("missed", format.count(meter.missed));
  write("zero", format.count(meter.zero));
  write("last-wrong-why", meter.lastWrong ?? "");
  show("last-wrong", meter.lastWrong !== null);
}

function showNotices(wrong: readonly Notice[]): void {
  const list = document.getElementById("notices");
  if (list === null) return;
  wrong.forEach(({ tone, text, detail }, i) => {
    const item = list.children[i] ?? list.appendChild(emptyNotice());
    item.setAttribute("data-tone", tone);
    const [sentence, cause] = item.children;
    if (sentence !== undefined && sentence.textContent !== text) sentence.textContent = text;
    if (cause !== undefined && cause.textContent !== detail) cause.textContent = detail;
  });
  while (list.children.length > wrong.length) list.lastElementChild?.remove();
  list.hidden = wrong.length === 0;
}

function emptyNotice(): HTMLLIElement {
  const item = document.createElement("li");
  const cause = document.createElement("small");
  cause.lang = "en"; // the program's own words are English
  item.append(document.createElement("span"), cause);
  return item;
}
