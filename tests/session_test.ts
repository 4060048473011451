import { equal, match, notEqual } from "node:assert/strict";
import fc from "fast-check";
import { isSession, issueSession, SESSION_S } from "../lib/access/session.ts";

const TOKEN = "sixteen-characters-or-more";
const NOW = Date.UTC(2026, 10, 21, 13, 30);

Deno.test("a session holds for a year with the token that it was issued with", async () => {
  const session = await issueSession(TOKEN, NOW);
  match(session, /^\d+\.[\w-]{43}$/);
  const endMs = NOW + SESSION_S * 1000;
  equal(await isSession(session, TOKEN, NOW), true);
  equal(await isSession(session, TOKEN, endMs - 1), true);
  equal(await isSession(session, TOKEN, endMs), false);
  equal(await isSession(session, `${TOKEN}!`, NOW), false);
});

Deno.test("the token cannot be read from it, and another end is another session", async () => {
  const [session, later] = [await issueSession(TOKEN, NOW), await issueSession(TOKEN, NOW + 1000)];
  equal(session.includes(TOKEN), false);
  notEqual(session.split(".")[1], later.split(".")[1]);
});

Deno.test("a session with any character changed, added or left out is none", async () => {
  const session = await issueSession(TOKEN, NOW);
  const place = fc.nat({ max: session.length - 1 });
  const text = fc.string({ maxLength: 2 });
  await fc.assert(fc.asyncProperty(place, text, async (at, put) => {
    const changed = session.slice(0, at) + put + session.slice(at + 1);
    equal(await isSession(changed, TOKEN, NOW), changed === session);
  }));
});

Deno.test("no text that was not issued is a session", async () => {
  for (
    const text of ["", ".", "1.", "9999999999.", `9999999999.${"A".repeat(43)}`, "x".repeat(9e4)]
  ) {
    equal(await isSession(text, TOKEN, NOW), false, text.slice(0, 60));
  }
});
