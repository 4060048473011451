import type { AlarmStatus, Snapshot } from "../lib/live/wire.ts";
import type { MeterStatus } from "../lib/meter/status.ts";

/** What `/health` says of one part. */
export interface PartHealth {
  readonly ok: boolean;
  /** Epoch milliseconds since which `ok` holds. */
  readonly since: number;
  readonly detail: string;
}

/** A file of the browser's part, held in memory. */
export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

/** What the handlers need; `main.ts` wires it, tests pass their own. Handlers keep no state of their own. */
export interface Services {
  readonly live: {
    /** A stream of Server-Sent Events that starts with the snapshot; it errors when its reader falls behind. */
    subscribe(): ReadableStream<Uint8Array>;
    now(): {
      readonly at: number | null;
      readonly watts: number | null;
      readonly kWhToday: number;
      readonly stale: boolean;
      readonly alarm: AlarmStatus | null;
      readonly meter: Pick<MeterStatus, "state" | "since" | "good" | "wrong" | "missed" | "zero">;
    };
    snapshot(): Snapshot;
  };
  readonly health: () => {
    readonly ok: boolean;
    readonly parts: Readonly<Record<string, PartHealth>>;
  };
  /** By path below `/assets/`, such as `live.js`. */
  readonly assets: ReadonlyMap<string, Asset>;
  readonly language: "en" | "it";
  readonly version: string;
  /** `null`: open to whoever reaches the port. */
  readonly accessToken: string | null;
  readonly hostNames: readonly string[];
}

export interface Env {
  Bindings: Services;
}
