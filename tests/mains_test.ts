import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  mainsPower,
  stepZeroRun,
  ZERO_BELIEVED_AFTER_MS,
  type ZeroRun,
} from "../lib/meter/mains.ts";
import type { Channel } from "../lib/meter/reply.ts";

const LONGEST_GAP_MS = 15_000;

function channels(active: Record<number, number>): Channel[] {
  return Array.from({ length: 16 }, (_, i) => {
    const watts = active[i + 1];
    return {
      number: i + 1,
      paired: watts !== undefined,
      active: watts !== undefined,
      watts: watts ?? 0,
    };
  });
}

Deno.test("with METER_CHANNELS unset the lowest active channel is the house, and the others are named", () => {
  deepEqual(mainsPower(channels({ 2: 1999, 5: 300, 16: 1 }), null), {
    kind: "power",
    watts: 1999,
    channels: [2],
    ignored: [5, 16],
  });
  deepEqual(mainsPower(channels({ 9: 70 }), null), {
    kind: "power",
    watts: 70,
    channels: [9],
    ignored: [],
  });
});

Deno.test("the channels of METER_CHANNELS are added up, and nothing is warned of", () => {
  deepEqual(mainsPower(channels({ 1: 100, 2: 20, 3: 3, 7: 9000 }), [1, 2, 3]), {
    kind: "power",
    watts: 123,
    channels: [1, 2, 3],
    ignored: [],
  });
});

Deno.test("a channel of METER_CHANNELS that is not active: no power, and the channel is named", () => {
  deepEqual(mainsPower(channels({ 1: 100 }), [1, 2]), {
    kind: "wrong",
    reason: "channel 2 of METER_CHANNELS is not active",
  });
});

Deno.test("a zero is believed once zeros have lasted 60 s, and no earlier", () => {
  const believed: boolean[] = [];
  let run: ZeroRun = null;
  for (let s = 0; s <= 70; s += 5) {
    const step = stepZeroRun(run, 0, 1000 * s, LONGEST_GAP_MS);
    run = step.run;
    believed.push(step.believed);
  }
  deepEqual(believed, Array.from({ length: 15 }, (_, i) => 5 * i >= 60));
});

Deno.test("power between zeros, or a long time without any reply, starts their time anew", () => {
  const stepAll = (replies: { watts: number; gapMs: number }[]) => {
    let run: ZeroRun = null;
    let monoMs = 0;
    let zeroSinceMs: number | null = null as number | null;
    for (const { watts, gapMs } of replies) {
      monoMs += gapMs;
      if (watts !== 0) zeroSinceMs = null;
      else if (zeroSinceMs === null || gapMs > LONGEST_GAP_MS) zeroSinceMs = monoMs;
      const step = stepZeroRun(run, watts, monoMs, LONGEST_GAP_MS);
      run = step.run;
      const lasted: boolean = zeroSinceMs === null ||
        monoMs - zeroSinceMs >= ZERO_BELIEVED_AFTER_MS;
      equal(step.believed, lasted);
    }
  };
  const replies = fc.array(
    fc.record({ watts: fc.constantFrom(0, 0, 0, 0, 500), gapMs: fc.nat(16_000) }),
    { maxLength: 60 },
  );
  fc.assert(fc.property(replies, stepAll));
});
