import { libc } from "./libc.ts";

/** Less is not worth the ten milliseconds that a look at the whole heap takes. */
const WORTHWHILE_BYTES = 2_000_000;
/** A burst of viewers or questions leaves megabytes: it is not to be seen for long. */
const LOOK_MS = 15_000;
/** Without a sign of it: what the C library keeps is not seen, and costs page faults when it is needed again. */
const LONGEST_MS = 60_000;
/** By then a reading is with its viewers; the next one is no sooner than a second after it. */
const AFTER_TURN_MS = 200;

/** What the heap's objects hold, within the heap and outside of it. */
function heldBytes(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** Gives memory that nothing uses any more back to the machine. */
export interface MemorySaver {
  /** Told of each turn of the loop: for a while now nothing else is, so that no reading waits for it. */
  turned(): void;
  /** At once, while nobody waits. */
  now(): void;
}

/**
 * V8 by itself keeps what a digest, an export or viewers have left until it needs the room, and the C library keeps what
 * was freed; on a Pi others could use it. The heap is cleaned only where V8 was told to let programs do so
 * (`--v8-flags=--expose-gc`).
 */
export function makeMemorySaver(monoMs: () => number): MemorySaver {
  const collect = (globalThis as { gc?: () => void }).gc;
  let [leastBytes, seenBytes] = [0, heldBytes()];
  let [lookedMs, cleanedMs] = [monoMs(), monoMs()];
  const isWorthwhile = (bytes: number) => bytes > leastBytes + WORTHWHILE_BYTES;
  const now = () => {
    if (collect && isWorthwhile(heldBytes())) {
      collect();
      leastBytes = seenBytes = heldBytes();
    }
    libc().malloc_trim(0n);
    cleanedMs = monoMs();
  };
  return {
    now,
    turned() {
      if (monoMs() - lookedMs < LOOK_MS) return;
      lookedMs = monoMs();
      const bytes = heldBytes();
      // While others ask, the pause would come on top of theirs, and the heap is soon as full again.
      const isCalm = Math.abs(bytes - seenBytes) < WORTHWHILE_BYTES / 2;
      seenBytes = bytes;
      const isSpare = collect !== undefined && isCalm && isWorthwhile(bytes);
      if (!isSpare && lookedMs - cleanedMs < LONGEST_MS) return;
      Deno.unrefTimer(setTimeout(now, AFTER_TURN_MS));
    },
  };
}
