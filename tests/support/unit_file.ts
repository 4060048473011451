/** A unit of systemd as far as tests read it: the values of each key in their order, continued lines joined. */
export class UnitFile {
  readonly #values = new Map<string, string[]>();

  constructor(text: string) {
    for (const line of text.replaceAll(/\\\n\s*/g, "").split("\n")) {
      const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
      if (key === undefined || value === undefined) continue;
      this.#values.set(key, [...this.#values.get(key) ?? [], value]);
    }
  }

  all(key: string): readonly string[] {
    return this.#values.get(key) ?? [];
  }

  one(key: string): string {
    const [value, ...more] = this.all(key);
    if (value === undefined || more.length > 0) throw new Error(`${key}= is not there once`);
    return value;
  }

  /** The words of `ExecStart=`. */
  get command(): string[] {
    return this.one("ExecStart").split(/\s+/);
  }

  /** What `Environment=` sets. */
  get environment(): Record<string, string> {
    const pairs = this.all("Environment").flatMap((line) => line.split(" "));
    return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  }
}
