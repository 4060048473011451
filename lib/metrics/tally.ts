/** How often something was done, how long that took in all, and how often it failed. */
export class Tally {
  readonly #monoMs: () => number;
  #count = 0;
  #seconds = 0;
  #failures = 0;

  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
  }

  get count(): number {
    return this.#count;
  }

  get seconds(): number {
    return this.#seconds;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Does it, and notes how long it took; what it throws counts as a failure and goes on to the caller. */
  async time<T>(work: () => Promise<T>, isWell: (result: T) => boolean = () => true): Promise<T> {
    const startMs = this.#monoMs();
    let well = false;
    try {
      const result = await work();
      well = isWell(result);
      return result;
    } finally {
      this.#count++;
      this.#seconds += (this.#monoMs() - startMs) / 1000;
      if (!well) this.#failures++;
    }
  }
}
