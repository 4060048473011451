import type { GpioTree } from "../../support/gpio_tree.ts";
import { sleep } from "../bench.ts";

const LOOK_EVERY_MS = 1;
/** So long without a write to the tone pin is silence: its lowest tone has one every half millisecond. */
const SILENCE_MS = 30;
const PATIENCE_MS = 10_000;

/** Sees when the pins begin and cease to be driven. */
export class PinWatch {
  readonly #pins: GpioTree;
  #toneBefore = 0;

  constructor(pins: GpioTree) {
    this.#pins = pins;
  }

  /** To be called while they are still. */
  reset(): void {
    this.#toneBefore = this.#pins.writtenMs(18);
  }

  /** When the power pin was high and the tone pin written to, by `performance.now()`. */
  async driven(): Promise<number> {
    await this.#until(() => {
      return this.#pins.writtenMs(18) !== this.#toneBefore && this.#pins.read(17, "value") === "1";
    });
    return performance.now();
  }

  /** When the power pin was low and the tone pin was last written to, by `performance.now()`. */
  async still(): Promise<number> {
    await this.#until(() => this.#pins.read(17, "value") === "0");
    const unpoweredMs = performance.now();
    let [lastWrite, sinceMs] = [this.#pins.writtenMs(18), unpoweredMs];
    while (performance.now() - sinceMs < SILENCE_MS) {
      await sleep(LOOK_EVERY_MS);
      const write = this.#pins.writtenMs(18);
      if (write !== lastWrite) [lastWrite, sinceMs] = [write, performance.now()];
    }
    return sinceMs;
  }

  async #until(isSo: () => boolean): Promise<void> {
    const startMs = performance.now();
    while (!isSo()) {
      if (performance.now() - startMs > PATIENCE_MS) throw new Error("the pins did not follow");
      await sleep(LOOK_EVERY_MS);
    }
  }
}
