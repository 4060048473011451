import { setImmediate } from "node:timers";

/** Resolves when all else that is due has had its turn: what takes long waits for it between its parts. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
