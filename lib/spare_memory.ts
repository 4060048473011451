import { libc } from "./libc.ts";

/** Less is not worth the ten milliseconds that a look at the whole heap takes. */
const WORTHWHILE_BYTES = 2_000_000;
/** By then a reading is with its viewers; the next one is no sooner than a second after it. */
const AFTER_TURN_MS = 200;

/** What the heap's objects hold, within the heap and outside of it. */
function heldBytes(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** Gives memory that nothing uses any more back to the machine. */
export interface MemorySaver {
  /** To be called every minute or so: it is done after the loop's next turn. */
  due(): void;
  /** Told of each turn of the loop: for a while now nothing else is, so that no reading waits for it. */
  turned(): void;
  /** At once, while nobody waits. */
  now(): void;
}

/**
 * V8 by itself keeps what a digest or an export has left until it needs the room, and the C library keeps what was freed;
 * on a Pi others could use it. The heap is cleaned only where V8 was told to let programs do so (`--v8-flags=--expose-gc`).
 */
export function makeMemorySaver(): MemorySaver {
  const collect = (globalThis as { gc?: () => void }).gc;
  let leastBytes = 0;
  let isDue = false;
  const now = () => {
    if (collect && heldBytes() > leastBytes + WORTHWHILE_BYTES) {
      collect();
      leastBytes = heldBytes();
    }
    libc().malloc_trim(0n);
  };
  return {
    now,
    due: () => isDue = true,
    turned() {
      if (!isDue) return;
      isDue = false;
      Deno.unrefTimer(setTimeout(now, AFTER_TURN_MS));
    },
  };
}
