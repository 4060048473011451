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

Deno.test("a house without readings is told to the log and to NOTIFY_URL, and when they come again", async () => {
  await using server = new NotifyServer();
  const folder = await Deno.makeTempDir();
  const clock = new VirtualClock(NOON);
  const lines: string[] = [];
  const log = createLog("info", { journald: true, write: (line) => lines.push(line) });
  const house = new HouseState({
    limits: DEFAULT_TIERS,
    appliances: [],
    sampleSeconds: 5,
    startedAt: NOON,
    monoMs: 0,
  });
  house.meter = { ...house.meter, problem: "/dev/ttyUSB0 is not there" };
  const zone = { language: "en", timeZone: "Europe/Rome" } as const;
  const notifier = new Notifier({ url: server.url, ...zone, clock, log });
  const stop = new AbortController();
  const watching = watchService(
    {
      config: {
        journalDir: `${folder}/journal`,
        spoolDir: folder,
        databasePath: `${folder}/years/mcce`,
        timeZone: "Europe/Rome",
        heartbeatUrl: null,
      },
      startedAt: NOON,
      house,
      journal: { status: () => ({ ok: true, since: NOON, detail: "", waiting: 0 }) },
      digest: { evidence: () => ({ waiting: null, last: null }) },
      buzzer: { status: { state: "off", since: NOON, problem: null } },
      log,
      notifier,
    },
    stop.signal,
    clock,
  );
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
  house.take({ at: clock.nowMs(), watts: 500, monoMs: clock.monoMs() });
  await clock.advance(MINUTE_MS);
  await eventually("the good news", () => server.received.length === 2);
  deepEqual(server.titles, ["No readings", "Readings are back"]);
  deepEqual(lines, [
    "<4>no reading has come for 10 minutes: /dev/ttyUSB0 is not there\n",
    "<6>readings come again\n",
  ]);
  stop.abort();
  await watching;
  await notifier.close(AbortSignal.timeout(1_000));
  await Deno.remove(folder, { recursive: true });
});
