import type { ReadingEvent, Snapshot, StatusEvent } from "../../lib/live/wire.ts";

/** What the stream tells. */
export interface StreamListener {
  snapshot(event: Snapshot): void;
  reading(event: ReadingEvent): void;
  status(event: StatusEvent): void;
  /** The connection broke or does not come about; called again while that lasts. */
  lost(): void;
}

const LONGEST_RETRY_MS = 30_000;
/** After so much silence a connection is taken for dead: before its snapshot, and after it. */
const NO_SNAPSHOT_MS = 10_000;
const SILENCE_MS = 40_000;
const WATCH_MS = 1_000;
/** The monotonic clock of some browsers stands still while the machine sleeps; so much means that it slept. */
const SLEPT_MS = 5_000;

/**
 * Keeps `/live` open while the page can be seen: an EventSource reconnects by itself, except after an answer that is
 * no stream, which is tried again with growing pauses. Heartbeats are comments that a page does not see, so a long
 * silence is answered by connecting anew, which brings a snapshot when the server is well.
 */
export function openStream(url: string, listener: StreamListener): { reconnect(): void } {
  let source: EventSource | null = null;
  let retry = 0;
  let retryMs = 0;
  let heardMonoMs = 0;
  let hasSnapshot = false;
  let driftMs = Date.now() - performance.now();

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const failed = () => {
    hasSnapshot = false;
    heardMonoMs = performance.now();
    listener.lost();
    if (source === null || source.readyState !== EventSource.CLOSED) return;
    close();
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2 || 1000);
    retry = setTimeout(open, retryMs);
  };
  const open = () => {
    close();
    hasSnapshot = false;
    heardMonoMs = performance.now();
    source = new EventSource(url);
    const on = <Event>(name: string, tell: (event: Event) => void) =>
      source?.addEventListener(name, (message) => {
        heardMonoMs = performance.now();
        tell(JSON.parse(message.data));
      });
    on<Snapshot>("snapshot", (event) => {
      hasSnapshot = true;
      retryMs = 0;
      listener.snapshot(event);
    });
    on<ReadingEvent>("reading", (event) => listener.reading(event));
    on<StatusEvent>("status", (event) => listener.status(event));
    source.addEventListener("error", failed);
  };
  const watch = () => {
    if (source === null) return;
    const sleptMs = Math.abs(Date.now() - performance.now() - driftMs);
    driftMs = Date.now() - performance.now();
    const silentMs = performance.now() - heardMonoMs;
    if (sleptMs < SLEPT_MS && silentMs < (hasSnapshot ? SILENCE_MS : NO_SNAPSHOT_MS)) return;
    if (!hasSnapshot) listener.lost();
    open();
  };

  document.addEventListener("visibilitychange", () => document.hidden ? close() : open());
  setInterval(watch, WATCH_MS);
  if (!document.hidden) open();
  return { reconnect: open };
}
