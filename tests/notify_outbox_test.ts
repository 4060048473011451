import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { systemClock as clock } from "../lib/clock.ts";
import type { NotifyEvent } from "../lib/notify/event.ts";
import { Outbox } from "../lib/notify/outbox.ts";
import type { Letter } from "../lib/notify/post.ts";
import { eventually } from "./support/eventually.ts";
import { NotifyServer } from "./support/notify_server.ts";

/** An outbox with short pauses, and the lines that it logs. */
function outboxTo(url: string, timeoutMs = 2_000) {
  const lines: string[] = [];
  const write = (sentence: string, fields = {}) => {
    lines.push(`${sentence} ${JSON.stringify(fields)}`);
  };
  const lasting = (_: string, sentence: string, fields = {}) => write(sentence, fields);
  const log = { info: write, warn: write, lasting };
  const outbox = new Outbox({ url, clock, log, timeoutMs, backoffMs: 5 });
  return { outbox, lines, close: (ms = 2_000) => outbox.close(AbortSignal.timeout(ms)) };
}

function letter(title: string, kind: "trouble" | "cut-off" = "trouble"): Letter {
  const trouble = { about: "disk", isOver: false, since: 1, detail: "" } as const;
  const event: NotifyEvent = kind === "trouble"
    ? { kind, at: 1, ...trouble }
    : { kind, at: 1, from: 0, watts: 4060, secondsAbove: 118, suggestedLimits: null };
  return { event, message: { title, message: `${title}!`, priority: 4, tags: ["warning", "zap"] } };
}

Deno.test("a message is posted as JSON with ntfy's headers", async () => {
  await using server = new NotifyServer();
  const { outbox, lines, close } = outboxTo(server.url);
  outbox.put(letter("The disk is full"));
  await eventually("a message", () => server.received.length === 1);
  const { headers, body } = server.received[0]!;
  equal(headers.get("title"), "The disk is full");
  equal(headers.get("priority"), "4");
  equal(headers.get("tags"), "warning,zap");
  equal(headers.get("content-type"), "application/json");
  deepEqual([headers.get("template"), headers.get("message")], ["yes", "{{.message}}"]);
  deepEqual(body, {
    title: "The disk is full",
    message: "The disk is full!",
    priority: 4,
    tags: ["warning", "zap"],
    kind: "trouble",
    at: 1,
    about: "disk",
    isOver: false,
    since: 1,
    detail: "",
  });
  await close();
  deepEqual(lines, []);
});

Deno.test("a server that is down gets every message in order once it is back, the newest of a kind aloud", async () => {
  await using gone = new NotifyServer();
  const { port, url } = gone;
  await gone[Symbol.asyncDispose]();
  const { outbox, lines, close } = outboxTo(url);
  for (const title of ["one", "two", "three"]) outbox.put(letter(title));
  outbox.put(letter("other", "cut-off"));
  await eventually("a failed attempt", () => lines.length > 0);
  await using server = new NotifyServer(port);
  await eventually("all of them", () => server.received.length === 4);
  deepEqual(server.titles, ["one", "two", "three", "other"]);
  deepEqual(server.received.slice(1).map(({ body }) => body["priority"]), [1, 4, 4]);
  await close();
  match(lines[0]!, /^NOTIFY_URL takes no notifications for now: client error \(Connect\)/);
  match(lines.at(-1)!, /^NOTIFY_URL can be reached again/);
  doesNotMatch(lines.join("\n"), /SECRET|127\.0\.0\.1/);
  equal(outbox.dropped, 0);
});

Deno.test("a fault of the server's is tried again, a refusal is dropped and told", async () => {
  await using server = new NotifyServer();
  server.answer = (nth) => new Response(null, { status: [500, 503, 200, 403, 200][nth - 1]! });
  const { outbox, lines, close } = outboxTo(server.url);
  for (const title of ["one", "two", "three"]) outbox.put(letter(title));
  await eventually("the last", () => server.received.length === 5);
  deepEqual(server.titles, ["one", "one", "one", "two", "three"]);
  await close();
  equal(outbox.dropped, 1);
  match(
    lines.join("\n"),
    /refuses a notification \(it answers 403\): check the address {"dropped":1}/,
  );
});

