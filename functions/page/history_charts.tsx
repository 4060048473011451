import { Figure } from "./figure.tsx";
import type { EpisodeTexts } from "./history/episode_texts.ts";
import { HISTORY_PATH } from "./history/place.ts";
import type { HistoryTexts } from "./history/texts.ts";

/** The months of a year, the days of a month. */
export function Bars() {
  return (
    <figure id="bars" class="chart" aria-labelledby="bars-title" hidden>
      <figcaption>
        <h2 id="bars-title"></h2>
        <ul id="bars-keys" class="keys"></ul>
        <span id="bars-readout" class="readout" aria-hidden="true"></span>
      </figcaption>
      <ol id="bars-list" class="bars"></ol>
    </figure>
  );
}

/** The days of a year. */
export function Calendar() {
  return (
    <figure id="calendar" class="chart" aria-labelledby="calendar-title" hidden>
      <figcaption>
        <h2 id="calendar-title"></h2>
        <ul id="calendar-keys" class="keys"></ul>
      </figcaption>
      <div id="calendar-months" class="months"></div>
    </figure>
  );
}

/** The power of a day. */
export function Curve({ texts, episodeTexts }: CurveProps) {
  return (
    <div id="curve" hidden>
      <Figure id="curve" title={texts.power}>
        <ul class="keys">
          <li id="key-range" class="key-range"></li>
          <li id="key-gap" class="key-gap" hidden>{texts.gap}</li>
          <li id="key-over" class="key-over" hidden>{episodeTexts.key}</li>
          <li id="key-other" class="key-other" hidden></li>
        </ul>
      </Figure>
      <div class="tools">
        <nav class="compare" aria-labelledby="compare-title">
          <span id="compare-title">{texts.compare}</span>
          <ul>
            <li>
              <a id="compare-none" href={HISTORY_PATH}>{texts.alone}</a>
            </li>
            <li>
              <a id="compare-week" href={HISTORY_PATH}>{texts.weekBefore}</a>
            </li>
            <li>
              <a id="compare-year" href={HISTORY_PATH}>{texts.yearBefore}</a>
            </li>
          </ul>
        </nav>
        <div class="zoom" role="group" aria-label={texts.zoom} aria-describedby="zoom-help">
          <button id="zoom-out" type="button" aria-label={texts.zoomOut}>−</button>
          <button id="zoom-in" type="button" aria-label={texts.zoomIn}>+</button>
          <button id="zoom-whole" type="button">{texts.wholeDay}</button>
        </div>
        <p id="zoom-help" class="unseen">{texts.zoomHelp}</p>
      </div>
    </div>
  );
}

interface CurveProps {
  readonly texts: HistoryTexts;
  readonly episodeTexts: EpisodeTexts;
}
