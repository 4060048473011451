// A process: the service's hub, handlers and server, sending readings far faster than a meter brings them.
// busy_feed.ts EVENTS_EVERY_4_MS; its first line is its address.
import { serve } from "../../../functions/serve.ts";
import { Hub } from "../../../lib/live/hub.ts";
import { encodeEvent } from "../../../lib/live/sse.ts";
import { dropStalledPeers } from "../../../lib/stalled_peers.ts";
import { NOW, pageServices, readingAt, snapshotAt } from "../../support/live_fixture.ts";

const EVERY_MS = 4;

const events = Number(Deno.args[0]);
const hub = new Hub(() => encodeEvent("snapshot", snapshotAt(NOW), NOW));
const services = pageServices();
const server = await serve(
  { host: "127.0.0.1", port: 0, tls: null },
  { ...services, live: { ...services.live, subscribe: () => hub.subscribe() } },
);
dropStalledPeers(server.port);
console.log(server.url);

let watts = 0;
setInterval(() => {
  for (let i = 0; i < events; i++) {
    const at = NOW + ++watts;
    hub.publish(encodeEvent("reading", readingAt(at, watts % 4_000), at));
  }
}, EVERY_MS);
