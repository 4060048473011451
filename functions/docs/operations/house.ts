import { TOO_MANY, UNAUTHORIZED } from "../common_answers.ts";
import { json, named, type Operation, problemAnswer } from "../operation.ts";
import { NOT_AVAILABLE } from "../parameters.ts";

const STATE = {
  last: { date: "2024-11-20", at: 1_732_143_660_000, kWh: 7.412 },
  pending: ["2024-11-19"],
  failed: [{
    date: "2024-11-19",
    reason: "data/years/mcce.2024: no room is left on the disk",
  }],
};

const part = (detail: string) => ({ ok: true, since: 1_732_170_000_000, detail });
const HEALTH = {
  ok: true,
  parts: {
    meter: part("connected; 12345 good, 3 wrong, 2 missed, 0 zero replies"),
    store: part("readings reach the journal"),
    digest: part("the newest digested day is 2024-11-20"),
  },
};
const ILL = {
  ok: false,
  parts: { ...HEALTH.parts, meter: { ...part("silent"), ok: false } },
};

/** The digest, whether all is well, and figures of it. */
export const HOUSE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/digest",
    id: "digestState",
    tag: "digest",
    summary: "The digested and the pending days",
    answers: {
      200: { description: "How things stand", content: [json("DigestState", STATE)] },
      503: NOT_AVAILABLE,
    },
  },
  {
    method: "post",
    path: "/digest",
    id: "digest",
    tag: "digest",
    summary: "Digests a day, or every pending one",
    description:
      "It happens each minute by itself. To digest a day again changes nothing unless readings have come since.",
    body: {
      description: "The day; without it every pending one",
      type: "application/json",
      required: false,
      schema: {
        type: "object",
        properties: { date: { type: "string", description: "A completed day, YYYY-MM-DD" } },
        additionalProperties: false,
      },
      example: { date: "2024-11-20" },
    },
    answers: {
      200: { description: "How things stand now", content: [json("DigestState", STATE)] },
      400: problemAnswer(
        "The body is not understood, or its day is not over",
        400,
        "Bad request",
        "date: 2124-11-21 is not over yet; a day is digested when it has ended",
      ),
      503: NOT_AVAILABLE,
    },
  },
  {
    method: "get",
    path: "/health",
    id: "health",
    tag: "health",
    summary: "Whether readings come, reach the disk and are digested",
    description:
      "For a watchdog: the status says it all, without a token too; a wrong one is refused. Not well without a reading for max(30 s, 5 intervals), with a completed day that waits for over an hour, or with a disk that takes nothing.",
    isOpen: true,
    answers: {
      200: { description: "All is well", content: [json("Health", HEALTH)] },
      401: UNAUTHORIZED,
      429: TOO_MANY,
      503: {
        description: "Something is not",
        content: [{ type: "application/json", schema: named("Health"), example: ILL }],
      },
    },
  },
  {
    method: "get",
    path: "/metrics",
    id: "metrics",
    tag: "health",
    summary: "Figures of the service for Prometheus and its like",
    description:
      "OpenMetrics text. What is not known, such as the power while no reading holds, has no line. mcce_energy_kwh_total counts from the start of the service, which _created tells.",
    answers: {
      200: {
        description: "The figures",
        content: [{ type: "application/openmetrics-text", schema: { type: "string" } }],
      },
    },
  },
];
