/**
 * Resolves when all else that is due has had its turn: what takes long waits for it between its parts. By a timer, since
 * only while it waits for one does the runtime look for input: after setImmediate or a message it does so at each 61st turn.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
