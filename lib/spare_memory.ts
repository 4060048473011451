import { libc } from "./libc.ts";

/** Less is not worth the ten milliseconds that the whole heap takes. */
const WORTHWHILE_BYTES = 4_000_000;

/**
 * Gives memory that nothing uses any more back to the machine: to be called every minute or so. V8 by itself keeps what a
 * digest or an export has left until it needs the room, and the C library keeps what was freed; on a Pi others could use it.
 * The heap is cleaned only where V8 was told to let programs do so (`--v8-flags=--expose-gc`).
 */
export function makeMemorySaver(): () => void {
  const collect = (globalThis as { gc?: () => void }).gc;
  let heapBytes = 0;
  return () => {
    if (collect && Deno.memoryUsage().heapUsed > heapBytes + WORTHWHILE_BYTES) {
      collect();
      heapBytes = Deno.memoryUsage().heapUsed;
    }
    libc().malloc_trim(0n);
  };
}
