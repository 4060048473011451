import assert from "node:assert/strict";
import { knownSpan } from "../functions/page/history/known_span.ts";

const MINUTE_MS = 60_000;

/** What is known with `today` as the clock has it, and how often it was asked for. */
function spanAt(nowMs: () => number, isBrought = true) {
  const asked = { times: 0 };
  const answer = () => ({
    timeZone: "UTC",
    firstDate: "2026-11-01",
    lastDate: "2026-11-20",
    today: new Date(nowMs()).toISOString().slice(0, 10),
  });
  const load = () => {
    asked.times++;
    return Promise.resolve(answer());
  };
  return { asked, span: knownSpan(isBrought ? answer() : null, load, nowMs) };
}

Deno.test("what the page brought is known for a minute, then the day may have changed", async () => {
  let nowMs = Date.UTC(2026, 10, 20, 23, 59, 30);
  const { asked, span } = spanAt(() => nowMs);
  assert.equal((await span.get()).today, "2026-11-20");
  nowMs += MINUTE_MS;
  assert.equal((await span.get()).today, "2026-11-20");
  assert.equal(asked.times, 0);
  nowMs += 1;
  assert.equal((await span.get()).today, "2026-11-21");
  nowMs += MINUTE_MS;
  await span.get();
  assert.equal(asked.times, 1);
  nowMs -= 3 * MINUTE_MS;
  await span.get();
  assert.equal(asked.times, 2);
});

Deno.test("what is not known, or was forgotten, is asked for", async () => {
  const { asked, span } = spanAt(() => 0, false);
  await span.get();
  await span.get();
  assert.equal(asked.times, 1);
  span.forget();
  await span.get();
  assert.equal(asked.times, 2);
});

Deno.test("what cannot be had is asked for anew", async () => {
  let nowMs = 0;
  let isAnswering = false;
  const today = { timeZone: "UTC", firstDate: null, lastDate: null, today: "2026-11-21" };
  const load = () => isAnswering ? Promise.resolve(today) : Promise.reject(new Error("no answer"));
  const span = knownSpan({ ...today, today: "2026-11-20" }, load, () => nowMs);
  nowMs += 2 * MINUTE_MS;
  await assert.rejects(span.get());
  isAnswering = true;
  assert.equal((await span.get()).today, "2026-11-21");
});
