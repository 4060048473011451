import { libc } from "./libc.ts";

/** Less is not worth the ten milliseconds that a look at the whole heap takes. */
const WORTHWHILE_BYTES = 2_000_000;
/** A burst of viewers or questions leaves megabytes: it is not to be seen for long. */
const LOOK_MS = 15_000;
/** What the C library keeps is looked for without a sign of it, and costs page faults when it is needed again. */
const TRIM_MS = 60_000;
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
  let leastBytes = 0;
  let [lookedMs, trimmedMs] = [monoMs(), monoMs()];
  const isWorthwhile = () => heldBytes() > leastBytes + WORTHWHILE_BYTES;
  const now = () => {
    if (collect && isWorthwhile()) {
      collect();
      leastBytes = heldBytes();
    }
    libc().malloc_trim(0n);
    trimmedMs = monoMs();
  };
  return {
    now,
    turned() {
      if (monoMs() - lookedMs < LOOK_MS) return;
      lookedMs = monoMs();
      if (lookedMs - trimmedMs < TRIM_MS && !(collect && isWorthwhile())) return;
      Deno.unrefTimer(setTimeout(now, AFTER_TURN_MS));
    },
  };
}