Deno.test("a server that is asked too often is left alone for as long as it says", async () => {
  await using server = new NotifyServer();
  const headers = { "retry-after": "1" };
  const asked: number[] = [];
  server.answer = (nth) => {
    asked.push(performance.now());
    return new Response(null, nth === 1 ? { status: 429, headers } : {});
  };
  const { outbox, close } = outboxTo(server.url);
  outbox.put(letter("one"));
  await eventually("the first attempt", () => asked.length === 1);
  outbox.put(letter("two"));
  await eventually("both", () => asked.length === 3);
  equal(asked[1]! - asked[0]! >= 990, true, "no sooner, whatever comes meanwhile");
  await close();
});

Deno.test("an answer that never comes, or never ends, holds nothing up", async () => {
  await using server = new NotifyServer();
  // With a pause: client and server share this process, and one that never waits would starve the other.
  const pull = async (c: ReadableStreamDefaultController) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    c.enqueue(new Uint8Array(65_536));
  };
  const endless = new ReadableStream({ pull });
  const silence = Promise.withResolvers<Response>();
  server.answer = (nth) => nth === 1 ? silence.promise : new Response(nth === 2 ? endless : null);
  const { outbox, lines, close } = outboxTo(server.url, 100);
  outbox.put(letter("one"));
  outbox.put(letter("two"));
  await eventually("both", () => server.received.length === 3);
  deepEqual(server.titles, ["one", "one", "two"]);
  match(lines[0]!, /it does not answer in time/);
  await close();
  silence.resolve(new Response());
});

Deno.test("a redirect is not followed: it would turn the POST into a GET and could hand a secret on", async () => {
  await using server = new NotifyServer();
  const headers = { location: "/elsewhere" };
  server.answer = () => new Response(null, { status: 302, headers });
  const { outbox, lines, close } = outboxTo(server.url);
  outbox.put(letter("one"));
  await eventually("the refusal", () => outbox.dropped === 1);
  match(lines[0]!, /it answers 302: it leads elsewhere/);
  equal(server.received.length, 1);
  await close();
});

Deno.test("of too many messages the oldest are dropped, counted and told", async () => {
  await using server = new NotifyServer();
  const hold = Promise.withResolvers<Response>();
  server.answer = (nth) => nth === 1 ? hold.promise : new Response();
  const { outbox, lines, close } = outboxTo(server.url);
  for (let i = 0; i < 40; i++) outbox.put(letter(`${i}`));
  equal(outbox.dropped, 7);
  hold.resolve(new Response());
  await eventually("the rest", () => server.received.length === 33);
  deepEqual([server.titles[0], server.titles[1], server.titles.at(-1)], ["0", "8", "39"]);
  match(lines.at(-1)!, /the oldest is dropped {"dropped":7}/);
  await close();
});

Deno.test("the end sends what waits, without pauses, and tells what it could not", async () => {
  await using server = new NotifyServer();
  const { outbox, close } = outboxTo(server.url);
  outbox.put(letter("one"));
  outbox.put(letter("two"));
  await close();
  deepEqual(server.titles, ["one", "two"]);
  outbox.put(letter("too late"));
  equal(server.received.length, 2);

  await using silent = new NotifyServer();
  const never = Promise.withResolvers<Response>();
  silent.answer = () => never.promise;
  const stuck = outboxTo(silent.url, 60_000);
  stuck.outbox.put(letter("one"));
  stuck.outbox.put(letter("two"));
  await eventually("the attempt", () => silent.received.length === 1);
  await stuck.close(50);
  equal(stuck.outbox.dropped, 2);
  match(stuck.lines.at(-1)!, /left unsent at the end {"dropped":2}/);
  never.resolve(new Response());
});

Deno.test("credentials in the address go into a header, and into no log", async () => {
  await using server = new NotifyServer();
  const { outbox, lines, close } = outboxTo(`http://me:SECRET@127.0.0.1:${server.port}/topic`);
  outbox.put(letter("one"));
  await eventually("a message", () => server.received.length === 1);
  equal(server.received[0]!.headers.get("authorization"), `Basic ${btoa("me:SECRET")}`);
  await close();
  deepEqual(lines, []);
});
