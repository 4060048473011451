import * as z from "zod/mini";
import type { CutOff, Episode } from "../../../lib/alarm/episode.ts";
import { atMs, said, watts } from "../schema.ts";
import { LIVE_SCHEMAS } from "./live.ts";

const cutOff = z.strictObject({
  at: atMs("The last reading before it"),
  watts: watts("That reading"),
  secondsAbove: said(z.number(), "For how long power had then been at or above tierWatts"),
  tierWatts: watts("The level that the house was cut off at, as far as its readings tell"),
  endedBy: said(z.enum(["boot", "meter"]), "What ended the silence"),
  suggestedLimits: said(
    z.nullable(z.string()),
    "LIMITS by which the alarm would have foreseen it; null when those that held did",
  ),
}) satisfies z.ZodMiniType<CutOff>;

const episode = z.strictObject({
  from: atMs("When the first tier was reached"),
  to: atMs("When the last one was being spent no more"),
  isOpen: said(z.boolean(), "Whether it goes on; it is reckoned up to `to` then"),
  state: said(z.enum(["above", "warning", "critical"]), "The worst that the alarm said"),
  maxWatts: watts("The highest power"),
  maxAt: atMs("When that was first drawn"),
  secondsAbove: said(z.number(), "Seconds during which a tier was being spent"),
  whAboveCap: said(z.number(), "Energy drawn beyond the cap, in Wh"),
  secondsLeft: said(z.number(), "The nearest that it came to the cut-off; 0 when that was due"),
  tierWatts: watts("The tier that was nearest then"),
  limits: said(z.array(LIVE_SCHEMAS.Tier), "The limits that held"),
  cutOff: said(z.nullable(cutOff), "The probable cut-off that ended it, or one of its parts"),
}) satisfies z.ZodMiniType<Episode>;

const silence = z.strictObject({
  silencedUntil: said(z.nullable(z.number()), "Epoch milliseconds; null when the buzzer may sound"),
});

/** The named schemas of the alarm's record and of its silence. */
export const ALARM_SCHEMAS = {
  Episode: episode,
  Episodes: z.array(episode),
  CutOff: cutOff,
  Silence: silence,
};
