import { equal, ok } from "node:assert/strict";
import { dropStalledPeers } from "../lib/stalled_peers.ts";
import { eventually } from "./support/eventually.ts";
import "./support/libc_loaded.ts";

const REQUEST = new TextEncoder().encode("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
const CHUNK = new Uint8Array(16_384);
const SHORTEST_MS = 500;

Deno.test("a peer that never reads is closed by the kernel, one that reads is not", async () => {
  let open = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    open++;
    return new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(CHUNK),
        cancel: () => void open--,
      }),
    );
  });
  ok(dropStalledPeers(server.addr.port, SHORTEST_MS));
  const [sleeper, reader] = await Promise.all([0, 1].map(async () => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
    await connection.write(REQUEST);
    return connection;
  }));
  const buffer = new Uint8Array(CHUNK.length);
  let reading = true;
  const read = (async () => {
    while (reading && await reader!.read(buffer) !== null);
  })();
  await eventually("two streams", () => open === 2);
  await eventually("one of them to be closed", () => open === 1, 15_000);
  ok(await reader!.read(buffer), "the other goes on");
  reading = false;
  await read;
  for (const connection of [sleeper!, reader!]) connection.close();
  await eventually("the other's end", () => open === 0);
  await server.shutdown();
});

Deno.test("a port that this process does not listen on is said so", () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  equal(dropStalledPeers(port), false);
});
