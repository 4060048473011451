import assert from "node:assert/strict";
import { initialLimiter, isTripDue, status, step } from "../lib/alarm/limiter.ts";
import { contractTiers, DEFAULT_TIERS, parseTiers } from "../lib/alarm/tiers.ts";
import { houseLoad } from "../lib/meter/simulator/house_load.ts";
import { overload } from "../lib/meter/simulator/overloads.ts";

const DAY_MS = 86_400_000;

Deno.test("the demo's house shows the alarm within two minutes of any start, and is never due to be cut off", () => {
  const tiers = contractTiers(4.5);
  const house = houseLoad(1);
  for (let startMs = 0; startMs < 2 * DAY_MS; startMs += 37 * 60_000) {
    let state = initialLimiter(tiers);
    const seen = new Set<string>();
    for (let ms = 0; ms < 120_000; ms += 5000) {
      const watts = Math.max(house(startMs + ms), overload(tiers, ms));
      state = step(state, { watts, monoMs: ms }, 15_000);
      seen.add(status(state).state);
      assert.ok(!isTripDue(state));
    }
    assert.ok(seen.has("above") && seen.has("critical"), `from ${startMs}: ${[...seen]}`);
  }
});

Deno.test("overloads come and go within every contract's limits, again and again", () => {
  for (const tiers of [DEFAULT_TIERS, contractTiers(6), parseTiers("3000:60s")!]) {
    let state = initialLimiter(tiers);
    let alarms = 0;
    for (let ms = 0; ms < 7_200_000; ms += 5000) {
      const before = status(state).state;
      state = step(state, { watts: Math.max(400, overload(tiers, ms)), monoMs: ms }, 15_000);
      if (before !== "critical" && status(state).state === "critical") alarms++;
      assert.ok(!isTripDue(state));
    }
    assert.equal(alarms, 6);
  }
});
