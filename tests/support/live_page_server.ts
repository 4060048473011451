import app from "../../functions/app.ts";
import type { Services } from "../../functions/env.ts";
import type { Snapshot } from "../../lib/live/wire.ts";
import { NOW, snapshotAt } from "./live_fixture.ts";

/** A server whose `/live` says what a test tells it to, in real Server-Sent Events. */
export interface LivePageServer extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  /** What a new connection gets first; `null` refuses it with an error's status. */
  snapshot: () => Snapshot | null;
  /** Streams that are open now, and how many there have been. */
  readonly viewers: number;
  readonly connections: number;
  send(event: "snapshot" | "reading" | "status" | "alarm", data: unknown): void;
  /** The minutes of each silence that was asked for, 0 for an end; `silenced` is called with them. */
  readonly silences: readonly number[];
  silenced: (minutes: number) => void;
  /** What the alarm's record says. */
  episodes: Services["alarm"]["episodes"];
  /** Breaks every stream as a crash of the program would. */
  drop(): void;
}

/** The real handlers with a scripted `/live`, on a port of this machine, by default a free one. */
export function serveLivePage(services: Services, port = 0): LivePageServer {
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let connections = 0;
  const subscribe = () => {
    const first = server.snapshot();
    if (first === null) throw new Error("the test refuses this stream");
    let mine: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream<Uint8Array>({
      start(controller) {
        mine = controller;
        streams.add(controller);
        connections++;
        controller.enqueue(bytes("snapshot", first));
      },
      cancel: () => void streams.delete(mine),
    });
  };
  const silences: number[] = [];
  const silence = (minutes: number) => {
    silences.push(minutes);
    server.silenced(minutes);
    return null;
  };
  const live = { ...services.live, subscribe };
  const alarm: Services["alarm"] = {
    ...services.alarm,
    silence,
    episodes: (span) => server.episodes(span),
  };
  const http = Deno.serve(
    { hostname: "127.0.0.1", port, onListen() {} },
    // Anew for each, so that a test may change the services on the way.
    (request) => app.fetch(request, { ...services, live, alarm }),
  );
  const server: LivePageServer = {
    port: http.addr.port,
    origin: `http://127.0.0.1:${http.addr.port}`,
    snapshot: () => snapshotAt(NOW),
    get viewers() {
      return streams.size;
    },
    get connections() {
      return connections;
    },
    send: (event, data) => streams.forEach((stream) => stream.enqueue(bytes(event, data))),
    silences,
    silenced: () => {},
    episodes: services.alarm.episodes,
    drop() {
      streams.forEach((stream) => stream.close());
      streams.clear();
    },
    async [Symbol.asyncDispose]() {
      server.snapshot = () => null;
      server.drop();
      await http.shutdown();
    },
  };
  return server;
}

/** An event with a short pause before the browser's next try, so that tests need not wait for its own. */
function bytes(event: string, data: unknown): Uint8Array {
  return new TextEncoder().encode(
    `retry: 200\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
  );
}
