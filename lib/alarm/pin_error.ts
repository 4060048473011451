/** A pin that cannot be used, in one sentence that names it and the remedy. */
export class PinError extends Error {
  override readonly name = "PinError";

  /** @param isAbsent this machine has no pins at all, so that nobody can have wired a buzzer to one. */
  constructor(message: string, readonly isAbsent = false) {
    super(message);
  }
}
