import { deepEqual, equal } from "node:assert/strict";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import { HouseState } from "../lib/house_state.ts";
import { createLog } from "../lib/log.ts";
import { Notifier } from "../lib/notify.ts";
import { watchService } from "../lib/task/watch_parts.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { NotifyServer } from "./support/notify_server.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 10, 21, 11);

/** A service without a meter that is watched, on the folder of one before it. */
class WatchedService implements AsyncDisposable {
  readonly lines: string[] = [];
  readonly #log = createLog("info", { journald: true, write: (line) => this.lines.push(line) });
  readonly #stop = new AbortController();
  readonly #house: HouseState;
  readonly #clock: VirtualClock;
  readonly #notifier: Notifier;
  readonly #watching: Promise<void>;

  constructor(folder: string, url: string, clock: VirtualClock) {
    this.#clock = clock;
    const now = { startedAt: clock.nowMs(), monoMs: clock.monoMs() };
    const limits = DEFAULT_TIERS;
    this.#house = new HouseState({ limits, appliances: [], sampleSeconds: 5, ...now });
    this.#house.meter = { ...this.#house.meter, problem: "/dev/ttyUSB0 is not there" };
    const zone = { language: "en", timeZone: "Europe/Rome" } as const;
    this.#notifier = new Notifier({ url, ...zone, clock, log: this.#log });
    const parts = {
      config: {
        journalDir: `${folder}/journal`,
        spoolDir: folder,
        databasePath: `${folder}/years/mcce`,
        timeZone: "Europe/Rome",
        heartbeatUrl: null,
      },
      startedAt: now.startedAt,
      house: this.#house,
      journal: { status: () => ({ ok: true, since: NOON, detail: "", waiting: 0 }) },
      digest: { evidence: () => ({ waiting: null, last: null, hasLooked: true }) },
      buzzer: { status: { state: "off", since: NOON, problem: null } },
      log: this.#log,
      notifier: this.#notifier,
    } as const;
    this.#watching = watchService(parts, this.#stop.signal, clock);
  }

  read(): void {
    this.#house.take({ at: this.#clock.nowMs(), watts: 500, monoMs: this.#clock.monoMs() });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#watching;
    await this.#notifier.close(AbortSignal.timeout(1_000));
  }
}

Deno.test("a house without readings is told to the log and to NOTIFY_URL, and when they come again", async () => {
  await using server = new NotifyServer();
  const folder = await Deno.makeTempDir();
  const clock = new VirtualClock(NOON);
  {
    await using service = new WatchedService(folder, server.url, clock);
    await clock.advance(9 * MINUTE_MS);
    equal(server.received.length, 0);
    await clock.advance(MINUTE_MS);
    await eventually("the news", () => server.received.length === 1);
    const [news] = server.received;
    deepEqual([news?.body["title"], news?.body["message"]], [
      "No readings",
      "No reading has come since 12:00. /dev/ttyUSB0 is not there",
    ]);
    await clock.advance(5 * MINUTE_MS);
    service.read();
    await clock.advance(MINUTE_MS);
    await eventually("the good news", () => server.received.length === 2);
    deepEqual(server.titles, ["No readings", "Readings are back"]);
    deepEqual(service.lines, [
      "<4>no reading has come for 10 minutes: /dev/ttyUSB0 is not there\n",
      "<6>readings come again\n",
    ]);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a service that starts again tells the end of what the one before it has told, and its begin no more", async () => {
  await using server = new NotifyServer();
  const folder = await Deno.makeTempDir();
  const clock = new VirtualClock(NOON);
  {
    await using _first = new WatchedService(folder, server.url, clock);
    await clock.advance(10 * MINUTE_MS);
    await eventually("the news", () => server.received.length === 1);
  }
  {
    await using second = new WatchedService(folder, server.url, clock);
    await clock.advance(30 * MINUTE_MS);
    deepEqual([server.received.length, second.lines], [1, []]);
    second.read();
    await clock.advance(MINUTE_MS);
    await eventually("the good news", () => server.received.length === 2);
  }
  {
    await using third = new WatchedService(folder, server.url, clock);
    third.read();
    await clock.advance(2 * MINUTE_MS);
    deepEqual(third.lines, []);
  }
  deepEqual(server.titles, ["No readings", "Readings are back"]);
  await Deno.remove(folder, { recursive: true });
});
