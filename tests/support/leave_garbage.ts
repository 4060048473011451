import { makeMemorySaver } from "../../lib/spare_memory.ts";

const MUCH_BYTES = 30_000_000;
const MOST_CALLS = 250;

/** Uses 60 MB for a moment; prints whether they are given back. */
const { now: save } = makeMemorySaver(() => performance.now());
save();
// Pieces below the C library's threshold for pages of their own: freed, they stay with the process.
let pieces = Array.from({ length: 1_000 }, () => new Uint8Array(60_000).fill(1));
const highBytes = pieces.length > 0 ? Deno.memoryUsage().rss : 0;
pieces = [];
const isBack = () => Deno.memoryUsage().rss < highBytes - MUCH_BYTES;
// What was collected is freed by another thread, so the next call gives it back.
for (let i = 0; i < MOST_CALLS && !isBack(); i++) {
  save();
  await new Promise((resolve) => setTimeout(resolve, 20));
}
console.log(isBack() ? "given back" : `${highBytes} bytes, then ${Deno.memoryUsage().rss}`);
