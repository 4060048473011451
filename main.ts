import { loadAssets } from "./functions/assets.ts";
import { systemClock as clock } from "./lib/clock.ts";
import { type Config, ConfigError, type Environment, loadConfig } from "./lib/config.ts";
import type { StoreStatus } from "./lib/live/wire.ts";
import { createLog } from "./lib/log.ts";
import { openPort } from "./lib/meter/open_port.ts";
import { pollMeter } from "./lib/meter/poll.ts";
import { dropIdlePeers } from "./lib/peers.ts";
import { dropStalledPeers } from "./lib/stalled_peers.ts";
import { runFlushes } from "./lib/store/flush_loop.ts";
import { lockService, serviceSpoolDir } from "./lib/store/folder_lock.ts";
import { makeMemorySaver, type MemorySaver } from "./lib/spare_memory.ts";
import { YearFiles } from "./lib/store/year_files.ts";
import { recallAlarm } from "./lib/task/alarm_parts.ts";
import { warmUp } from "./lib/task/query_parts.ts";
import { makeParts, makeServices, type Parts } from "./lib/task/service_parts.ts";
import { limitStop, stopSignal } from "./lib/task/stop.ts";
import { showAlarm, soundAlarm, tellMeter, tellStore } from "./lib/task/tell.ts";
import { watchService } from "./lib/task/watch_parts.ts";
import { UserError } from "./lib/user_error.ts";

const HEARTBEAT_MS = 15_000;
const IDLE_CHECK_MS = 60_000;
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
  using _limit = limitStop(stop, log);
  const assets = await loadAssets();
  using _lock = await lockService(config.journalDir, config.spoolDir, (line) => log.warn(line));
  using years = new YearFiles(config.databasePath);
  const parts = await makeParts(config, years, log, stop);
  const { journal, feed, digest, cutOffs, supervision, buzzer, notifier, broker } = parts;
  // Also when an error ends the service: the pins are to be low then.
  await using _pins = buzzer;
  stop.addEventListener("abort", supervision.stopping);
  // Not only at the end: a stop that hangs is not to leave the amplifier powered.
  stop.addEventListener("abort", () => buzzer.close());
  buzzer.open();
  await journal.open();
  await feed.rebuild();
  await recallAlarm(parts);
  showAlarm(parts);
  tellStore(parts, journal.status());

  const memory = makeMemorySaver(clock.monoMs);
  Deno.cron("digest", "* * * * *", { signal: stop }, async () => {
    const tell = (error: Error) => log.lasting("digest", `the digest failed: ${error.message}`);
    await digest.run().catch(tell);
    cutOffs.retry();
  });
  await warmUp(parts, clock);
  memory.now();
  // Only here: the web part is half of what a command would have to load.
  const { serve } = await import("./functions/serve.ts");
  const server = await serve(config, makeServices(parts, assets));
  dropStalledPeers(server.port);
  const idle = setInterval(() => dropIdlePeers(server.port), IDLE_CHECK_MS);
  log.info(`the page is at ${server.url}`);
  onServed(server.url);
  supervision.ready();
  const watching = watchService(parts, stop);

  await runLoops(parts, stop, memory);
  clearInterval(idle);
  feed.close();
  const late = AbortSignal.timeout(LONGEST_FLUSH_MS);
  const others = [watching, cutOffs.end(), buzzer.close(), notifier?.close(late), broker?.close()];
  await Promise.all([server.shutdown(), journal.flush(late), ...others]);
  const { ok, detail } = journal.status();
  if (!ok) log.warn(detail);
  log.info("stopped");
}

/** Polls and flushes until `stop` aborts; throws what a bug throws, so that systemd starts the service anew. */
async function runLoops(parts: Parts, stop: AbortSignal, memory: MemorySaver): Promise<void> {
  const { config, journal, feed, house, cutOffs, supervision, broker } = parts;
  const onFlushed = (status: StoreStatus) => tellStore(parts, status);
  const poll = pollMeter({
    open: (signal) => openPort(config.serialPort, signal),
    intervalMs: 1000 * config.sampleSeconds,
    channels: config.meterChannels,
    clock,
    signal: stop,
    onReading: (reading) => {
      const wasSpent = house.lastSpent;
      const cutOffAt = house.take(reading);
      soundAlarm(parts, reading.monoMs);
      if (cutOffAt !== null) cutOffs.meterReturned(cutOffAt);
      const kept = journal.append(reading);
      feed.reading(reading, kept).then(() => {
        showAlarm(parts);
        broker?.tell(feed.now());
      });
      kept.then(() => tellStore(parts, journal.status()));
      // The cut-off that may follow takes this machine's power too, and these readings matter most. Without the all-clear
      // after them, power that goes for another reason would look like one.
      const isClear = wasSpent && !house.lastSpent;
      if (house.alarm.state !== "ok" || isClear) kept.then(() => journal.flush(stop));
    },
    onStatus: (next, previous) => {
      tellMeter(parts, next, previous);
      broker?.tell(feed.now());
      supervision.turned(next);
      memory.turned();
    },
  });
  const flushMs = 1000 * config.flushSeconds;
  const { timeZone } = config;
  const flushes = runFlushes({ journal, flushMs, timeZone, clock, signal: stop, onFlushed });
  const heartbeat = setInterval(() => {
    soundAlarm(parts, clock.monoMs());
    showAlarm(parts);
    feed.tick();
    broker?.tell(feed.now());
  }, HEARTBEAT_MS);
  await Promise.all([poll, flushes]);
  clearInterval(heartbeat);
}

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  start: async (args) => {
    takesNothing(args);
    await runService(stopSignal());
  },
  demo: async (args) => {
    takesNothing(args);
    const { runDemo } = await import("./lib/task/demo.ts");
    await runDemo(stopSignal(), runService);
  },
  digest: async (dates) => {
    const { runDigestTask } = await import("./lib/task/digest.ts");
    await runDigestTask(dates, await besideService(), console.log);
  },
  import: async (paths) => {
    const { runImport } = await import("./lib/task/import.ts");
    await runImport(paths, await besideService(), { print: console.log, progress: console.error });
  },
  export: async (args) => {
    const { runExport } = await import("./lib/task/export.ts");
    const [config, stop] = [await besideService(), stopSignal()];
    await runExport(args, { config, clock, stop, print: console.log });
  },
  backup: async (folder) => {
    const { runBackup } = await import("./lib/task/backup.ts");
    await runBackup(folder, await besideService(), console.log);
  },
  contract: async (args) => {
    const { runContract } = await import("./lib/task/contract.ts");
    runContract(args, await loadConfig(), console.log);
  },
  doctor: async (args) => (await import("./lib/task/doctor.ts")).runDoctor(args, console.log),
  "alarm-test": async (args) => {
    takesNothing(args);
    const { runAlarmTest } = await import("./lib/task/alarm_test.ts");
    await runAlarmTest(await loadConfig(), console.log, stopSignal());
  },
  "pins-low": async (args) => {
    takesNothing(args);
    const { runPinsLow } = await import("./lib/task/pins_low.ts");
    runPinsLow(await loadConfig());
  },
};

/** The configuration of a command: what a service holds in its spool is read from where that lies. */
async function besideService(): Promise<Config> {
  const config = await loadConfig();
  return { ...config, spoolDir: await serviceSpoolDir(config.journalDir) ?? config.spoolDir };
}

function takesNothing(args: readonly string[]): void {
  if (args.length > 0) {
    throw new ConfigError([`${args.join(" ")} is not understood: this takes no words.`]);
  }
}

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
