import type { Pin } from "./gpio.ts";
import type { PinError } from "./pin_error.ts";

/** What sounds. Nothing in it waits; its functions throw a {@linkcode PinError} when a pin fails. */
export interface Sounder {
  /** Does ahead of the first sound what takes time. May be called again and again. */
  prepare(): void;
  /** Sounds. To be called again at least every 15 s while it is to go on: a program that hangs must not howl. */
  start(): void;
  stop(): void;
  /** Gives back what `prepare` took. May be called again and again. */
  rest(): void;
  /** Leaves the pins low and lets go of them; never throws. */
  close(): Promise<void>;
}

/** Told of a pin that fails between the calls. */
export type OnFault = (error: PinError) => void;

/** Told of a sound that has just begun, so many milliseconds later than it was first asked for. */
export type OnLate = (lateMs: number) => void;

/** A tone whose amplifier gets its power from a pin while it sounds, and at no other time. */
export function powered(power: Pin, tone: Sounder): Sounder {
  return {
    prepare: () => tone.prepare(),
    rest: () => tone.rest(),
    start() {
      power.set(true);
      tone.start();
    },
    stop() {
      try {
        tone.stop();
      } finally {
        power.set(false);
      }
    },
    async close() {
      power.close();
      await tone.close();
    },
  };
}
