import { FORMATS, RESOLUTIONS, SOURCES } from "../../../lib/export/request.ts";
import { type Content, named, type Operation } from "../operation.ts";
import { NOT_AVAILABLE, REFUSED_PARAMETERS, SPAN } from "../parameters.ts";

const CSV: Content = {
  type: "text/csv",
  schema: { type: "string" },
  example: "time,watts\r\n2024-11-21T00:00:02.3+01:00,231\r\n2024-11-21T00:00:07.3+01:00,228\r\n",
};
const JSON_ROWS: Content = {
  type: "application/json",
  schema: {
    type: "array",
    items: { anyOf: [named("ExportReading"), named("ExportRow"), named("Day")] },
  },
  example: [{ time: "2024-11-21T00:00:02.3+01:00", watts: 231 }],
};
const NDJSON: Content = {
  type: "application/x-ndjson",
  schema: { type: "string" },
  example: '{"time":"2024-11-21T00:00:02.3+01:00","watts":231}\n',
};

/** Everything back. */
export const EXPORT_OPERATIONS: readonly Operation[] = [{
  method: "get",
  path: "/query/export",
  id: "export",
  tag: "query",
  summary: "Everything that is known of a span, as a file",
  description:
    "Columns and keys: raw time, watts; history time, meanWatts, minWatts, maxWatts, coverage (0 to 1); day as in /query/days, the bands as f1KWh, f2KWh, f3KWh in CSV. " +
    "time is ISO 8601 with the zone's offset, to the tenth of a second; history rows begin there. CSV is RFC 4180 with a header. " +
    "Raw readings are those of this program and those that were taken over from the Python origin, whose times are approximate, in the order of their times; of two at the same time that of this program. " +
    "Of NDJSON each line is an object such as JSON has in its array. " +
    "Of any length: the answer is made while it is sent, and a connection that breaks off ends the work. " +
    "It is never compressed, whatever Accept-Encoding says, and asks proxies to leave it so (no-transform): to compress a year takes far longer than to send it.",
  parameters: [
    ...SPAN,
    {
      name: "resolution",
      in: "query",
      description: "What a row is: a reading, a row of MIN_TIME_RES minutes, or a day",
      schema: { type: "string", enum: RESOLUTIONS, default: "raw" },
      example: "raw",
    },
    {
      name: "format",
      in: "query",
      description: "How it is written",
      schema: { type: "string", enum: FORMATS, default: "csv" },
      example: "csv",
    },
    {
      name: "source",
      in: "query",
      description:
        "Only the readings of this program, or only those of the origin; with resolution=raw",
      schema: { type: "string", enum: SOURCES },
      example: "measured",
    },
  ],
  answers: {
    200: {
      description: "The file, streamed",
      headers: { "content-disposition": "A name that tells the span and the resolution" },
      content: [CSV, JSON_ROWS, NDJSON],
    },
    400: REFUSED_PARAMETERS,
    503: NOT_AVAILABLE,
  },
}];
