import { houseMeter } from "../../lib/meter/simulator/house_meter.ts";
import type { SimulatedMeter } from "../../lib/meter/simulator/simulated_meter.ts";

/** A house in a temporary folder that draws what a test wants it to, by a simulated meter on a pseudo-terminal. */
export class OverloadedHouse implements AsyncDisposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "mcce-overload-" });
  readonly #meter: SimulatedMeter = houseMeter({ link: `${this.#folder}/meter`, fast: true });
  /** The environment of a service in it: a reading a second, the limits of a contract of 3 kW. */
  readonly env = {
    SERIAL_PORT: `${this.#folder}/meter`,
    SAMPLE_SECONDS: "1",
    JOURNAL_DIR: `${this.#folder}/journal`,
    RUNTIME_DIRECTORY: `${this.#folder}/run`,
    DATABASE_URL: `${this.#folder}/years/mcce`,
  };

  constructor() {
    this.draw(500);
  }

  /** From the next reading on. */
  draw(watts: number): void {
    this.#meter.ways.watts = watts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#meter.unplug();
    await Deno.remove(this.#folder, { recursive: true });
  }
}
