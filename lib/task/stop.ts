import type { Log } from "../log.ts";

/** Whoever stops the service loses patience after 2 s; what is not flushed by then rests in the spool. */
const LONGEST_STOP_MS = 1_800;

/** Ends the process when a stop takes too long, wherever it hangs. */
export function limitStop(stop: AbortSignal, log: Log): Disposable {
  let late: ReturnType<typeof setTimeout> | undefined;
  const arm = () => {
    late = setTimeout(() => {
      log.error("stopping took too long: what is not flushed rests in the spool");
      Deno.exit(1);
    }, LONGEST_STOP_MS);
  };
  stop.addEventListener("abort", arm);
  return { [Symbol.dispose]: () => clearTimeout(late) };
}

/** Aborts at SIGTERM, SIGINT or SIGHUP; a Ctrl-C comes twice, from the terminal and from `deno task`. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop.abort());
  }
  return stop.signal;
}
