import type { EpisodeTexts } from "./history/episode_texts.ts";
import type { HistoryTexts } from "./history/texts.ts";

/** A part in its words. */
interface PartProps {
  readonly texts: HistoryTexts;
}

/** The alarm's record in its words. */
interface EpisodeProps {
  readonly episodeTexts: EpisodeTexts;
}

/** The title with the ways from it: up, to the neighbours, and to any other year, month or day. */
export function Head({ texts, title }: PartProps & { readonly title: string }) {
  return (
    <div class="period">
      <div>
        <nav id="trail" class="trail" aria-label={texts.period} hidden>
          <ol id="trail-list"></ol>
        </nav>
        <div class="steps">
          <a id="previous" class="step" rel="prev">
            <span aria-hidden="true">‹</span>
          </a>
          <h1 id="title" tabindex={-1}>{title}</h1>
          <a id="next" class="step" rel="next">
            <span aria-hidden="true">›</span>
          </a>
        </div>
      </div>
      <form id="choose" class="choose" hidden>
        {(["year", "month", "day"] as const).map((name) => (
          <label id={`choose-${name}-label`}>
            {texts[name]} <select id={`choose-${name}`} autocomplete="off"></select>
          </label>
        ))}
      </form>
    </div>
  );
}

/** The energy of the place. */
export function Energy() {
  return (
    <section id="energy" class="energy" aria-labelledby="title" hidden>
      <p id="energy-sum" class="sum">
        <span id="energy-value">—</span> <span class="unit">kWh</span>
      </p>
      <ul id="energy-notes"></ul>
    </section>
  );
}

/** A day's figures. */
export function Facts({ texts }: PartProps) {
  return (
    <dl id="facts" class="totals" hidden>
      <div>
        <dt>{texts.highest}</dt>
        <dd>
          <span id="fact-highest"></span> <time id="fact-highest-at"></time>
        </dd>
      </div>
      <div>
        <dt>{texts.mean}</dt>
        <dd id="fact-mean"></dd>
      </div>
      <div>
        <dt>{texts.lowest}</dt>
        <dd id="fact-lowest"></dd>
      </div>
      <div id="fact-base-row">
        <dt>{texts.baseLoad}</dt>
        <dd id="fact-base"></dd>
      </div>
    </dl>
  );
}

/** When the contract's limits were spent. */
export function Episodes({ episodeTexts }: EpisodeProps) {
  return (
    <section id="episodes" class="chart" aria-labelledby="episodes-title" hidden>
      <h2 id="episodes-title">{episodeTexts.title}</h2>
      <ol id="episodes-list" class="episodes"></ol>
      <p id="episodes-none" class="muted" hidden>{episodeTexts.none}</p>
      <p id="episodes-note" class="muted"></p>
    </section>
  );
}

/** The figures of the days beside those of the period before. */
export function Stats({ texts }: PartProps) {
  return (
    <section id="stats" class="chart" aria-labelledby="stats-title" hidden>
      <h2 id="stats-title">{texts.daysTable}</h2>
      <table>
        <thead>
          <tr id="stats-head"></tr>
        </thead>
        <tbody id="stats-body"></tbody>
      </table>
    </section>
  );
}

/** The energy by tariff bands, to check a bill by. */
export function Bands({ texts }: PartProps) {
  return (
    <section id="bands" class="chart" aria-labelledby="bands-title" hidden>
      <h2 id="bands-title">{texts.bands}</h2>
      <div id="bands-bar" class="bands-bar" aria-hidden="true"></div>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.band}</th>
            <th scope="col">kWh</th>
            <th scope="col">{texts.share}</th>
          </tr>
        </thead>
        <tbody id="bands-body"></tbody>
      </table>
      <p id="bands-unknown" class="muted" hidden></p>
    </section>
  );
}
