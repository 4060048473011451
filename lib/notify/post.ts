import type { Message, NotifyEvent } from "./event.ts";
import { requestProblem } from "../request_problem.ts";
import { headerText } from "./header.ts";

/** A message on its way. */
export interface Letter {
  readonly event: NotifyEvent;
  readonly message: Message;
}

/** What became of an attempt; a `reason` never holds the address, which may hold a secret. */
export type Outcome =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly reason: string }
  /** `afterMs`: how long the server wants to be left alone, `null` when it does not say. */
  | { readonly kind: "failed"; readonly reason: string; readonly afterMs: number | null };

/** Answers that say "later": Request Timeout, Too Early, Too Many Requests; and all of the server's own faults. */
const LATER = [408, 425, 429];
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Posts a message once: the event and its words as JSON, with ntfy's headers. ntfy shows a JSON body as it is unless told
 * that the message is a template to be filled from it (docs.ntfy.sh/publish, "Message templating"; since ntfy 2.10).
 *
 * @param signal ends the attempt, which counts as failed then
 */
export async function post(
  url: string,
  { event, message }: Letter,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const { title, priority, tags } = message;
  try {
    const response = await fetch(url, {
      method: "POST",
      // To follow would turn the POST into a GET and could hand a secret on.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: {
        "content-type": "application/json",
        title: headerText(title),
        priority: String(priority),
        tags: tags.join(","),
        template: "yes",
        message: "{{.message}}",
      },
      body: JSON.stringify({ ...message, ...event }),
    });
    await response.body?.cancel();
    return outcomeOf(response);
  } catch (error) {
    return { kind: "failed", reason: requestProblem(error), afterMs: null };
  }
}

function outcomeOf({ ok, status, headers }: Response): Outcome {
  if (ok) return { kind: "taken" };
  const reason = `it answers ${status}`;
  if (status >= 500 || LATER.includes(status)) {
    return {
      kind: "failed",
      reason,
      afterMs: retryAfterMs(headers.get("retry-after"), Date.now()),
    };
  }
  const isElsewhere = status >= 300 && status < 400;
  return { kind: "refused", reason: isElsewhere ? `${reason}: it leads elsewhere` : reason };
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), at most an hour; `null` when there is none that can be read. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, ms));
}
