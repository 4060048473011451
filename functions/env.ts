import type { Episode } from "../lib/alarm/episode.ts";
import type { Access } from "./access.ts";
import type { ExportRequest } from "../lib/export/request.ts";
import type { Health } from "../lib/health.ts";
import type { DigestState } from "../lib/store/digest_run.ts";
import type { LiveNow } from "../lib/live/wire.ts";
import type { KnownDays, Span } from "../lib/query/span.ts";
import type { HistoryAnswer, SpanAnswer, StatsAnswer } from "../lib/query/wire.ts";

/** A file of the browser's part, held in memory. */
export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

/** An address and the port there. */
export interface Peer {
  readonly hostname: string;
  readonly port: number;
}

/** What the handlers need; `main.ts` wires it, tests pass their own. Handlers keep no state of their own. */
export interface Services {
  readonly live: {
    /** A stream of Server-Sent Events that starts with the snapshot; it errors when its reader falls behind. */
    subscribe(): ReadableStream<Uint8Array>;
    now(): LiveNow;
  };
  readonly health: () => Health;
  /** OpenMetrics text. */
  readonly metrics: () => string;
  readonly digest: {
    state(): Promise<DigestState>;
    /** The named days, or every pending one. */
    run(dates?: readonly string[]): Promise<DigestState>;
    /** Whether the local day has ended. */
    isOver(date: string): boolean;
  };
  readonly alarm: {
    /** The episodes that touch a span of time. */
    episodes(span: Span): Promise<readonly Episode[]>;
    /** What a question about a span may leave open. */
    days(): KnownDays;
    /** Silences the buzzer from now on, not at all for 0 minutes; gives until when (epoch milliseconds), or `null`. */
    silence(minutes: number): number | null;
  };
  /** Answers from all that is known of the house; each may throw a UserError. */
  readonly query: {
    /** What a question about a span may leave open. */
    known(): Promise<KnownDays>;
    /** The same for one that says where it begins: without the first date, which takes a look at the disk. */
    present(): KnownDays;
    span(): Promise<SpanAnswer>;
    /** A `DayAnswer[]` in JSON: the days that a span touches, oldest first. */
    days(span: Span): Promise<Uint8Array<ArrayBuffer>>;
    history(span: Span, points: number): Promise<HistoryAnswer>;
    /** `month`: 1 to 12, `null` for the year. */
    stats(year: number, month: number | null): Promise<StatsAnswer>;
  };
  readonly exports: {
    /** The document in pieces, each made when it is asked for; may throw a UserError at each. */
    open(request: ExportRequest): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  };
  /** By path below `/assets/`, such as `live.js`. */
  readonly assets: ReadonlyMap<string, Asset>;
  readonly language: "en" | "it";
  /** IANA name. */
  readonly timeZone: string;
  readonly version: string;
  /** `null`: open to whoever reaches the port. */
  readonly accessToken: string | null;
  readonly hostNames: readonly string[];
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** Notes a wrong access token from an address; how many seconds to wait when it was one too many, else `null`. */
  readonly wrongToken: (peer: string) => number | null;
  /** Ends a connection as if the cable were cut. */
  readonly hangUp: (peer: Peer) => void;
  /** Told of a bug that a request met, in one line. */
  readonly reportFault: (sentence: string) => void;
}

export interface Env {
  Bindings: Services & {
    /** The other end of the connection. */
    readonly peer: Peer;
  };
  Variables: {
    /** By what the request may see all. */
    access: Access;
  };
}
