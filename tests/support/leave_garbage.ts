import { makeMemorySaver } from "../../lib/spare_memory.ts";

/** Uses 60 MB for a moment; prints the process's memory in bytes at its height, and after it was given back. */
const save = makeMemorySaver();
save();
// Pieces below the C library's threshold for pages of their own: freed, they stay with the process.
let pieces = Array.from({ length: 1_000 }, () => new Uint8Array(60_000).fill(1));
if (pieces.length > 0) console.log(Deno.memoryUsage().rss);
pieces = [];
save();
console.log(Deno.memoryUsage().rss);
