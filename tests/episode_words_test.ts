import assert from "node:assert/strict";
import { EPISODE_TEXTS } from "../functions/page/history/episode_texts.ts";
import { episodeWords } from "../functions/page/history/episode_words.ts";
import { createDayFormat } from "../functions/page/history/format.ts";
import type { CutOff, Episode } from "../lib/alarm/episode.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";

/** 12:00 in Rome. */
const FROM = Date.UTC(2026, 10, 21, 11);

const EPISODE: Episode = {
  from: FROM,
  to: FROM + 1_200_000,
  isOpen: false,
  state: "critical",
  maxWatts: 4840,
  maxAt: FROM,
  secondsAbove: 720,
  whAboveCap: 1011.4,
  secondsLeft: 95,
  tierWatts: 4200,
  limits: DEFAULT_TIERS,
  cutOff: null,
};

function words(language: "en" | "it", change: Partial<Episode> = {}) {
  const format = createDayFormat(language, "Europe/Rome");
  return episodeWords({ ...EPISODE, ...change }, EPISODE_TEXTS[language], format);
}

Deno.test("an episode in words: when, how high, how long, beyond the cap, and what was left", () => {
  assert.deepEqual(words("en"), {
    time: "12:00–12:20",
    text: "up to 4840 W, over 3300 W for 12 min, 1.01 kWh above 4200 W; " +
      "about 1½ min were left until the cut-off",
    cutOff: null,
  });
  assert.deepEqual(words("it"), {
    time: "12:00–12:20",
    text: "fino a 4840 W, oltre 3300 W per 12 min, 1,01 kWh oltre 4200 W; " +
      "al distacco mancavano circa 1½ min",
    cutOff: null,
  });
});

Deno.test("what is not worth telling is left out, and no estimate pretends to be exact", () => {
  const rest = (change: Partial<Episode>) => words("en", change).text.split("; ");
  assert.equal(
    rest({ whAboveCap: 4.9, secondsAbove: 45 })[0],
    "up to 4840 W, over 3300 W for 45 s",
  );
  assert.match(rest({ secondsAbove: 10_200 })[0]!, /for 2 h 50 min,/);
  assert.match(rest({ secondsAbove: 3600 })[0]!, /for 1 h,/);
  assert.equal(rest({ secondsLeft: 29 })[1], "less than half a minute was left until the cut-off");
  assert.equal(rest({ secondsLeft: 0 })[1], "the cut-off was due");
});

Deno.test("an episode of one minute has one time, one that goes on has no end", () => {
  assert.equal(words("en", { to: FROM + 30_000 }).time, "12:00");
  assert.equal(words("en", { isOpen: true }).time, "since 12:00");
  assert.equal(words("it", { isOpen: true }).time, "dalle 12:00");
});

Deno.test("a cut-off tells what was learnt, where anything was", () => {
  const cutOff: CutOff = {
    ...{ at: FROM + 118_000, watts: 4060, secondsAbove: 118, tierWatts: 4060, endedBy: "boot" },
    suggestedLimits: "3300:180m,4060:2m",
  };
  assert.equal(
    words("en", { cutOff }).cutOff,
    "Probably cut off at 4060 W after 118 s. LIMITS=3300:180m,4060:2m would have foreseen it.",
  );
  assert.equal(
    words("it", { cutOff: { ...cutOff, suggestedLimits: null } }).cutOff,
    "Probabile distacco a 4060 W dopo 118 s.",
  );
});
