import type { AlarmEvent, ReadingEvent, Snapshot, StatusEvent } from "../../lib/live/wire.ts";

/** What the stream tells. */
export interface StreamListener {
  snapshot(event: Snapshot): void;
  reading(event: ReadingEvent): void;
  status(event: StatusEvent): void;
  alarm(event: AlarmEvent): void;
  /** The connection broke or does not come about; called again while that lasts. */
  lost(): void;
  /** Whether somebody counts on this page also while it cannot be seen. */
  isNeededHidden(): boolean;
  /** The server answered with something that is no stream. */
  refused(): void;
}

const LONGEST_RETRY_MS = 30_000;
/** After so much silence a connection is taken for dead: before its snapshot, and after it. */
const NO_SNAPSHOT_MS = 10_000;
const SILENCE_MS = 40_000;
const WATCH_MS = 1_000;
/** The monotonic clock of some browsers stands still while the machine sleeps; so much means that it slept. */
const SLEPT_MS = 5_000;

/**
 * Keeps `/live` open while the page can be seen, and beyond where it is to sound or notify: an EventSource reconnects by itself, except after an answer that is
 * no stream, which is tried again with growing pauses. Heartbeats are comments that a page does not see, so a long
 * silence is answered by connecting anew, which brings a snapshot when the server is well.
 */
export function openStream(url: string, listener: StreamListener): { reconnect(): void } {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = 0;
  let heardMonoMs = 0;
  let hasSnapshot = false;
  const hasSlept = sleepDetector();

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const note = (isWell: boolean) => {
    heardMonoMs = performance.now();
    hasSnapshot = isWell;
    if (isWell) retryMs = 0;
  };
  const failed = () => {
    note(false);
    listener.lost();
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    listener.refused();
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2 || 1000);
    retry = setTimeout(open, retryMs);
  };
  const open = () => {
    close();
    note(false);
    source = listen(url, listener, () => note(true));
    source.addEventListener("error", failed);
  };
  const watch = () => {
    if (source === null) return;
    const patienceMs = hasSnapshot ? SILENCE_MS : NO_SNAPSHOT_MS;
    if (!hasSlept() && performance.now() - heardMonoMs < patienceMs) return;
    if (!hasSnapshot) listener.lost();
    open();
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return source === null || !hasSnapshot ? open() : undefined;
    if (!listener.isNeededHidden()) close();
  });
  setInterval(watch, WATCH_MS);
  if (!document.hidden) open();
  return { reconnect: open };
}

/** An EventSource whose events go to the listener, each told to `heard` first; the first one is the snapshot. */
function listen(
  url: string,
  listener: StreamListener,
  heard: () => void,
): EventSource {
  const source = new EventSource(url);
  const on = <Event>(name: string, tell: (event: Event) => void) =>
    source.addEventListener(name, (message) => {
      heard();
      tell(JSON.parse(message.data));
    });
  on<Snapshot>("snapshot", (event) => listener.snapshot(event));
  on<ReadingEvent>("reading", (event) => listener.reading(event));
  on<StatusEvent>("status", (event) => listener.status(event));
  on<AlarmEvent>("alarm", (event) => listener.alarm(event));
  return source;
}

/** Tells whether the machine slept since it was last asked: the wall clock went on, the monotonic one did not. */
function sleepDetector(): () => boolean {
  let lead = Date.now() - performance.now();
  return () => {
    const before = lead;
    lead = Date.now() - performance.now();
    return Math.abs(lead - before) >= SLEPT_MS;
  };
}
