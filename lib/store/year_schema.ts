import { isDate } from "../calendar.ts";

/** Marks a SQLite file as one of this program's: "MCCE". */
export const APPLICATION_ID = 0x4d434345;

/** A row's length is its own, so that days keep theirs when MIN_TIME_RES changes. */
const POWER_COLUMNS = `
  start_ms INTEGER PRIMARY KEY,
  seconds INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  mean_watts REAL NOT NULL,
  min_watts REAL NOT NULL,
  max_watts REAL NOT NULL,
  covered_s REAL NOT NULL`;

/** Step `n` leads from schema version `n` to `n + 1`; a file of any older version takes the steps that it lacks. */
export const SCHEMA: readonly string[] = [
  `CREATE TABLE about (
    topic TEXT NOT NULL,
    since TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (topic, since)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE days (
    date TEXT PRIMARY KEY,
    zone TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    wh REAL NOT NULL,
    mean_watts REAL NOT NULL,
    min_watts REAL NOT NULL,
    max_watts REAL NOT NULL,
    max_at_ms INTEGER NOT NULL,
    covered_s REAL NOT NULL,
    readings INTEGER NOT NULL,
    last_at_ms INTEGER,
    last_watts INTEGER,
    base_load_watts REAL,
    source TEXT NOT NULL CHECK (source IN ('measured', 'origin'))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE history (${POWER_COLUMNS}) STRICT;
  CREATE TABLE six_hourly (${POWER_COLUMNS}) STRICT;

  CREATE TABLE packs (
    date TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('measured', 'origin')),
    hold_ms INTEGER NOT NULL,
    readings BLOB NOT NULL,
    PRIMARY KEY (date, source)
  ) STRICT;

  CREATE VIEW avg AS
    SELECT date AS "index", round(wh / 1000, 2) AS "kWh" FROM days ORDER BY date;`,

  // Days of before keep NULL, since only their readings could tell.
  `ALTER TABLE days ADD COLUMN f1_wh REAL;
  ALTER TABLE days ADD COLUMN f2_wh REAL;
  ALTER TABLE days ADD COLUMN f3_wh REAL;`,

  // Days of before have no episodes until they are digested again.
  `CREATE TABLE episodes (
    date TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('above', 'warning', 'critical')),
    max_watts INTEGER NOT NULL,
    max_at_ms INTEGER NOT NULL,
    seconds_above REAL NOT NULL,
    wh_above_cap REAL NOT NULL,
    seconds_left INTEGER NOT NULL,
    tier_watts INTEGER NOT NULL,
    limits TEXT NOT NULL,
    PRIMARY KEY (date, from_ms)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cut_offs (
    at_ms INTEGER PRIMARY KEY,
    watts INTEGER NOT NULL,
    seconds_above REAL NOT NULL,
    tier_watts INTEGER NOT NULL,
    ended_by TEXT NOT NULL CHECK (ended_by IN ('boot', 'meter')),
    limits TEXT NOT NULL,
    suggested_limits TEXT
  ) STRICT;`,

  // What the views of a year's days have in common stands here once: to open a file all of them are parsed.
  `CREATE VIEW day_rows AS
    SELECT days.date AS date, row.start_ms AS start_ms,
      strftime('%Y-%m-%d %H:%M:%S', row.start_ms / 1000 + utc_offset_s, 'unixepoch') AS "index",
      round(row.mean_watts, 2) AS "Wh"
    FROM days JOIN history AS row ON row.start_ms >= days.start_ms AND row.start_ms < days.end_ms;`,
];

/** The view by which pwrApp reads a day: local times, and mean power in watts under the name "Wh". Throws RangeError for what is no date. */
export function dayView(date: string): string {
  if (!isDate(date)) throw new RangeError(`${date} is no date`);
  return `CREATE VIEW IF NOT EXISTS "${date}" AS
    SELECT "index", "Wh" FROM day_rows WHERE date = '${date}' ORDER BY start_ms`;
}
