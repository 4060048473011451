// A process: the parts that `main.ts start` wires, asking far more often than its configuration allows.
// It answers questions from FOLDER/years; "watched", it prints each second the time and how long the loop stood still at most.
// fast_service.ts LINK FOLDER INTERVAL_MS [watched]
import { DEFAULT_TIERS } from "../../../lib/alarm/tiers.ts";
import { serve } from "../../../functions/serve.ts";
import { dayAt } from "../../../lib/calendar.ts";
import { systemClock as clock } from "../../../lib/clock.ts";
import { parseConfig } from "../../../lib/config.ts";
import { LiveFeed } from "../../../lib/live/feed.ts";
import { LiveView } from "../../../lib/live/view.ts";
import { openPort } from "../../../lib/meter/open_port.ts";
import { pollMeter } from "../../../lib/meter/poll.ts";
import { initialStatus } from "../../../lib/meter/status.ts";
import { makeQuery, warmUp } from "../../../lib/task/query_parts.ts";
import { pageServices } from "../../support/live_fixture.ts";
import { openJournal } from "./bench_journal.ts";

const TIME_ZONE = "Europe/Rome";
const WATCH_MS = 5;

const [link = "", folder = "", intervalMs, watched] = Deno.args;
const { nowMs } = clock;
const journal = await openJournal(`${folder}/journal`, `${folder}/run`, TIME_ZONE);
const about = { version: "bench", timeZone: TIME_ZONE, sampleSeconds: 1, limits: DEFAULT_TIERS };
const day = dayAt(nowMs(), TIME_ZONE);
const feed = new LiveFeed({
  view: new LiveView(about, day, initialStatus(nowMs()), journal.status()),
  clock,
  timeZone: TIME_ZONE,
  readDay: async (date) => (await journal.readDay(date)).readings,
  onProblem: (sentence) => console.error(sentence),
});
const config = parseConfig({
  TIME_ZONE,
  JOURNAL_DIR: `${folder}/journal`,
  RUNTIME_DIRECTORY: `${folder}/run`,
  DATABASE_URL: `${folder}/years/mcce`,
});
const log = { lasting: (_: string, sentence: string) => console.error(sentence) };
const query = makeQuery(config, { clock, journal, feed, log });
await feed.rebuild();
await warmUp({ query, log }, clock);
const services = { ...pageServices(), live: feed, query };
const server = await serve({ host: "127.0.0.1", port: 0, tls: null }, services);
console.log(server.url);
if (watched) watchLoop();
await pollMeter({
  open: () => openPort(link),
  intervalMs: Number(intervalMs),
  channels: null,
  clock,
  signal: new AbortController().signal,
  onReading: (reading) => void feed.reading(reading, journal.append(reading)),
  onStatus: (status) => feed.meter(status),
});

function watchLoop(): void {
  let [dueMs, longestMs] = [Infinity, 0];
  const next = () => {
    longestMs = Math.max(longestMs, clock.monoMs() - dueMs);
    dueMs = clock.monoMs() + WATCH_MS;
    setTimeout(next, WATCH_MS);
  };
  next();
  setInterval(() => {
    console.log(`${nowMs()} ${longestMs}`);
    longestMs = 0;
  }, 1_000);
}
