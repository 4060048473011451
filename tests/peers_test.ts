import { deepEqual, equal } from "node:assert/strict";
import { dropIdlePeers, hangUp } from "../lib/peers.ts";
import { eventually } from "./support/eventually.ts";
import "./support/libc_loaded.ts";

const IDLE_MS = 300;

/** A server that answers at once, and streams what it is told to. */
function serveOn(hostname: string) {
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const peers: Deno.NetAddr[] = [];
  const server = Deno.serve({ hostname, port: 0, onListen() {} }, (request, { remoteAddr }) => {
    peers.push(remoteAddr);
    if (!request.url.endsWith("/stream")) return new Response("well");
    return new Response(new ReadableStream({ start: (stream) => void streams.push(stream) }));
  });
  return { server, peers, streams, port: server.addr.port };
}

/** A connection on which `text` was sent. */
async function connection(hostname: string, port: number, text: string) {
  const connection = await Deno.connect({ hostname, port });
  await connection.write(new TextEncoder().encode(text));
  return connection;
}

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** Reads until the other side has ended. */
async function drained(connection: Deno.Conn): Promise<true> {
  const buffer = new Uint8Array(4096);
  while (await connection.read(buffer).catch(() => null) !== null);
  connection.close();
  return true;
}

Deno.test("connections on which nothing comes or goes are ended, one that is sent something is not", async () => {
  const { server, port, streams } = serveOn("127.0.0.1");
  const idle = [
    await connection("127.0.0.1", port, ""),
    await connection("127.0.0.1", port, "GET / HTTP/1.1\r\nHos"),
    await connection("127.0.0.1", port, request("/")),
  ].map(drained);
  const viewer = await connection("127.0.0.1", port, request("/stream"));
  await eventually("the stream", () => streams.length === 1);
  equal(dropIdlePeers(port, 60_000), 0);
  const beat = setInterval(() => streams[0]!.enqueue(new TextEncoder().encode(":\n\n")), 20);
  let dropped = 0;
  await eventually("three to be idle", () => (dropped += dropIdlePeers(port, IDLE_MS)) >= 3);
  deepEqual(await Promise.all(idle), [true, true, true]);
  equal(dropIdlePeers(port, IDLE_MS), 0, "the viewer goes on");
  clearInterval(beat);
  streams[0]!.close();
  viewer.close();
  await server.shutdown();
});

for (const [hostname, to] of [["127.0.0.1", "127.0.0.1"], ["::", "127.0.0.1"], ["::", "::1"]]) {
  Deno.test(`a peer at ${to} of a server on ${hostname} is hung up on, and no other`, async () => {
    const { server, port, peers, streams } = serveOn(hostname!);
    const ends = [
      await connection(to!, port, request("/stream")),
      await connection(to!, port, request("/stream")),
    ];
    await eventually("both", () => streams.length === 2);
    const read = ends.map(() => false);
    const done = ends.map((end, i) => drained(end).then(() => read[i] = true));
    for (const [i, end] of ends.entries()) {
      deepEqual(read.slice(i), ends.slice(i).map(() => false));
      const { port } = end.localAddr as Deno.NetAddr;
      hangUp(peers.find((peer) => peer.port === port)!);
      await done[i];
    }
    await server.shutdown();
  });
}
