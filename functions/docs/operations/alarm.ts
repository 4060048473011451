import { json, type Operation, problemAnswer } from "../operation.ts";
import { NOT_AVAILABLE, REFUSED_PARAMETERS, SPAN } from "../parameters.ts";

const EPISODES = [{
  from: 1_732_217_700_000,
  to: 1_732_221_300_000,
  isOpen: false,
  state: "critical",
  maxWatts: 4840,
  maxAt: 1_732_218_000_000,
  secondsAbove: 3540,
  whAboveCap: 12.4,
  secondsLeft: 35,
  tierWatts: 4200,
  limits: [{ watts: 3300, seconds: 10_800 }, { watts: 4200, seconds: 120 }],
  cutOff: null,
}];

/** The contract's limits and what became of them. */
export const ALARM_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/alarm/episodes",
    id: "alarmEpisodes",
    tag: "alarm",
    summary: "When the contract's limits were spent, and how near the cut-off was",
    description:
      "Interruptions of less than ten minutes are part of an episode. All of it is reckoned as the alarm reckons: an estimate.",
    parameters: SPAN,
    answers: {
      200: {
        description: "The episodes that touch the span, oldest first",
        content: [json("Episodes", EPISODES)],
      },
      400: REFUSED_PARAMETERS,
      503: NOT_AVAILABLE,
    },
  },
  {
    method: "post",
    path: "/alarm/silence",
    id: "alarmSilence",
    tag: "alarm",
    summary: "Silences the buzzer for some minutes",
    description:
      "It ends by itself; a new alarm of the cap after an all-clear sounds nevertheless. Pages and notifications go on.",
    body: {
      description: "For how long, from now on",
      type: "application/json",
      required: true,
      schema: {
        type: "object",
        properties: { minutes: { type: "integer", minimum: 1, maximum: 60 } },
        required: ["minutes"],
        additionalProperties: false,
      },
      example: { minutes: 10 },
    },
    answers: {
      200: {
        description: "Until when it is silent",
        content: [json("Silence", { silencedUntil: 1_732_219_200_000 })],
      },
      400: problemAnswer(
        "The body is not understood",
        400,
        "Bad request",
        'minutes: the body takes {"minutes":n}, n a whole number from 1 to 60',
      ),
    },
  },
  {
    method: "delete",
    path: "/alarm/silence",
    id: "alarmSound",
    tag: "alarm",
    summary: "Lets the buzzer sound again",
    answers: {
      200: {
        description: "It is not silenced any more",
        content: [json("Silence", { silencedUntil: null })],
      },
    },
  },
];
