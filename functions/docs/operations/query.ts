import { DEFAULT_POINTS, LEAST_POINTS, MOST_POINTS } from "../../../lib/query/parameters.ts";
import { type Answer, json, type Operation, type Parameter } from "../operation.ts";
import { NOT_AVAILABLE, REFUSED_PARAMETERS, SPAN } from "../parameters.ts";

const BANDS = { f1: 2.871, f2: 1.93, f3: 2.611 };

const DAY = {
  date: "2024-11-21",
  kWh: 7.412,
  meanWatts: 308.83,
  minWatts: 112,
  maxWatts: 4198,
  maxAt: 1_732_214_461_300,
  coverage: 0.99994,
  source: "measured",
  bandsKWh: BANDS,
  baseLoadWatts: 131.4,
};

const HISTORY = {
  level: "raw",
  endMs: 1_732_316_400_000,
  rows: [
    { at: 1_732_143_600_000, meanWatts: 246.25, minWatts: 241, maxWatts: 252 },
    { at: 1_732_143_773_000, meanWatts: null, minWatts: null, maxWatts: null },
  ],
};

const STATS = {
  days: 2,
  max: 7.412,
  min: 6.988,
  mean: 7.2,
  std: 0.299813,
  sum: 14.4,
  months: [{ month: 11, kWh: 14.4, share: 1 }],
  bandsKWh: { f1: 5.802, f2: 3.73, f3: 4.868 },
};

const POINTS: Parameter = {
  name: "points",
  in: "query",
  description: `The most rows that the answer may have, ${DEFAULT_POINTS} without it`,
  schema: {
    type: "integer",
    minimum: LEAST_POINTS,
    maximum: MOST_POINTS,
    default: DEFAULT_POINTS,
  },
  example: "500",
};

const YEAR: Parameter = {
  name: "year",
  in: "query",
  description: "The year",
  required: true,
  schema: { type: "integer", minimum: 1000, maximum: 9999 },
  example: "2024",
};

const MONTH: Parameter = {
  name: "month",
  in: "query",
  description: "1 to 12; without it the whole year",
  schema: { type: "integer", minimum: 1, maximum: 12 },
  example: "11",
};

/** Of what is complete; a span that reaches into today has none. */
const ETAG = { ETag: "Of what lies before today: changes when a late reading or an import does" };
const UNCHANGED: Answer = { description: "Nothing has changed since the ETag of If-None-Match" };
const COMMON = { 304: UNCHANGED, 400: REFUSED_PARAMETERS, 503: NOT_AVAILABLE };

/** What is asked about the past, and today so far. */
export const QUERY_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/query/span",
    id: "knownSpan",
    tag: "query",
    summary: "From which day to which anything is known",
    answers: {
      200: {
        description: "The days; null before the first reading",
        content: [json("KnownSpan", {
          timeZone: "Europe/Rome",
          firstDate: "2016-02-01",
          lastDate: "2024-11-22",
          today: "2024-11-22",
        })],
      },
      400: REFUSED_PARAMETERS,
      503: NOT_AVAILABLE,
    },
  },
  {
    method: "get",
    path: "/query/days",
    id: "days",
    tag: "query",
    summary: "A row for each day",
    description: "A day without readings is absent. Times in a span stand for the days they touch.",
    parameters: SPAN,
    answers: {
      200: { description: "The days, oldest first", headers: ETAG, content: [json("Days", [DAY])] },
      ...COMMON,
    },
  },
  {
    method: "get",
    path: "/query/history",
    id: "history",
    tag: "query",
    summary: "The power curve of any span",
    description:
      "Of more readings than points those near each other share a row, by minimum, mean and maximum, so that no peak disappears.",
    parameters: [...SPAN, POINTS],
    answers: {
      200: { description: "The curve", headers: ETAG, content: [json("History", HISTORY)] },
      ...COMMON,
    },
  },
  {
    method: "get",
    path: "/query/stats",
    id: "stats",
    tag: "query",
    summary: "The energy of a year's or a month's complete days",
    parameters: [YEAR, MONTH],
    answers: {
      200: { description: "The statistics", headers: ETAG, content: [json("Stats", STATS)] },
      ...COMMON,
    },
  },
];
