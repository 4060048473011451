import { initialLimiter, status as alarmStatus, step, tick } from "./lib/alarm/limiter.ts";
import { loadAssets } from "./functions/assets.ts";
import type { Services } from "./functions/env.ts";
import { systemClock as clock } from "./lib/clock.ts";
import { ConfigError, type Environment, loadConfig } from "./lib/config.ts";
import { digestHealth, health, meterHealth, storeHealth } from "./lib/health.ts";
import type { StoreStatus } from "./lib/live/wire.ts";
import { createLog, type Log } from "./lib/log.ts";
import { openPort } from "./lib/meter/open_port.ts";
import { pollMeter } from "./lib/meter/poll.ts";
import { changeSentence, initialStatus, type MeterStatus } from "./lib/meter/status.ts";
import { runFlushes } from "./lib/store/flush_loop.ts";
import { lockService } from "./lib/store/folder_lock.ts";
import { YearFiles } from "./lib/store/year_files.ts";
import { digestLine, makeDigestRun } from "./lib/task/digest_parts.ts";
import { makeStoreAndFeed } from "./lib/task/service_parts.ts";
import { holdMs } from "./lib/reading.ts";
import { dropStalledPeers } from "./lib/stalled_peers.ts";
import { UserError } from "./lib/user_error.ts";
import project from "./deno.json" with { type: "json" };

const HEARTBEAT_MS = 15_000;
/** Whoever stops the service loses patience after 2 s; what is not flushed by then rests in the spool. */
const LONGEST_STOP_MS = 1_800;
/** By then another program that holds the journal is not waited for any more. */
const LONGEST_FLUSH_MS = 1_200;

/** Runs the service until `stop` aborts. `overrides` win over the environment; `onServed` is told the page's address. */
async function runService(
  stop: AbortSignal,
  overrides: Environment = {},
  onServed: (url: string) => void = () => {},
): Promise<void> {
  const config = await loadConfig(overrides);
  const log = createLog(config.logLevel, { journald: config.logToJournald });
  // Only here: the web part is half of what a command would have to load.
  const { serve } = await import("./functions/serve.ts");
  const assets = await loadAssets();
  using _lock = await lockService(config.journalDir, (sentence) => log.warn(sentence));
  using years = new YearFiles(config.databasePath);
  const { journal, feed } = makeStoreAndFeed(config, years, log);
  await journal.open();
  await feed.load();
  const digest = makeDigestRun(config, years, {
    nowMs: clock.nowMs,
    flush: () => journal.flush(),
    onDigested: (day) => log.info(digestLine(day)),
    onFailed: ({ date, reason }) =>
      log.lasting(`digest ${date}`, `${date} is not digested: ${reason}`),
  });

  let meter = initialStatus(clock.nowMs());
  const startedAt = clock.nowMs();
  let newest = { at: startedAt, monoMs: clock.monoMs() };
  let limiter = initialLimiter(config.limits);
  const services: Services = {
    live: feed,
    digest,
    health: () => {
      const ageMs = clock.monoMs() - newest.monoMs;
      const evidence = { status: meter, lastAt: newest.at, ageMs, ...config };
      return health({
        meter: meterHealth(evidence),
        store: storeHealth(journal.status()),
        digest: digestHealth({ ...digest.evidence(), startedAt, nowMs: clock.nowMs() }),
      });
    },
    assets,
    version: project.version,
    reportFault: (sentence) => log.lasting("request", sentence),
    ...config,
  };
  Deno.cron("digest", "* * * * *", { signal: stop }, async () => {
    await digest.run().catch((error) =>
      log.lasting("digest", `the digest failed: ${error.message}`)
    );
  });
  const server = await serve(config, services);
  dropStalledPeers(server.port);
  log.info(`the page is at ${server.url}`);
  onServed(server.url);

  const tellStore = (status: StoreStatus) => {
    if (!status.ok) log.lasting("store", status.detail);
    feed.store(status);
  };
  const poll = pollMeter({
    open: () => openPort(config.serialPort),
    intervalMs: 1000 * config.sampleSeconds,
    channels: config.meterChannels,
    clock,
    signal: stop,
    onReading: (reading) => {
      newest = reading;
      limiter = step(limiter, reading, holdMs(config.sampleSeconds));
      const alarm = alarmStatus(limiter);
      const kept = journal.append(reading);
      feed.reading(reading, kept);
      feed.alarm(alarm);
      kept.then(() => {
        tellStore(journal.status());
        // The cut-off that may follow takes this machine's power too, and these readings matter most.
        if (alarm.state !== "ok") journal.flush();
      });
    },
    onStatus: (next, previous) => {
      meter = next;
      feed.meter(next);
      logChange(log, next, previous);
    },
  });
  const flushes = runFlushes({
    journal,
    flushMs: 1000 * config.flushSeconds,
    timeZone: config.timeZone,
    clock,
    signal: stop,
    onFlushed: tellStore,
  });
  const heartbeat = setInterval(() => {
    limiter = tick(limiter, clock.monoMs());
    feed.alarm(alarmStatus(limiter));
    feed.tick();
  }, HEARTBEAT_MS);

  await Promise.race([
    poll,
    flushes,
    new Promise((resolve) => stop.addEventListener("abort", resolve)),
  ]);
  clearInterval(heartbeat);
  const late = setTimeout(() => {
    log.error("stopping took too long: what is not flushed rests in the spool");
    Deno.exit(1);
  }, LONGEST_STOP_MS);
  feed.close();
  await Promise.all([poll, flushes]);
  await Promise.all([server.shutdown(), journal.flush(AbortSignal.timeout(LONGEST_FLUSH_MS))]);
  const { ok, detail } = journal.status();
  if (!ok) log.warn(detail);
  clearTimeout(late);
  log.info("stopped");
}

function logChange(log: Log, next: MeterStatus, previous: MeterStatus): void {
  const sentence = changeSentence(next, previous);
  if (sentence === null) return;
  if (next.state === "connected") log.info(sentence);
  else log.warn(sentence);
}

/** Aborts at SIGTERM, SIGINT or SIGHUP; a Ctrl-C comes twice, from the terminal and from `deno task`. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop.abort());
  }
  return stop.signal;
}

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  start: () => runService(stopSignal()),
  demo: async () => {
    const { runDemo } = await import("./lib/task/demo.ts");
    await runDemo(stopSignal(), runService);
  },
  digest: async (dates) => {
    const { runDigestTask } = await import("./lib/task/digest.ts");
    await runDigestTask(dates, await loadConfig(), console.log);
  },
};

/** Runs a command; gives the exit status: 0 done, 1 failed, 2 badly asked for. */
async function run(name: string, args: string[]): Promise<number> {
  const command = COMMANDS[name];
  try {
    if (!command) {
      throw new ConfigError([`${name} is no command: ${Object.keys(COMMANDS).join(", ")}`]);
    }
    await command(args);
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const line of error.problems) console.error(line);
      return 2;
    }
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (import.meta.main) Deno.exit(await run(Deno.args[0] ?? "start", Deno.args.slice(1)));
