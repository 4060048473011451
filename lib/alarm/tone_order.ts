/** What the tone's thread is to do. */
export const STILL = 0;
export const SOUND = 1;
export const END = 2;
export type Order = typeof STILL | typeof SOUND | typeof END;

/** What a thread is told as it starts. */
export interface ToneStart {
  /** The tone pin's file `value`. */
  readonly fd: number;
  /** Shared: the newest order in its only place. */
  readonly cell: Int32Array<SharedArrayBuffer>;
  /** After so long without another order a sound ends: who gives them hangs. */
  readonly longestMs: number;
}

/** What a thread says: that it obeys from now on, the errno's name of a write that failed, or that it has ended. */
export type ToneReport = "ready" | { readonly code: string } | "ended";

const KINDS = 4;

/** Gives an order. Each differs from the one before it, so that a repeated one is seen as well. */
export function give(cell: ToneStart["cell"], order: Order): void {
  const before = Atomics.load(cell, 0);
  Atomics.store(cell, 0, before - before % KINDS + KINDS + order);
  Atomics.notify(cell, 0);
}

/** What a cell's number orders. */
export function orderOf(number: number): Order {
  return number % KINDS as Order;
}
