import app from "../../functions/app.ts";
import type { Services } from "../../functions/env.ts";
import type { Snapshot } from "../../lib/live/wire.ts";
import { NOW, snapshotAt } from "./live_fixture.ts";

/** A server whose `/live` says what a test tells it to, in real Server-Sent Events. */
export interface LivePageServer extends Disposable {
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

/** A port of this machine whose requests are answered by one server after the other; between them by none. */
export interface PagePort extends AsyncDisposable {
  readonly origin: string;
  answer: (request: Request) => Response | Promise<Response>;
}

const nobody = () => new Response(null, { status: 503 });

/** A free port. It is not given back in between: another program might take it. */
export function openPagePort(): PagePort {
  const http = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => port.answer(request),
  );
  const port: PagePort = {
    origin: `http://127.0.0.1:${http.addr.port}`,
    answer: nobody,
    [Symbol.asyncDispose]: () => http.shutdown(),
  };
  return port;
}

/** The real handlers with a scripted `/live`. */
export function serveLivePage(services: Services, port: PagePort): LivePageServer {
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
  // Anew for each, so that a test may change the services on the way.
  port.answer = (request) => app.fetch(request, { ...services, live, alarm });
  const server: LivePageServer = {
    origin: port.origin,
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
    [Symbol.dispose]() {
      port.answer = nobody;
      server.drop();
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
