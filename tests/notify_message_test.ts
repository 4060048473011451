import assert from "node:assert/strict";
import fc from "fast-check";
import type { AlarmChange, NotifyEvent, Trouble } from "../lib/notify/event.ts";
import { headerText } from "../lib/notify/header.ts";
import { messageOf } from "../lib/notify/message.ts";
import { retryAfterMs } from "../lib/notify/post.ts";
import { MESSAGE_TEXTS } from "../lib/notify/texts.ts";

/** 14:30 in Rome. */
const AT = Date.UTC(2026, 10, 21, 13, 30);
const en = (event: NotifyEvent) => messageOf(event, { language: "en", timeZone: "Europe/Rome" });
const it = (event: NotifyEvent) => messageOf(event, { language: "it", timeZone: "Europe/Rome" });

const CRITICAL: AlarmChange = {
  kind: "alarm",
  at: AT,
  state: "critical",
  before: "ok",
  watts: 4833,
  tierWatts: 4200,
  secondsToTrip: 118,
  shedWatts: 676,
};

Deno.test("the cap's alarm rings on, and says how long and what to switch off", () => {
  assert.deepEqual(en(CRITICAL), {
    title: "About 1½ min: switch off 680 W",
    message:
      "4833 W at 14:30, over 4.2 kW. With 680 W less that limit's time stops. An estimate of when the grid's meter cuts off.",
    priority: 5,
    tags: ["rotating_light"],
  });
  assert.equal(it(CRITICAL).title, "Circa 1½ min: spegni 680 W");
  assert.match(
    it(CRITICAL).message,
    /^4833 W alle 14:30, oltre 4,2 kW\. Con 680 W in meno il tempo di quel limite si ferma\./,
  );
  assert.equal(en({ ...CRITICAL, secondsToTrip: 12 }).title, "At any moment: switch off 680 W");
});

Deno.test("the slow tier is told without a sound, its last half hour with one, its end softly", () => {
  const above: AlarmChange = {
    ...CRITICAL,
    state: "above",
    tierWatts: 3300,
    secondsToTrip: 10_795,
  };
  assert.deepEqual([en(above).title, en(above).priority], ["Over 3.3 kW: about 2 h 50 left", 2]);
  assert.equal(it(above).title, "Oltre 3,3 kW: ancora circa 2 h 50");
  const warning: AlarmChange = { ...above, state: "warning", secondsToTrip: 1_700 };
  assert.deepEqual([en(warning).title, en(warning).priority], [
    "About 25 min: switch off 680 W",
    4,
  ]);
  const clear: AlarmChange = { ...above, state: "ok", watts: 900, secondsToTrip: null };
  assert.deepEqual(en({ ...clear, before: "above" }), {
    title: "Power below the limit again",
    message: "900 W at 14:30.",
    priority: 2,
    tags: ["white_check_mark"],
  });
  assert.equal(en({ ...clear, before: "critical" }).priority, 3);
});

Deno.test("a probable cut-off tells from when to when, with the day where it was another", () => {
  const cutOff: NotifyEvent = {
    kind: "cut-off",
    at: AT,
    from: AT - 720_000,
    watts: 4060,
    secondsAbove: 118,
    suggestedLimits: null,
  };
  assert.equal(
    en(cutOff).message,
    "No readings from 14:18 to 14:30. The last was 4060 W, over a limit for 118 s.",
  );
  assert.match(
    en({ ...cutOff, suggestedLimits: "3300:180m,4060:118s" }).message,
    / LIMITS=3300:180m,4060:118s would have foreseen it\.$/,
  );
  assert.match(en({ ...cutOff, from: AT - 86_400_000 }).message, /from 14:30 on 2026-11-20 to/);
  assert.match(it({ ...cutOff, from: AT - 86_400_000 }).message, /dalle 14:30 del 2026-11-20 alle/);
});

Deno.test("trouble is told with its cause, and when it is over", () => {
  const trouble: Trouble = {
    kind: "trouble",
    at: AT,
    about: "readings",
    isOver: false,
    since: AT - 600_000,
    detail: "The port has gone.",
  };
  assert.deepEqual(en(trouble), {
    title: "No readings",
    message: "No reading has come since 14:20. The port has gone.",
    priority: 4,
    tags: ["warning"],
  });
  assert.deepEqual([
    en({ ...trouble, isOver: true }).title,
    en({ ...trouble, isOver: true }).message,
  ], [
    "Readings are back",
    "From 14:20 to 14:30.",
  ]);
  const digest: Trouble = { ...trouble, about: "digest", since: AT - 90_000_000, detail: "" };
  assert.equal(it(digest).message, "Attende dal 2026-11-20, da più di un giorno.");
  assert.equal(
    en({ ...trouble, about: "disk", detail: "" }).message,
    "Less than 5 % is free since 14:20.",
  );
});

Deno.test("both languages have every text", () => {
  assert.deepEqual(Object.keys(MESSAGE_TEXTS.it), Object.keys(MESSAGE_TEXTS.en));
});

Deno.test("a header is plain where it can be, else encoded words that read back as the same text", () => {
  assert.equal(headerText("Over 3.3 kW"), "Over 3.3 kW");
  assert.equal(headerText("Circa 1½ min"), "=?UTF-8?B?Q2lyY2EgMcK9IG1pbg==?=");
  assert.notEqual(headerText("=?UTF-8?B?AA==?="), "=?UTF-8?B?AA==?=");
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
    const header = headerText(text);
    new Headers({ title: header });
    const words = header.split(" ");
    if (/^[ -~]*$/.test(header) && !header.startsWith("=?")) return assert.equal(header, text);
    const read = words.map((word) => {
      assert.ok(word.length <= 75, word);
      const [, base64 = ""] = /^=\?UTF-8\?B\?(.*)\?=$/.exec(word) ?? [];
      return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.fromBase64(base64));
    });
    assert.equal(read.join(""), text.replace(/\p{Cc}/gu, " "));
  }));
});

Deno.test("Retry-After is read in seconds and as a date, and is never more than an hour", () => {
  assert.equal(retryAfterMs("120", AT), 120_000);
  assert.equal(retryAfterMs("999999", AT), 3_600_000);
  assert.equal(retryAfterMs(new Date(AT + 30_000).toUTCString(), AT), 30_000);
  assert.equal(retryAfterMs(new Date(AT - 30_000).toUTCString(), AT), 0);
  assert.equal(retryAfterMs("soon", AT), null);
  assert.equal(retryAfterMs(null, AT), null);
});
