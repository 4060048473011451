import type { Health } from "../health.ts";
import type { AlarmStatus } from "../live/wire.ts";
import type { MeterStatus } from "../meter/status.ts";
import type { DiskRoom } from "../disk_room.ts";
import { counter, gauge, gauges, type MetricFamily, stateSet } from "./openmetrics.ts";
import type { Tally } from "./tally.ts";

/** What the metrics tell of the service at one moment. */
export interface MetricsEvidence {
  readonly version: string;
  /** Epoch milliseconds at which the service started. */
  readonly startedAt: number;
  /** The newest reading's as long as it holds. */
  readonly watts: number | null;
  /** Of the newest reading, or of the service before its first. */
  readonly readingAgeMs: number;
  /** Measured since the start. */
  readonly kWh: number;
  readonly kWhToday: number;
  readonly meter: MeterStatus;
  readonly alarm: AlarmStatus;
  readonly viewers: number;
  readonly droppedViewers: number;
  /** Readings that wait in memory. */
  readonly waitingReadings: number;
  readonly flushes: Pick<Tally, "count" | "seconds" | "failures">;
  readonly digests: Pick<Tally, "count" | "seconds" | "failures">;
  readonly health: Health;
  /** By what lies there: `journal`, `years`, `spool`; a disk that does not tell is absent. */
  readonly disks: Readonly<Record<string, DiskRoom>>;
  /** Bytes of each yearly file. */
  readonly yearBytes: Readonly<Record<string, number>>;
  readonly residentBytes: number;
}

/** Everything that `/metrics` tells. */
export function metricFamilies(evidence: MetricsEvidence): readonly MetricFamily[] {
  return [
    ...houseFamilies(evidence),
    ...meterFamilies(evidence),
    ...storeFamilies(evidence),
    ...processFamilies(evidence),
  ];
}

function houseFamilies(evidence: MetricsEvidence): readonly MetricFamily[] {
  const { watts, kWh, kWhToday, startedAt, alarm } = evidence;
  return [
    gauge("mcce_power_watts", "Power of the newest reading, while it holds", watts, "watts"),
    {
      name: "mcce_energy_kwh",
      type: "counter",
      unit: "kwh",
      help: "Energy measured since the service started",
      samples: [
        { suffix: "_total", value: kWh },
        { suffix: "_created", value: startedAt / 1000 },
      ],
    },
    gauge("mcce_energy_today_kwh", "Energy of the local day so far", kWhToday, "kwh"),
    stateSet(
      "mcce_alarm_state",
      "What the contract's limits say of the newest readings",
      ["ok", "above", "warning", "critical"],
      alarm.state,
    ),
    gauge(
      "mcce_alarm_trip_seconds",
      "Estimated time until the cut-off, while a tier is being spent",
      alarm.secondsToTrip,
      "seconds",
    ),
  ];
}

function meterFamilies({ meter, readingAgeMs }: MetricsEvidence): readonly MetricFamily[] {
  const kinds = ["good", "wrong", "missed", "zero"] as const;
  return [
    gauge(
      "mcce_reading_age_seconds",
      "Age of the newest reading; of the service before the first",
      readingAgeMs / 1000,
      "seconds",
    ),
    stateSet(
      "mcce_meter_state",
      "Whether the meter answers",
      ["connected", "silent", "missing"],
      meter.state,
    ),
    {
      name: "mcce_meter_replies",
      type: "counter",
      help: "Requests to the meter by how they ended",
      samples: kinds.map((kind) => ({ suffix: "_total", labels: { kind }, value: meter[kind] })),
    },
  ];
}

function storeFamilies(evidence: MetricsEvidence): readonly MetricFamily[] {
  const { flushes, digests, waitingReadings, disks, yearBytes } = evidence;
  const bytes = (of: keyof DiskRoom) =>
    Object.fromEntries(Object.entries(disks).map(([name, room]) => [name, room[of]]));
  return [
    duration("mcce_flush_duration_seconds", "Flushes of the spool to the journal", flushes),
    counter("mcce_flush_failures", "Flushes that the disk refused", flushes.failures),
    duration("mcce_digest_duration_seconds", "Days digested", digests),
    counter("mcce_digest_failures", "Days that could not be digested", digests.failures),
    gauge("mcce_waiting_readings", "Readings that wait in memory for the disk", waitingReadings),
    gauges(
      "mcce_disk_free_bytes",
      "Free space of the disk that it lies on",
      "folder",
      bytes("freeBytes"),
      "bytes",
    ),
    gauges(
      "mcce_disk_size_bytes",
      "Size of the disk that it lies on",
      "folder",
      bytes("totalBytes"),
      "bytes",
    ),
    gauges("mcce_database_bytes", "Size of a yearly file", "year", yearBytes, "bytes"),
  ];
}

function duration(name: string, help: string, { count, seconds }: Tallied): MetricFamily {
  const samples = [{ suffix: "_count", value: count }, { suffix: "_sum", value: seconds }];
  return { name, type: "summary", unit: "seconds", help, samples };
}

type Tallied = Pick<Tally, "count" | "seconds">;

function processFamilies(evidence: MetricsEvidence): readonly MetricFamily[] {
  const { viewers, droppedViewers, health, version, startedAt, residentBytes } = evidence;
  const parts = Object.entries(health.parts).map(([name, { ok }]) => [name, Number(ok)] as const);
  return [
    gauge("mcce_viewers", "Viewers of the live stream", viewers),
    counter("mcce_viewers_dropped", "Viewers that did not read", droppedViewers),
    gauges("mcce_health", "1: the part is well", "part", Object.fromEntries(parts)),
    {
      name: "mcce_build",
      type: "info",
      help: "The running program",
      samples: [{ suffix: "_info", labels: { version }, value: 1 }],
    },
    gauge(
      "process_resident_memory_bytes",
      "Resident memory of the service",
      residentBytes,
      "bytes",
    ),
    gauge(
      "process_start_time_seconds",
      "When the service started, in seconds of the epoch",
      startedAt / 1000,
      "seconds",
    ),
  ];
}
