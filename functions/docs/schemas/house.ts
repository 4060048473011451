import * as z from "zod/mini";
import type { Health, PartHealth } from "../../../lib/health.ts";
import type { DigestState } from "../../../lib/store/digest_run.ts";
import { atMs, date, kWh, said } from "../schema.ts";

const digest = z.strictObject({
  last: said(
    z.nullable(z.strictObject({
      date: date("The day"),
      at: atMs("When it was digested"),
      kWh: kWh("Its energy"),
    })),
    "The newest day that was digested since the service started",
  ),
  pending: said(z.array(date("A day")), "Completed days that wait for their digest, oldest first"),
  failed: said(
    z.array(z.strictObject({ date: date("The day"), reason: z.string() })),
    "Days that could not be digested, and why; they are tried again each minute",
  ),
}) satisfies z.ZodMiniType<DigestState>;

const part = z.strictObject({
  ok: z.boolean(),
  since: atMs("Since when that holds"),
  detail: said(z.string(), "One sentence"),
}) satisfies z.ZodMiniType<PartHealth>;

const health = z.strictObject({
  ok: said(z.boolean(), "Whether every part is well"),
  parts: z.exactOptional(
    said(
      z.record(z.string(), part),
      "By name; only for who may see all, where ACCESS_TOKEN is set",
    ),
  ),
}) satisfies z.ZodMiniType<Partial<Health>>;

const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: said(z.string(), "One sentence that names what was wrong"),
});

/** The named schemas of the house's state and of errors. */
export const HOUSE_SCHEMAS = {
  DigestState: digest,
  Health: health,
  PartHealth: part,
  Problem: problem,
};
