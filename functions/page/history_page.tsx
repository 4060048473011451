import { raw } from "hono/html";
import { Document, Header, LogOut, type PageProps } from "./document.tsx";
import { Bars, Calendar, Curve } from "./history_charts.tsx";
import { Bands, Energy, Episodes, Facts, Head, Stats } from "./history_parts.tsx";
import type { SpanAnswer } from "../../lib/query/wire.ts";
import type { EpisodeTexts } from "./history/episode_texts.ts";
import { HISTORY_PATH, type Place } from "./history/place.ts";
import type { HistoryTexts } from "./history/texts.ts";
import { placeTitle } from "./history/titles.ts";

/** What shows a day; loaded when there is one to show. */
const DAY_SCRIPT = "history_day.js";

/** What the history page needs besides. */
export interface HistoryPageProps extends PageProps {
  readonly historyTexts: HistoryTexts;
  readonly episodeTexts: EpisodeTexts;
  /** What the address asks for; `null` when nothing could be told of any. */
  readonly place: Place | null;
  /** What is known of the house; the script asks for it where it is `null`. */
  readonly span: SpanAnswer | null;
  /** What the script will ask for, with the answers: a JSON object by their paths. */
  readonly answers: string;
}

/** The history page: what all places share, and a place for each part, which the script fills and shows. */
export function HistoryPage(props: HistoryPageProps) {
  const { texts, historyTexts, episodeTexts, asset, place, span, answers, logOut } = props;
  const title = place === null ? historyTexts.title : placeTitle(place, historyTexts);
  return (
    <Document
      {...props}
      bundle="history"
      title={`${title} · MCCE`}
      {...(place?.view === "day" && { module: asset(DAY_SCRIPT) })}
      description={historyTexts.description}
    >
      <Header texts={texts} current="history" />
      <main id="place" data-span={JSON.stringify(span)} data-day-script={asset(DAY_SCRIPT)}>
        <Head texts={historyTexts} title={title} />
        <ul id="notices" class="notices" hidden></ul>
        <noscript>
          <p class="notices">
            {historyTexts.noScript}{" "}
            <a href="/query/export?resolution=day&format=csv">{historyTexts.noScriptFile}</a>
          </p>
        </noscript>
        <p id="empty" class="empty" hidden>
          {historyTexts.noHistory} <a href="/">{historyTexts.toLive}</a>
        </p>
        <Energy />
        <Facts texts={historyTexts} />
        <Bars />
        <Calendar />
        <Curve texts={historyTexts} episodeTexts={episodeTexts} />
        <Episodes episodeTexts={episodeTexts} />
        <Stats texts={historyTexts} />
        <Bands texts={historyTexts} />
      </main>
      <footer>
        <a id="download" href={HISTORY_PATH} download hidden></a>
        <LogOut label={logOut} />
      </footer>
      <Answers json={answers} />
    </Document>
  );
}

/** Data in the page: never run, whatever it says, and it cannot end before its end. */
function Answers({ json }: { readonly json: string }) {
  return (
    <script type="application/json" id="answers">{raw(json.replaceAll("<", "\\u003c"))}</script>
  );
}
