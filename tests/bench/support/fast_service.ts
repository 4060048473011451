// A process: the parts that `main.ts start` wires, asking far more often than its configuration allows.
// fast_service.ts LINK FOLDER INTERVAL_MS
import { DEFAULT_TIERS } from "../../../lib/alarm/tiers.ts";
import { serve } from "../../../functions/serve.ts";
import { dayAt } from "../../../lib/calendar.ts";
import { systemClock as clock } from "../../../lib/clock.ts";
import { LiveFeed } from "../../../lib/live/feed.ts";
import { LiveView } from "../../../lib/live/view.ts";
import { openPort } from "../../../lib/meter/open_port.ts";
import { pollMeter } from "../../../lib/meter/poll.ts";
import { initialStatus } from "../../../lib/meter/status.ts";
import { pageServices } from "../../support/live_fixture.ts";
import { openJournal } from "./bench_journal.ts";

const TIME_ZONE = "Europe/Rome";

const [link = "", folder = "", intervalMs] = Deno.args;
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
const services = { ...pageServices(), live: feed };
const server = await serve({ host: "127.0.0.1", port: 0, tls: null }, services);
console.log(server.url);
await pollMeter({
  open: () => openPort(link),
  intervalMs: Number(intervalMs),
  channels: null,
  clock,
  signal: new AbortController().signal,
  onReading: (reading) => void feed.reading(reading, journal.append(reading)),
  onStatus: (status) => feed.meter(status),
});
