import { deepEqual, equal, rejects } from "node:assert/strict";
import { Hub } from "../lib/live/hub.ts";
import { encodeEvent, HEARTBEAT } from "../lib/live/sse.ts";

const text = (chunk: Uint8Array | undefined) => new TextDecoder().decode(chunk);
const bytes = (of: string) => new TextEncoder().encode(of);

Deno.test("a viewer gets the greeting, then all that is published, the very same bytes", async () => {
  const hub = new Hub(() => bytes("hello"));
  const readers = [hub.subscribe().getReader(), hub.subscribe().getReader()];
  const chunk = bytes("one");
  hub.publish(chunk);
  for (const reader of readers) {
    equal(text((await reader.read()).value), "hello");
    equal((await reader.read()).value, chunk);
  }
  equal(hub.viewers, 2);
  hub.close();
});

Deno.test("a viewer that does not read is dropped, and the others are not held up", async () => {
  const hub = new Hub(() => bytes("hello"));
  const sleeper = hub.subscribe().getReader();
  const reader = hub.subscribe().getReader();
  for (let i = 0; i < 100; i++) {
    hub.publish(bytes(String(i)));
    await reader.read();
  }
  equal(hub.viewers, 1);
  equal(hub.dropped, 1);
  await rejects(sleeper.read(), /does not read/);
  equal(text((await reader.read()).value), "99");
  hub.close();
});

Deno.test("a viewer that goes is forgotten", async () => {
  const hub = new Hub(() => bytes("hello"));
  await hub.subscribe().cancel();
  equal(hub.viewers, 0);
  equal(hub.dropped, 0);
});

Deno.test("closing ends every stream after what it still has, and those asked for later at once", async () => {
  const hub = new Hub(() => bytes("hello"));
  const reader = hub.subscribe().getReader();
  hub.close();
  equal(text((await reader.read()).value), "hello");
  equal((await reader.read()).done, true);
  equal((await hub.subscribe().getReader().read()).done, true);
});

Deno.test("events are encoded as the standard has them", () => {
  const at = 1_795_387_806_100;
  equal(
    text(encodeEvent("reading", { watts: 1999, note: "a\nb" }, at)),
    `event: reading\nid: ${at}\ndata: {"watts":1999,"note":"a\\nb"}\n\n`,
  );
  equal(text(encodeEvent("status", [])), "event: status\ndata: []\n\n");
  equal(text(encodeEvent("snapshot", {}, null)), "event: snapshot\ndata: {}\n\n");
  equal(
    text(encodeEvent("snapshot", 1, 7, 1000)),
    "event: snapshot\nid: 7\nretry: 1000\ndata: 1\n\n",
  );
  deepEqual([...HEARTBEAT], [0x3a, 0x0a, 0x0a]);
});
