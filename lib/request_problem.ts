/**
 * Why a `fetch` failed, in words that may stand in a log: Deno's own sentence names the whole address, which may hold a
 * secret, before what happened.
 */
export function requestProblem(error: unknown): string {
  if (!(error instanceof Error)) return "the request failed";
  if (error.name === "TimeoutError") return "it does not answer in time";
  if (error.name === "AbortError") return "there was no time left";
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return /client error \(.*/s.exec(cause)?.[0] ?? "the request failed";
}
