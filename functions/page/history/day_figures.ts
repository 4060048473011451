import { describe } from "../charts.ts";
import { byId } from "../dom.ts";
import { show, write } from "../write.ts";
import { drawEnergy } from "./energy.ts";
import type { DayData } from "./load_day.ts";
import { isPartial } from "./measured.ts";
import { address, type Beside, type Span } from "./place.ts";
import { exportPath } from "./questions.ts";
import { drawBands } from "./tables.ts";
import { dayTitle } from "./titles.ts";
import type { DayVoice } from "./voice.ts";
import { isShortest, partOf } from "./zoom.ts";

/** What the day used, and its powers. */
export function drawFacts({ answer, place }: DayData, today: string, voice: DayVoice): void {
  const { texts, format } = voice;
  const isToday = place.date === today;
  drawEnergy(answer === null ? null : format.kWh(answer.kWh), [
    answer === null ? texts.nothingMeasured : "",
    isToday ? texts.soFar : "",
    answer !== null && isPartial(answer)
      ? texts.measured(format.percent(answer.coverage ?? 0))
      : "",
    answer?.source === "origin" ? texts.imported : "",
  ]);
  show("facts", answer !== null);
  show("download", answer !== null);
  write("fact-highest", answer === null ? "—" : format.power(answer.maxWatts));
  write("fact-highest-at", answer === null ? "" : format.time(answer.maxAt));
  write("fact-mean", answer === null ? "—" : format.power(answer.meanWatts));
  write("fact-lowest", answer === null ? "—" : format.power(answer.minWatts));
  const base = answer?.baseLoadWatts ?? null;
  write("fact-base", base === null ? "" : format.power(base));
  show("fact-base-row", base !== null);
  drawBands(answer?.bandsKWh ?? null, answer?.kWh ?? 0, voice);
}

const CHOICES: readonly (Beside | null)[] = [null, "week", "year"];

/** Links that lay another day over this one, or none; they stay, so that the keyboard does too. */
export function drawCompare({ place }: DayData): void {
  CHOICES.forEach((beside) => {
    const link = byId<HTMLAnchorElement>(`compare-${beside ?? "none"}`);
    link.href = address({ ...place, beside });
    if (beside === place.beside) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

/** What the lines of the curve are, and the curve in words. */
export function drawKeys(
  { rows, isSingle, other, gaps, episodes }: DayData,
  { texts, format }: DayVoice,
): void {
  write("key-range", isSingle ? texts.singleReadings : texts.rangeOfRow);
  show("key-gap", gaps.length > 0);
  show("key-over", (episodes ?? []).length > 0);
  show("key-other", other !== null);
  if (other !== null) {
    const title = dayTitle(other.date, texts);
    const text = other.answer === null
      ? texts.otherMissing(title)
      : texts.other(title, format.kWh(other.answer.kWh));
    write("key-other", text);
  }
  const means = rows.map(({ meanWatts }) => meanWatts);
  write("curve-summary", describe(means, format, texts.summary, texts.nothingMeasured));
}

/** The part of the day that is seen, its file, and which buttons lead on. */
export function drawZoom({ place, day }: DayData, span: Span, voice: DayVoice): void {
  const { texts, format } = voice;
  const zoom = partOf(span, day);
  const isAll = zoom === null;
  byId<HTMLAnchorElement>("download").href = exportPath({ ...place, zoom });
  disable("zoom-out", isAll);
  disable("zoom-whole", isAll);
  disable("zoom-in", isShortest(span));
  const times = `${format.timeOfSecond(span.fromMs)}–${format.timeOfSecond(span.toMs)}`;
  write("curve-title", isAll ? texts.power : `${texts.power}, ${times}`);
}

/** Says that a button does nothing now, without taking the keyboard from it. */
function disable(id: string, isDisabled: boolean): void {
  byId(id).setAttribute("aria-disabled", String(isDisabled));
}
