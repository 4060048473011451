import { equal, ok } from "node:assert/strict";
import { makeSlices } from "../lib/query/slices.ts";
import { nextTurn } from "../lib/turn.ts";

/** Slices by a clock that goes on only while somebody works, and how many pieces were done in each turn of the loop. */
function observed() {
  let nowMs = 0;
  let pieces = 0;
  const turns: number[] = [];
  const slices = makeSlices(() => nowMs);
  const work = (count: number, pieceMs: number) =>
    slices.work(async () => {
      for (let i = 0; i < count; i++) {
        await slices.pause();
        nowMs += pieceMs;
        pieces++;
      }
    });
  /** Notes what was done between the loop's turns until `done`. */
  const watch = async (done: Promise<unknown>) => {
    let isDone = false;
    done.finally(() => isDone = true);
    while (!isDone) {
      await nextTurn();
      if (pieces > 0) turns.push(pieces);
      pieces = 0;
    }
    return turns;
  };
  return { work, watch };
}

Deno.test("however many work at once, the loop has its turn after few pieces that are as long as a slice", async () => {
  const { work, watch } = observed();
  const turns = await watch(Promise.all(Array.from({ length: 20 }, () => work(5, 5))));
  equal(turns.reduce((sum, count) => sum + count, 0), 100);
  ok(Math.max(...turns) <= 4, `${turns}`);
});

Deno.test("short pieces of one who works alone share a turn", async () => {
  const { work, watch } = observed();
  const turns = await watch(work(200, 1));
  ok(turns.length >= 200 / 6 && turns.length <= 60, `${turns.length} turns`);
});

Deno.test("what is done within a slice waits for nobody", async () => {
  const { work } = observed();
  let turned = false;
  setTimeout(() => turned = true, 0);
  await work(4, 1);
  equal(turned, false);
  await nextTurn();
});

Deno.test("work that fails ends its turn", async () => {
  const slices = makeSlices(() => 0);
  const failure = new Error("no");
  equal(await slices.work(() => Promise.reject(failure)).catch((error) => error), failure);
  equal(await slices.work(() => Promise.resolve(3)), 3);
});
