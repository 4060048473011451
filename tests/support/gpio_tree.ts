const BASE = 512;
const BCM_PINS = [17, 18];

/** A folder with the files of `/sys/class/gpio`, plain ones: pins 17 and 18 are exported already, no write is ever refused. */
export class GpioTree implements Disposable {
  readonly root = Deno.makeTempDirSync({ prefix: "mcce-gpio-" });

  constructor() {
    this.#file("export", "");
    this.#file("unexport", "");
    this.#file(`gpiochip${BASE}/label`, "pinctrl-bcm2711\n");
    this.#file(`gpiochip${BASE}/base`, `${BASE}\n`);
    for (const bcm of BCM_PINS) {
      this.#file(`gpio${BASE + bcm}/direction`, "in");
      this.#file(`gpio${BASE + bcm}/active_low`, "0");
      this.#file(`gpio${BASE + bcm}/value`, "0");
    }
  }

  /** What a pin's `file` has last been told. */
  read(bcm: number, file: "value" | "direction"): string {
    return Deno.readTextFileSync(`${this.root}/gpio${BASE + bcm}/${file}`);
  }

  /** When a pin's level was last written, by the file system's clock, which ticks every few milliseconds. */
  writtenMs(bcm: number): number {
    return Deno.statSync(`${this.root}/gpio${BASE + bcm}/value`).mtime?.getTime() ?? 0;
  }

  /** Pin 17 and pin 18. */
  get levels(): string {
    return BCM_PINS.map((bcm) => this.read(bcm, "value")).join("");
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }

  #file(path: string, text: string): void {
    Deno.mkdirSync(`${this.root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(`${this.root}/${path}`, text);
  }
}
