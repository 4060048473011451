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

/** Of whatever may be answered by 304. */
export const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  description: "Entity tags, of an ETag each: the answer that one of them names is not sent again",
  schema: { type: "string" },
};

/** What a question gets that something in the house stands in the way of. */
export const NOT_AVAILABLE: Answer = problemAnswer(
  "A file of the house cannot be read or written; the sentence says what to do",
  503,
  "Not available",
  "data/years/mcce.2024: the file is damaged and was left as it is; move it away and put its copy from a backup there",
);

/** What a question gets whose parameters are not understood; all that is wrong is told at once. */
export const REFUSED_PARAMETERS: Answer = problemAnswer(
  "A parameter is not understood",
  400,
  "Bad request",
  'from: "yesterday" is refused, it takes a date (2026-11-21), a time with its offset (2026-11-21T18:30:00+01:00) or epoch milliseconds',
);
