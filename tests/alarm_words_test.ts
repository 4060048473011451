import assert from "node:assert/strict";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import type { AlarmEvent } from "../lib/live/wire.ts";
import { ALARM_TEXTS } from "../functions/page/alarm_texts.ts";
import { alarmWords, applianceWords } from "../functions/page/alarm_words.ts";
import { ABOVE, CRITICAL, OK } from "./support/alarm_events.ts";
import { labelPlaces } from "../functions/page/tier_lines.ts";

const { en, it } = ALARM_TEXTS;
const said = (alarm: AlarmEvent, watts: number, passedMs = 0, texts = en) =>
  alarmWords(alarm, DEFAULT_TIERS, watts, passedMs, texts);

Deno.test("while all is well the page says what is free, rounded down", () => {
  assert.equal(said(OK, 1999).headline, "1.3 kW free");
  assert.equal(said(OK, 2800).headline, "490 W free");
  assert.equal(said(OK, 3299).headline, "0 W free");
  assert.equal(said(OK, 1999, 0, it).headline, "1,3 kW liberi");
  assert.equal(said(OK, 1999).note, "");
});

Deno.test("over the slow tier the words are calm and call themselves an estimate", () => {
  const { headline, note } = said(ABOVE, 3440);
  assert.equal(headline, "Over 3.3 kW: about 2 h 50 left");
  assert.equal(note, "An estimate. With 180 W less there is no limit.");
  assert.equal(said(ABOVE, 3440, 0, it).headline, "Oltre 3,3 kW: ancora circa 2 h 50");
});

Deno.test("less power ends the limit only where no lower tier goes on", () => {
  const limits = [{ watts: 3000, seconds: 36_000 }, ...DEFAULT_TIERS];
  const note = (alarm: AlarmEvent, texts = en) => alarmWords(alarm, limits, 3440, 0, texts).note;
  assert.equal(note(ABOVE), "An estimate. With 180 W less there is more time.");
  assert.equal(note(ABOVE, it), "Una stima. Con 180 W in meno c'è più tempo.");
  assert.match(note({ ...ABOVE, tierWatts: 3000 }), /With 180 W less there is no limit\.$/);
});

Deno.test("a warning and the cap's alarm say how long and what to switch off", () => {
  assert.equal(said(CRITICAL, 4790).headline, "About 1½ min: switch off 640 W");
  assert.match(said(CRITICAL, 4790).note, /estimate/);
  const warning: AlarmEvent = { ...ABOVE, state: "warning", secondsToTrip: 1_620 };
  assert.equal(said(warning, 3440).headline, "About 25 min: switch off 180 W");
  assert.equal(said(CRITICAL, 4790, 0, it).headline, "Circa 1½ min: spegni 640 W");
});

Deno.test("the estimate runs down while no news comes, down to any moment and no further", () => {
  assert.equal(said(CRITICAL, 4790, 30_000).headline, "About 1 min: switch off 640 W");
  assert.equal(said(CRITICAL, 4790, 100_000).headline, "At any moment: switch off 640 W");
  assert.equal(said(CRITICAL, 4790, 900_000).headline, "At any moment: switch off 640 W");
  assert.equal(said(CRITICAL, 4790, -5_000).headline, "About 1½ min: switch off 640 W");
});

Deno.test("a listener is told with the state, then at 30, 10, 5 and 2 minutes or at each half minute", () => {
  const stages = (alarm: AlarmEvent, seconds: readonly number[]) =>
    seconds.map((secondsToTrip) => said({ ...alarm, secondsToTrip }, 4000).stage);
  assert.equal(new Set(stages(ABOVE, [10_795, 7_000, 1_801])).size, 1);
  const warning: AlarmEvent = { ...ABOVE, state: "warning" };
  assert.equal(new Set(stages(warning, [1_799, 601])).size, 1);
  assert.equal(new Set(stages(warning, [1_799, 600, 300, 120, 20])).size, 4);
  assert.equal(new Set(stages(CRITICAL, [119, 118, 91])).size, 1);
  assert.equal(new Set(stages(CRITICAL, [119, 89, 59, 29, 3])).size, 4);
});

Deno.test("an appliance is answered with yes, for how long, or when it cuts off", () => {
  const oven = { name: "oven", watts: 2000 } as const;
  const words = (answer: "yes" | "for" | "trips" | "unknown", secondsToTrip: number | null) =>
    applianceWords({ ...oven, answer, secondsToTrip }, en);
  assert.equal(words("yes", null), "yes");
  assert.equal(words("for", 8_000), "for about 2 h 10");
  assert.equal(words("trips", 120), "cuts off in about 2 min");
  assert.equal(words("trips", 20), "cuts off at once");
  assert.equal(words("unknown", null), "no reading");
});

const ROOM = { top: 0, bottom: 300 };

Deno.test("labels of lines that lie close together lie over no line and no other label", () => {
  assert.deepEqual(labelPlaces([100, 200], 20, ROOM), [90, 190]);
  assert.deepEqual(labelPlaces([5, 200], 20, ROOM), [15, 190], "no room above the first");
  assert.deepEqual(labelPlaces([100, 112], 20, ROOM), [90, 122]);
  assert.deepEqual(labelPlaces([5, 15, 200], 20, ROOM), [null, 25, 190]);
  assert.deepEqual(labelPlaces([100, 105, 110], 20, ROOM), [90, null, 120]);
  const text = { top: 70, bottom: 95 };
  assert.deepEqual(labelPlaces([100, 200], 20, ROOM, text), [110, 190], "a text above the first");
});

Deno.test("both languages have every text of the alarm", () => {
  assert.deepEqual(Object.keys(it), Object.keys(en));
  assert.deepEqual(Object.keys(it.answer), Object.keys(en.answer));
});
