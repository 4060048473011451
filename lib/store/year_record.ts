import type { DatabaseSync } from "node:sqlite";
import { episodesOf } from "../alarm/episodes.ts";
import type { DatedCutOff, DayEpisode } from "../alarm/join_episodes.ts";
import { formatTiers, parseTiers, type Tier } from "../alarm/tiers.ts";
import type { LocalDay } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import type { HeldReadings } from "./digest.ts";
import { statement } from "./statement.ts";
import { type Fact, readFacts } from "./year_read.ts";

/** By which limits a day's episodes are found. */
export interface DayAlarm {
  /** Those that hold at present. */
  readonly limits: readonly Tier[];
  /** The measured readings before the day, as far as these limits ask for them. */
  readonly before: (limits: readonly Tier[]) => readonly Reading[];
}

/** Puts the episodes of a day's readings in the place of those that were stored; gives the limits that held. */
export function writeEpisodes(
  db: DatabaseSync,
  day: LocalDay,
  measured: HeldReadings,
  alarm: DayAlarm,
  isStored: boolean,
): readonly Tier[] {
  const { date, startMs, endMs } = day;
  const tiers = limitsOn(date, readFacts(db, "limits"), isStored) ?? alarm.limits;
  const parts = episodesOf({
    ...measured,
    span: day,
    before: alarm.before(tiers),
    tiers,
    cutOffsAt: readCutOffs(db, startMs, endMs).map(({ at }) => at),
  });
  statement(db, "DELETE FROM episodes WHERE date = ?").run(date);
  for (const part of parts) writeEpisode(db, date, { ...part, limits: formatTiers(tiers) });
  return tiers;
}

/**
 * A day that is stored keeps the limits that held on it, and one that comes late has those of its time: neither was lived
 * under today's. `undefined`: today's hold.
 */
function limitsOn(
  date: string,
  facts: readonly Fact[],
  isStored: boolean,
): readonly Tier[] | undefined {
  const isPast = isStored || (facts.at(-1)?.since ?? "") > date;
  const fact = isPast ? facts.findLast(({ since }) => since <= date) ?? facts[0] : undefined;
  return fact && parseTiers(fact.text);
}

function writeEpisode(db: DatabaseSync, date: string, episode: DayEpisode): void {
  statement(db, "INSERT INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
    date,
    episode.from,
    episode.to,
    episode.state,
    episode.maxWatts,
    episode.maxAt,
    episode.secondsAbove,
    episode.whAboveCap,
    episode.secondsLeft,
    episode.tierWatts,
    episode.limits,
  );
}

/** The episodes of the days from one date to another, both included, in order. */
export function readEpisodes(
  db: DatabaseSync,
  fromDate: string,
  toDate: string,
): DayEpisode[] {
  const sql = `SELECT from_ms AS "from", to_ms AS "to", state, max_watts AS maxWatts,
      max_at_ms AS maxAt, seconds_above AS secondsAbove, wh_above_cap AS whAboveCap,
      seconds_left AS secondsLeft, tier_watts AS tierWatts, limits
    FROM episodes WHERE date >= ? AND date <= ? ORDER BY from_ms`;
  return statement(db, sql).all(fromDate, toDate) as unknown as DayEpisode[];
}

/** Notes a cut-off; doing it again changes nothing. Gives whether it is a new one. */
export function writeCutOff(db: DatabaseSync, cutOff: DatedCutOff): boolean {
  const { changes } = statement(db, "INSERT OR IGNORE INTO cut_offs VALUES (?, ?, ?, ?, ?, ?, ?)")
    .run(
      cutOff.at,
      cutOff.watts,
      cutOff.secondsAbove,
      cutOff.tierWatts,
      cutOff.endedBy,
      cutOff.limits,
      cutOff.suggestedLimits,
    );
  return Number(changes) > 0;
}

/** The cut-offs whose last reading lies in [fromMs, toMs), in order. */
export function readCutOffs(db: DatabaseSync, fromMs: number, toMs: number): DatedCutOff[] {
  const sql = `SELECT at_ms AS at, watts, seconds_above AS secondsAbove, tier_watts AS tierWatts,
      ended_by AS endedBy, limits, suggested_limits AS suggestedLimits
    FROM cut_offs WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms`;
  return statement(db, sql).all(fromMs, toMs) as unknown as DatedCutOff[];
}

/** The highest power of the rows that touch [fromMs, toMs); `null` when there are none. */
export function readHighest(db: DatabaseSync, fromMs: number, toMs: number): number | null {
  const sql = `SELECT max(max_watts) AS watts FROM history
    WHERE start_ms > ? - 86400000 AND start_ms < ? AND start_ms + seconds * 1000 > ?`;
  const row = statement(db, sql).get(fromMs, toMs, fromMs);
  return row?.watts as number | null;
}
