import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runHeartbeat } from "../lib/heartbeat.ts";
import { eventually } from "./support/eventually.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const MINUTE_MS = 60_000;

/** A server that counts what it gets, a service that beats, and its log. */
async function withHeartbeat(
  answer: () => Response | Promise<Response>,
  body: (beat: {
    readonly clock: VirtualClock;
    readonly requests: string[];
    readonly lines: string[];
    /** Lets so many minutes pass, with time for a request in each. */
    minutes(count: number): Promise<void>;
    setHealthy(isHealthy: boolean): void;
  }) => Promise<void>,
): Promise<void> {
  const requests: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`);
    return answer();
  });
  const clock = new VirtualClock(0);
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const stop = new AbortController();
  let isHealthy = true;
  const done = runHeartbeat({
    url: `http://127.0.0.1:${server.addr.port}/SECRET`,
    isHealthy: () => isHealthy,
    clock,
    signal: stop.signal,
    log: { info: write, warn: write },
    timeoutMs: 300,
  });
  const minutes = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await clock.advance(MINUTE_MS);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await body({ clock, requests, lines, minutes, setHealthy: (is) => void (isHealthy = is) });
  stop.abort();
  await done;
  await server.shutdown();
}

Deno.test("a healthy service is heard of after a minute, then every five", async () => {
  await withHeartbeat(() => new Response("OK"), async ({ requests, lines, minutes }) => {
    equal(requests.length, 0);
    await minutes(1);
    deepEqual(requests, ["GET /SECRET"]);
    await minutes(4);
    equal(requests.length, 1);
    await minutes(11);
    equal(requests.length, 4);
    deepEqual(lines, []);
  });
});

Deno.test("a service that is not well is not heard of until it is", async () => {
  await withHeartbeat(() => new Response(), async ({ requests, minutes, setHealthy }) => {
    setHealthy(false);
    await minutes(20);
    equal(requests.length, 0);
    setHealthy(true);
    await minutes(1);
    equal(requests.length, 1);
  });
});

Deno.test("failures are logged once, without the address, and once that they are over", async () => {
  let status = 500;
  const answer = () => new Response(null, { status });
  await withHeartbeat(answer, async ({ requests, lines, minutes }) => {
    await minutes(5);
    equal(requests.length, 5, "tried again each minute");
    deepEqual(lines, ["HEARTBEAT_URL cannot be reached: it answers 500"]);
    status = 200;
    await minutes(7);
    equal(lines[1], "HEARTBEAT_URL can be reached again");
    equal(lines.length, 2);
    ok(!lines.join().includes("SECRET"));
  });
});

Deno.test("a server that does not answer is given up, and is never asked twice at once", async () => {
  const never = Promise.withResolvers<Response>();
  await withHeartbeat(() => never.promise, async ({ requests, lines, minutes }) => {
    await minutes(1);
    await minutes(3);
    equal(requests.length, 1);
    await eventually("the end of patience", () => lines.length === 1);
    match(lines[0]!, /does not answer in time/);
    never.resolve(new Response());
  });
});

Deno.test("an address that cannot be reached is told without itself", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const stop = new AbortController();
  const clock = new VirtualClock(0);
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const done = runHeartbeat({
    url: `http://user:password@127.0.0.1:${port}/SECRET`,
    isHealthy: () => true,
    clock,
    signal: stop.signal,
    log: { info: write, warn: write },
  });
  await clock.advance(MINUTE_MS);
  await eventually("the line", () => lines.length === 1);
  match(lines[0]!, /^HEARTBEAT_URL cannot be reached: client error/);
  ok(!/SECRET|password/.test(lines[0]!));
  stop.abort();
  await done;
});
