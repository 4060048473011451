import { deepEqual, equal, ok } from "node:assert/strict";
import { makeSlices } from "../lib/query/slices.ts";
import { nextTurn } from "../lib/turn.ts";

/** Slices by a clock that goes on only while somebody works, and how many pieces were done in each turn of the loop. */
function observed() {
  let nowMs = 0;
  let pieces = 0;
  const order: string[] = [];
  const turns: number[] = [];
  const slices = makeSlices(() => nowMs);
  const work = (count: number, pieceMs: number, name = "") =>
    slices.work(async () => {
      for (let i = 0; i < count; i++) {
        await slices.pause();
        nowMs += pieceMs;
        pieces++;
        order.push(name);
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
  return { work, watch, order };
}

Deno.test("however many work, the loop has its turn after each piece that is as long as a slice", async () => {
  const { work, watch } = observed();
  const turns = await watch(Promise.all(Array.from({ length: 20 }, () => work(5, 5))));
  equal(turns.reduce((sum, count) => sum + count, 0), 100);
  // The first two turns may come between two looks of this test.
  ok(Math.max(...turns) <= 2, `${turns}`);
});

Deno.test("short pieces share a turn, also those of many", async () => {
  for (const works of [1, 40]) {
    const { work, watch } = observed();
    const all = Array.from({ length: works }, () => work(200 / works, 1));
    const turns = await watch(Promise.all(all));
    ok(turns.length >= 200 / 10 && turns.length <= 60, `${turns.length} turns`);
  }
});

Deno.test("one is done before the next begins, in the order in which they came", async () => {
  const { work, order } = observed();
  await Promise.all([work(3, 5, "a"), work(2, 1, "b"), work(2, 5, "c")]);
  deepEqual(order, ["a", "a", "a", "b", "b", "c", "c"]);
});

Deno.test("what is done within a slice waits for nobody", async () => {
  const { work } = observed();
  let turned = false;
  setTimeout(() => turned = true, 0);
  await work(4, 1);
  equal(turned, false);
  await nextTurn();
});

Deno.test("work that fails holds up none", async () => {
  const slices = makeSlices(() => 0);
  const failure = new Error("no");
  const failed = slices.work(() => Promise.reject(failure)).catch((error) => error);
  const done = slices.work(() => Promise.resolve(3));
  equal(await failed, failure);
  equal(await done, 3);
});
