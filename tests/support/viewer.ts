import type { ReadingEvent, Snapshot, StatusEvent } from "../../lib/live/wire.ts";

/** A browser's end of `/live`, by Deno's own EventSource. */
export class Viewer implements Disposable {
  readonly snapshots: Snapshot[] = [];
  readonly readings: ReadingEvent[] = [];
  readonly statuses: StatusEvent[] = [];
  /** The `id:` of the newest event that had one. */
  lastEventId = "";
  readonly #source: EventSource;

  constructor(url: string) {
    this.#source = new EventSource(new URL("live", url));
    const on = <Data>(name: string, list: Data[]) =>
      this.#source.addEventListener(name, (event) => {
        list.push(JSON.parse(event.data));
        this.lastEventId = event.lastEventId;
      });
    on("snapshot", this.snapshots);
    on("reading", this.readings);
    on("status", this.statuses);
  }

  get isClosed(): boolean {
    return this.#source.readyState !== EventSource.OPEN;
  }

  [Symbol.dispose](): void {
    this.#source.close();
  }
}
