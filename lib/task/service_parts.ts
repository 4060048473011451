import type { Services } from "../../functions/env.ts";
import { HouseState } from "../house_state.ts";
import type { DigestRun } from "../store/digest_run.ts";
import { accessServices } from "./access_parts.ts";
import { bootId, makeAlarmParts } from "./alarm_parts.ts";
import type { AlarmRecord } from "./alarm_record.ts";
import type { CutOffWatch } from "./cut_off_watch.ts";
import { makeBuzzer } from "./buzzer_parts.ts";
import { makeDigestRun, tellDigest } from "./digest_parts.ts";
import { makeExports } from "./export_parts.ts";
import { makeQuery } from "./query_parts.ts";
import type { Buzzer } from "../alarm/buzzer.ts";
import { dayAt } from "../calendar.ts";
import { systemClock as clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { bootMs } from "../libc.ts";
import { LiveFeed } from "../live/feed.ts";
import { LiveView } from "../live/view.ts";
import type { Log } from "../log.ts";
import { initialStatus } from "../meter/status.ts";
import type { HouseQuery } from "../query/house_query.ts";
import { holdMs, type Reading } from "../reading.ts";
import { ClockHold, isClockSynchronised } from "../store/clock_hold.ts";
import { Journal } from "../store/journal.ts";
import { houseId } from "../mqtt/messages.ts";
import type { Broker } from "../mqtt/broker.ts";
import type { Notifier } from "../notify.ts";
import { mergeReadings } from "../store/journal_lines.ts";
import type { YearFiles } from "../store/year_files.ts";
import { openNotifySocket } from "../sd_notify.ts";
import { Tally } from "../metrics/tally.ts";
import { healthOf } from "./health_parts.ts";
import { metricsText } from "./metrics_parts.ts";
import { silence } from "./tell.ts";
import { superviseLoop, type Supervision, unsupervised } from "../supervision.ts";
import project from "../../deno.json" with { type: "json" };

/** The service's parts, put together. */
export interface Parts {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly config: Config;
  readonly log: Log;
  readonly years: YearFiles;
  readonly journal: Journal;
  readonly feed: LiveFeed;
  readonly digest: DigestRun;
  readonly query: HouseQuery;
  /** Of days digested. */
  readonly digests: Tally;
  readonly house: HouseState;
  readonly record: AlarmRecord;
  readonly cutOffs: CutOffWatch;
  readonly supervision: Supervision;
  readonly buzzer: Buzzer;
  /** `null` without `NOTIFY_URL`. */
  readonly notifier: Notifier | null;
  /** `null` without `MQTT_URL`. */
  readonly broker: Broker | null;
}

/** Puts the service's parts together; `stop` ends what would wait for other programs. */
export async function makeParts(
  config: Config,
  years: YearFiles,
  log: Log,
  stop: AbortSignal,
): Promise<Parts> {
  const { journal, feed, readDay } = makeStoreAndFeed(config, years, log);
  const digests = new Tally(clock.monoMs);
  const digest = makeDigestRun(config, years, {
    nowMs: clock.nowMs,
    tally: digests,
    flush: () => journal.flush(stop),
    ...tellDigest(log),
  });
  const { limits, appliances, sampleSeconds } = config;
  const now = { startedAt: clock.nowMs(), monoMs: clock.monoMs() };
  const house = new HouseState({ limits, appliances, sampleSeconds, ...now });
  const notifier = await makeNotifier(config, log);
  return {
    startedAt: now.startedAt,
    config,
    log,
    years,
    journal,
    feed,
    digest,
    query: makeQuery(config, { clock, journal, feed, log }),
    digests,
    house,
    ...makeAlarmParts({ config, years, journal, readDay, feed, log, notifier }),
    supervision: makeSupervision(config),
    buzzer: makeBuzzer(config, log),
    notifier,
    broker: await makeBroker(config, log),
  };
}

async function makeNotifier(config: Config, log: Log): Promise<Notifier | null> {
  const { notifyUrl: url, language, timeZone } = config;
  if (url === null) return null;
  const { Notifier } = await import("../notify.ts");
  return new Notifier({ url, language, timeZone, clock, log });
}

async function makeBroker(config: Config, log: Log): Promise<Broker | null> {
  const { mqttUrl: url, language, sampleSeconds } = config;
  if (url === null) return null;
  const { Broker } = await import("../mqtt/broker.ts");
  const { version } = project;
  const holdS = holdMs(sampleSeconds) / 1000;
  return new Broker({
    url,
    house: { id: houseId(url), language, version, holdS },
    onConnected: () => log.over("mqtt", "the MQTT broker takes the readings"),
    onProblem: (sentence) => log.lasting("mqtt", sentence),
  });
}

function makeSupervision({ supervision, sampleSeconds }: Config): Supervision {
  if (supervision === null) return unsupervised;
  const notify = openNotifySocket(supervision.notifySocket);
  const { watchdogMs } = supervision;
  return superviseLoop({ notify, watchdogMs, sampleSeconds, clock });
}

/** What the handlers are given of them. */
export function makeServices(parts: Parts, assets: Services["assets"]): Services {
  const { config, log, feed, digest, query, record, journal } = parts;
  const { language, timeZone } = config;
  return {
    live: feed,
    digest,
    query,
    exports: makeExports(config, { query, journal, clock }),
    alarm: {
      episodes: (span) => record.episodes(span),
      days: () => record.days(),
      silence: (minutes) => silence(parts, minutes),
    },
    health: () => healthOf(parts),
    metrics: () => metricsText(parts),
    assets,
    language,
    timeZone,
    version: project.version,
    ...accessServices(config, log),
    reportFault: (sentence) => log.lasting("request", sentence),
  };
}

/** The journal, and the feed that shows its days. */
function makeStoreAndFeed(
  config: Config,
  years: YearFiles,
  log: Log,
): { journal: Journal; feed: LiveFeed; readDay: (date: string) => Promise<readonly Reading[]> } {
  const { timeZone, sampleSeconds, limits } = config;
  const { nowMs, monoMs } = clock;
  const journal: Journal = new Journal({
    ...config,
    nowMs,
    monoMs,
    mostWaiting: Math.ceil(86_400 / sampleSeconds),
    hold: makeHold(config),
    onStamped: (readings, late) => {
      const how = late ? "as the clock stood, for want of network time" : "the clock is set";
      log.warn(`${readings.length} readings that waited have their times now: ${how}`);
      feed.rebuild();
    },
  });
  const meter = initialStatus(nowMs());
  const about = { version: project.version, timeZone, sampleSeconds, limits };
  const readDay = async (date: string) => {
    const stored = years.existing(Number(date.slice(0, 4)))?.readings(date)?.readings ?? [];
    return mergeReadings([...stored, ...(await journal.readDay(date)).readings]).readings;
  };
  const feed = new LiveFeed({
    view: new LiveView(about, dayAt(nowMs(), timeZone), meter, journal.status()),
    clock,
    timeZone,
    readDay,
    onProblem: (sentence) => log.lasting("day", sentence),
  });
  return { journal, feed, readDay };
}

function makeHold({ spoolDir, journalDir }: Config): ClockHold {
  const { nowMs, monoMs } = clock;
  const isSynchronised = () => isClockSynchronised();
  const machine = { bootId: bootId(), bootMs, nowMs, monoMs, isSynchronised };
  return new ClockHold({ spoolDir, journalDir, ...machine });
}
