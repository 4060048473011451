import { type Answer, type Parameter, problemAnswer } from "./operation.ts";

const TIME =
  "a date YYYY-MM-DD in TIME_ZONE, an ISO 8601 time with its offset, or epoch milliseconds";

/** The span of time that most questions are about. */
export const SPAN: readonly Parameter[] = [
  {
    name: "from",
    in: "query",
    description: `Where the span begins, ${TIME}. Without it, with the first known day`,
    schema: { type: "string" },
    example: "2024-11-21",
  },
  {
    name: "to",
    in: "query",
    description: `Where it ends: a date is included, a time is not. Without it, with today`,
    schema: { type: "string" },
    example: "2024-11-22",
  },
];

/** What a question gets whose parameters are not understood; all that is wrong is told at once. */
export const REFUSED_PARAMETERS: Answer = problemAnswer(
  "A parameter is not understood",
  400,
  "Bad request",
  'from: "yesterday" is refused, it takes a date (2026-11-21), a time with its offset (2026-11-21T18:30:00+01:00) or epoch milliseconds',
);
