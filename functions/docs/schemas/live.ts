import * as z from "zod/mini";
import type { Tier } from "../../../lib/alarm/tiers.ts";
import type {
  AlarmEvent,
  ApplianceAnswer,
  Curve,
  LiveNow,
  ReadingEvent,
  Snapshot,
  StatusEvent,
  StoreStatus,
} from "../../../lib/live/wire.ts";
import type { MeterStatus } from "../../../lib/meter/status.ts";
import { atMs, date, kWh, said, share, watts } from "../schema.ts";

const count = (what: string) => said(z.int().check(z.minimum(0)), what);
const curve = (what: string) => said(z.array(z.nullable(z.number())), what);

const tier = z.strictObject({
  watts: watts("Power at or above which the time runs down"),
  seconds: said(z.number(), "Longest time at or above it"),
}) satisfies z.ZodMiniType<Tier>;

const counters = {
  state: said(
    z.enum(["connected", "silent", "missing"]),
    "missing: the port cannot be opened; silent: nothing answers; connected: it answers",
  ),
  since: atMs("Since when the state holds"),
  good: count("Replies that gave power"),
  wrong: count("Replies that break the protocol"),
  missed: count("Requests that nothing answered"),
  zero: count("Replies of 0 W, which are readings only once they have lasted 60 s"),
};

const meter = z.strictObject({
  ...counters,
  lastWrong: said(z.nullable(z.string()), "Why the newest wrong reply was wrong"),
  problem: said(z.nullable(z.string()), "Why the port is missing, with a remedy"),
  ignoredChannels: said(z.array(z.int()), "Active channels that METER_CHANNELS should name"),
  channels: said(z.array(z.int()), "The channels whose sum is the mains"),
}) satisfies z.ZodMiniType<MeterStatus>;

const appliance = z.strictObject({
  name: z.string(),
  watts: watts("What it draws"),
  answer: said(
    z.enum(["yes", "for", "trips", "unknown"]),
    "Can it be switched on now? yes; for a good while; trips: the cut-off is less than half an hour away then; unknown: no reading holds",
  ),
  secondsToTrip: said(z.nullable(z.number()), "For how long, an estimate"),
}) satisfies z.ZodMiniType<ApplianceAnswer>;

const alarm = z.strictObject({
  state: z.enum(["ok", "above", "warning", "critical"]),
  secondsToTrip: said(z.nullable(z.number()), "An estimate; null when no tier is being spent"),
  shedWatts: watts("What to switch off to stop spending"),
  tierWatts: z.nullable(watts("The tier whose time runs down")),
  silencedUntil: z.nullable(atMs("Until when the buzzer is silent because a person wants it so")),
  appliances: said(z.array(appliance), "In the order of APPLIANCES"),
}) satisfies z.ZodMiniType<AlarmEvent>;

const store = z.strictObject({
  ok: said(z.boolean(), "false while the disk takes nothing"),
  since: atMs("Since when that holds"),
  detail: said(z.string(), "One sentence; empty when all is well"),
  waiting: count("Readings that wait in memory"),
}) satisfies z.ZodMiniType<StoreStatus>;

const day = {
  date: date("Today"),
  startMs: atMs("When the day began"),
  endMs: atMs("When it ends, 23, 24 or 25 hours later"),
  kWhToday: kWh("Energy since the day began"),
  minWatts: z.nullable(watts("Lowest power")),
  minAt: z.nullable(atMs("When that began")),
  maxWatts: z.nullable(watts("Highest power")),
  maxAt: z.nullable(atMs("When that began")),
  coverage: share("The part of the day so far that was really measured"),
};

const dayCurve = z.strictObject({
  startMs: atMs("Start of the first value"),
  stepS: said(z.number(), "Seconds from one value to the next"),
  meanWatts: curve("null where nothing was measured"),
  minWatts: curve("Lowest of each minute"),
  maxWatts: curve("Highest of each minute"),
}) satisfies z.ZodMiniType<Curve>;

const newest = {
  at: z.nullable(atMs("The newest reading's time; null before the first")),
  watts: z.nullable(watts("The newest reading")),
  stale: said(z.boolean(), "Whether the newest reading no longer holds"),
};

const snapshot = z.strictObject({
  version: z.string(),
  now: atMs("The server's clock"),
  timeZone: said(z.string(), "IANA name"),
  sampleSeconds: z.number(),
  limits: said(z.array(tier), "The contract's tiers, rising; the last is the cap"),
  ...newest,
  today: z.strictObject(day),
  curve: said(dayCurve, "Today by the minute"),
  yesterday: said(
    z.nullable(z.array(z.nullable(z.number()))),
    "Yesterday's mean watts at the same local time as each minute of today",
  ),
  lastHour: said(
    z.strictObject({ at: z.array(z.int()), watts: z.array(z.number()) }),
    "The readings of the last hour, at most 1,500",
  ),
  meter,
  alarm: z.nullable(alarm),
  store,
}) satisfies z.ZodMiniType<Snapshot>;

const reading = z.strictObject({
  at: atMs("The reading's time"),
  watts: watts("The reading"),
  ...day,
}) satisfies z.ZodMiniType<ReadingEvent>;

const status = z.strictObject({ meter, store }) satisfies z.ZodMiniType<StatusEvent>;

const now = z.strictObject({
  ...newest,
  kWhToday: day.kWhToday,
  alarm: z.nullable(alarm),
  meter: z.strictObject(counters),
}) satisfies z.ZodMiniType<LiveNow>;

/** The named schemas of the live routes. */
export const LIVE_SCHEMAS = {
  Snapshot: snapshot,
  ReadingEvent: reading,
  StatusEvent: status,
  AlarmEvent: alarm,
  LiveNow: now,
  MeterStatus: meter,
  StoreStatus: store,
  Tier: tier,
  ApplianceAnswer: appliance,
};
