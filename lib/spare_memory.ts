import { libc } from "./libc.ts";

/** Less is not worth the ten milliseconds that a look at the whole heap takes. */
const WORTHWHILE_BYTES = 2_000_000;

/** What the heap's objects hold, within the heap and outside of it. */
function heldBytes(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/**
 * Gives memory that nothing uses any more back to the machine: to be called every minute or so. V8 by itself keeps what a
 * digest or an export has left until it needs the room, and the C library keeps what was freed; on a Pi others could use it.
 * The heap is cleaned only where V8 was told to let programs do so (`--v8-flags=--expose-gc`).
 */
export function makeMemorySaver(): () => void {
  const collect = (globalThis as { gc?: () => void }).gc;
  let leastBytes = 0;
  return () => {
    if (collect && heldBytes() > leastBytes + WORTHWHILE_BYTES) {
      collect();
      leastBytes = heldBytes();
    }
    libc().malloc_trim(0n);
  };
}
