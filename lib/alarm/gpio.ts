import type { Clock } from "../clock.ts";
import { SystemError } from "../libc.ts";
import type { Sysfs, SysfsFile } from "../sysfs.ts";
import { ABSENT, PinError, withPin } from "./pin_error.ts";
import { whenUdevIsDone } from "./udev_wait.ts";

/** Which pin, and by what it is driven. */
export interface PinOptions {
  /** `GPIO_ROOT`. */
  readonly root: string;
  /** BCM number. */
  readonly bcm: number;
  readonly files: Sysfs;
  readonly clock: Clock;
}

/** An output that this process holds. */
export interface Pin {
  /** `Pin 17`. */
  readonly name: string;
  /** Of its file `value`, for one that writes `0` and `1` there often; open until `close`. */
  readonly fd: number;
  /** Throws {@linkcode PinError}. */
  set(isHigh: boolean): void;
  /** Leaves it low and lets go of it; never throws. */
  close(): void;
}

/** Labels of the chips that bear the header's pins: Raspberry Pi 1 to 3, 4 and 5. */
const LABELS = ["pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"];

/** Takes a pin as a low output, and locks it against others of this program. Throws {@linkcode PinError}. */
export async function openPin({ root, bcm, files, clock }: PinOptions): Promise<Pin> {
  const line = new Line(files, root, bcm);
  line.export();
  const value = await whenUdevIsDone(clock, () => line.lock());
  try {
    await whenUdevIsDone(clock, () => line.lower());
  } catch (error) {
    value.close();
    throw error;
  }
  return {
    name: line.name,
    fd: value.fd,
    set: (isHigh) => withPin(line.name, () => value.write(isHigh ? "1" : "0")),
    close: () => letGo(line, value),
  };
}

/** Lowers and lets go of a pin that a killed process has left behind; does nothing where none has. Throws {@linkcode PinError}. */
export function lowerPin({ root, bcm, files }: Omit<PinOptions, "clock">): void {
  const line = new Line(files, root, bcm);
  if (!line.isExported()) return;
  const value = line.lock();
  try {
    line.lower();
  } finally {
    letGo(line, value);
  }
}

function letGo(line: Line, value: SysfsFile): void {
  for (const action of [() => line.lower(), () => line.unexport()]) {
    try {
      action();
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      // A pin that is gone is let go of already.
    }
  }
  value.close();
}

/** A line of the header's chip, and its files (the kernel's Documentation/userspace-api/gpio/sysfs.rst). */
class Line {
  readonly #files: Sysfs;
  readonly #root: string;
  readonly #number: number;
  readonly name: string;

  constructor(files: Sysfs, root: string, bcm: number) {
    this.#files = files;
    this.#root = root;
    this.name = `Pin ${bcm}`;
    this.#number = chipBase(files, root) + bcm;
  }

  isExported(): boolean {
    return this.#files.list(this.#root).includes(`gpio${this.#number}`);
  }

  /** Takes over an export that is there. */
  export(): void {
    withPin(this.name, () => {
      try {
        this.#files.write(`${this.#root}/export`, String(this.#number));
      } catch (error) {
        const isBusy = error instanceof SystemError && error.code === "EBUSY";
        // Without a folder it is busy with something else than an export.
        if (!isBusy || !this.isExported()) throw error;
      }
    });
  }

  unexport(): void {
    withPin(this.name, () => this.#files.write(`${this.#root}/unexport`, String(this.#number)));
  }

  /** An output, and low, in one step. */
  lower(): void {
    const folder = `${this.#root}/gpio${this.#number}`;
    withPin(this.name, () => {
      // In an export of someone else's it may be upside down; where it is not, a udev rule need not grant it.
      const isUpright = this.#files.read(`${folder}/active_low`) === "0";
      if (!isUpright) this.#files.write(`${folder}/active_low`, "0");
      this.#files.write(`${folder}/direction`, "low");
    });
  }

  lock(): SysfsFile {
    const path = `${this.#root}/gpio${this.#number}/value`;
    const value = withPin(this.name, () => this.#files.open(path));
    if (value.lock()) return value;
    value.close();
    throw new PinError(`${this.name} is in use by another MCCE: stop that one first.`);
  }
}

/** The number of the first line of the header's chip: 512 since Linux 6.6, 458 or 0 before. Throws {@linkcode PinError}. */
export function chipBase(files: Pick<Sysfs, "list" | "read">, root: string): number {
  try {
    const chips = files.list(root).filter((name) => name.startsWith("gpiochip"));
    const chip = chips.find((name) => LABELS.includes(files.read(`${root}/${name}/label`)));
    if (chip !== undefined) return Number(files.read(`${root}/${chip}/base`));
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
  }
  throw new PinError(`This machine has no pins of a Raspberry Pi at ${root}.`, ABSENT);
}
