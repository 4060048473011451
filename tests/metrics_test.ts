import { deepEqual, equal, match, throws } from "node:assert/strict";
import fc from "fast-check";
import app from "../functions/app.ts";
import { addReading, NO_ENERGY } from "../lib/metrics/energy_counter.ts";
import { metricFamilies, type MetricsEvidence } from "../lib/metrics/families.ts";
import { openMetrics } from "../lib/metrics/openmetrics.ts";
import { Tally } from "../lib/metrics/tally.ts";
import { initialStatus } from "../lib/meter/status.ts";
import { anyText } from "./support/any_text.ts";
import { parseOpenMetrics } from "./support/openmetrics.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const tally = { count: 3, seconds: 0.25, failures: 1 };
const part = { ok: true, since: 1, detail: "well" };

function evidence(change: Partial<MetricsEvidence> = {}): MetricsEvidence {
  return {
    version: '1.0.0 "quoted" \\ and\nbroken',
    startedAt: 1_795_387_806_123,
    watts: 1999,
    readingAgeMs: 1_250,
    kWh: 7.412,
    kWhToday: 0.5,
    meter: { ...initialStatus(0), state: "connected", good: 12, wrong: 3, missed: 2, zero: 1 },
    alarm: { state: "warning", secondsToTrip: 92, shedWatts: 400 },
    viewers: 2,
    droppedViewers: 1,
    waitingReadings: 4,
    flushes: tally,
    digests: tally,
    health: { ok: false, parts: { meter: part, store: { ...part, ok: false } } },
    disks: {
      journal: { totalBytes: 1e9, freeBytes: 5e8 },
      years: { totalBytes: 2e9, freeBytes: 1 },
    },
    yearBytes: { "2025": 9_000_000, "2026": 4096 },
    residentBytes: 70e6,
    ...change,
  };
}

const metricsOf = (change: Partial<MetricsEvidence> = {}) =>
  parseOpenMetrics(openMetrics(metricFamilies(evidence(change))));

Deno.test("everything that is known is told in text that a strict reader takes", () => {
  const metrics = metricsOf();
  const expected: Record<string, number> = {
    mcce_power_watts: 1999,
    mcce_energy_kwh_total: 7.412,
    mcce_energy_kwh_created: 1_795_387_806.123,
    mcce_energy_today_kwh: 0.5,
    mcce_reading_age_seconds: 1.25,
    'mcce_meter_replies_total{kind="good"}': 12,
    'mcce_meter_replies_total{kind="wrong"}': 3,
    'mcce_meter_replies_total{kind="missed"}': 2,
    'mcce_meter_replies_total{kind="zero"}': 1,
    'mcce_meter_state{mcce_meter_state="connected"}': 1,
    'mcce_meter_state{mcce_meter_state="missing"}': 0,
    'mcce_alarm_state{mcce_alarm_state="warning"}': 1,
    'mcce_alarm_state{mcce_alarm_state="ok"}': 0,
    mcce_alarm_trip_seconds: 92,
    mcce_viewers: 2,
    mcce_viewers_dropped_total: 1,
    mcce_flush_duration_seconds_count: 3,
    mcce_flush_duration_seconds_sum: 0.25,
    mcce_flush_failures_total: 1,
    mcce_digest_duration_seconds_count: 3,
    mcce_digest_failures_total: 1,
    mcce_waiting_readings: 4,
    'mcce_health{part="store"}': 0,
    'mcce_disk_free_bytes{folder="years"}': 1,
    'mcce_disk_size_bytes{folder="journal"}': 1e9,
    'mcce_database_bytes{year="2025"}': 9_000_000,
    process_resident_memory_bytes: 70e6,
  };
  for (const [name, value] of Object.entries(expected)) equal(metrics.get(name), value, name);
});

Deno.test("what is not known has no line, since any number would be taken for measured", () => {
  const alarm = { state: "ok", secondsToTrip: null, shedWatts: 0 } as const;
  const metrics = metricsOf({ watts: null, alarm, disks: {}, yearBytes: {} });
  const names = [...metrics.keys()].join();
  for (const name of ["power_watts", "trip_seconds", "disk_", "database_"]) {
    equal(names.includes(name), false, name);
  }
});

Deno.test("names, help and label values of any kind are escaped", () => {
  fc.assert(fc.property(anyText, (value) => {
    const samples = [{ labels: { of: value }, value: 1 }];
    const text = openMetrics([{ name: "a", type: "gauge", help: `${value}.`, samples }]);
    equal(parseOpenMetrics(text.replaceAll(/[\r\u2028\u2029]/g, "")).size, 1);
  }));
});

Deno.test("the strict reader refuses what the standard forbids", () => {
  const head = "# TYPE a counter\n# HELP a b\n";
  for (
    const text of [
      "",
      "# EOF",
      `${head}a 1\n# EOF\n`,
      `${head}a_total -1\n# EOF\n`,
      `${head}a_total 1\na_total 2\n# EOF\n`,
      `${head}a_total NaN\n# EOF\n`,
      `${head}a_total 1\n${head}a_total 1\n# EOF\n`,
      "# TYPE a gauge\n# UNIT a watts\na 1\n# EOF\n",
      "a 1\n# EOF\n",
      `${head}a_total{b="c} 1\n# EOF\n`,
    ]
  ) {
    throws(() => parseOpenMetrics(text), Error, text);
  }
});

Deno.test("/metrics says what it is and is kept by nobody", async () => {
  const services = servicesFixture({ metrics: () => openMetrics(metricFamilies(evidence())) });
  const answer = await app.request("/metrics", { headers: { host: "localhost" } }, services);
  equal(
    answer.headers.get("content-type"),
    "application/openmetrics-text; version=1.0.0; charset=utf-8",
  );
  equal(answer.headers.get("cache-control"), "no-store");
  match(await answer.text(), /^# TYPE mcce_power_watts gauge\n[^]*\n# EOF\n$/);
});

Deno.test("the energy counter adds what each reading stood for, and a gap adds nothing", () => {
  const readings = [[0, 3600], [10_000, 1800], [60_000, 0], [70_000, 500]] as const;
  const counted = readings.reduce(
    (state, [monoMs, watts]) => addReading(state, { monoMs, watts }, 15_000),
    NO_ENERGY,
  );
  // 3600 W for 10 s, 1800 W for the 15 s that a reading holds, 0 W for 10 s.
  equal(counted.kWh, (3600 * 10 + 1800 * 15) / 3.6e6);
});

Deno.test("the energy counter never goes back", () => {
  const reading = fc.record({ gapMs: fc.nat(100_000), watts: fc.nat(20_000) });
  fc.assert(fc.property(fc.array(reading), (readings) => {
    let [state, monoMs] = [NO_ENERGY, 0];
    for (const { gapMs, watts } of readings) {
      monoMs += gapMs;
      const next = addReading(state, { watts, monoMs }, 15_000);
      equal(next.kWh >= state.kWh, true);
      state = next;
    }
  }));
});

Deno.test("a tally counts how often, how long and how often in vain", async () => {
  let monoMs = 0;
  const tally = new Tally(() => monoMs);
  const work = (ms: number, result: () => string) => () => {
    monoMs += ms;
    return Promise.resolve().then(result);
  };
  equal(await tally.time(work(500, () => "done")), "done");
  await tally.time(work(250, () => "ill"), (result) => result !== "ill");
  await tally.time(work(250, () => {
    throw new Error("broken");
  })).catch(({ message }) => equal(message, "broken"));
  deepEqual([tally.count, tally.seconds, tally.failures], [3, 1, 2]);
});
