import type { Clock } from "../../lib/clock.ts";
import { SystemError } from "../../lib/libc.ts";
import type { Sysfs, SysfsFile } from "../../lib/sysfs.ts";

const [EPERM, ENOENT, EACCES, EBUSY, ENODEV, EINVAL] = [1, 2, 13, 16, 19, 22];
const LINES = 54;

/** What of the kernel a test has otherwise than a Raspberry Pi with current software. */
export interface KernelGpioOptions {
  readonly clock: Clock;
  readonly root?: string;
  readonly label?: string;
  readonly base?: number;
  /** Lines that another driver holds. */
  readonly busy?: readonly number[];
  /** How long udev takes until the group may write to a new export. */
  readonly udevMs?: number;
  /** The user is not in the group. */
  readonly isForbidden?: boolean;
}

interface ExportedLine {
  direction: "in" | "out";
  level: 0 | 1;
  activeLow: boolean;
  readonly atMs: number;
  /** The open file that holds the lock. */
  lockedBy: number | null;
}

/**
 * `/sys/class/gpio` as the kernel's gpiolib-sysfs.c behaves, with its errnos. It lies in memory: no plain file refuses a
 * second export or a write to an input.
 */
export class KernelGpio implements Sysfs {
  readonly #options: KernelGpioOptions;
  readonly #root: string;
  readonly #base: number;
  readonly lines = new Map<number, ExportedLine>();
  /** Every write that was taken, `file=text` below the root. */
  readonly writes: string[] = [];
  openFiles = 0;
  #nextFd = 100;

  constructor(options: KernelGpioOptions) {
    this.#options = options;
    this.#root = options.root ?? "/sys/class/gpio";
    this.#base = options.base ?? 512;
  }

  /** The level of a BCM pin as a voltmeter sees it; `null` while nothing drives it. */
  volts(bcm: number): 0 | 1 | null {
    const line = this.lines.get(this.#base + bcm);
    return line?.direction === "out" ? line.level : null;
  }

  read(path: string): string {
    const file = this.#below(path);
    if (file === `gpiochip${this.#base}/label`) return this.#options.label ?? "pinctrl-bcm2711";
    if (file === `gpiochip${this.#base}/base`) return String(this.#base);
    if (file === "gpiochip504/label") return "raspberrypi-exp-gpio";
    const line = this.lines.get(Number(/^gpio(\d+)\/active_low$/.exec(file)?.[1]));
    if (line) return line.activeLow ? "1" : "0";
    throw new SystemError(ENOENT, `open ${path}`);
  }

  list(path: string): string[] {
    if (path !== this.#root) throw new SystemError(ENOENT, `open ${path}`);
    const exported = [...this.lines.keys()].map((number) => `gpio${number}`);
    return ["export", "unexport", "gpiochip504", `gpiochip${this.#base}`, ...exported];
  }

  write(path: string, text: string): void {
    const file = this.#below(path);
    const action = `write ${path}`;
    if (file === "export" || file === "unexport") {
      if (this.#options.isForbidden) throw new SystemError(EACCES, `open ${path}`);
      this.#turn(file, Number(text), action);
    } else {
      const [line, attribute] = this.#attribute(path);
      this.#set(line, attribute, text, action);
    }
    this.writes.push(`${file}=${text}`);
  }

  open(path: string): SysfsFile {
    const [line] = this.#attribute(path);
    const fd = this.#nextFd++;
    this.openFiles++;
    return {
      fd,
      write: (text) => {
        if (![...this.lines.values()].includes(line)) throw new SystemError(ENODEV, path);
        this.write(path, text);
      },
      lock: () => (line.lockedBy ??= fd) === fd,
      close: () => {
        if (line.lockedBy === fd) line.lockedBy = null;
        this.openFiles--;
      },
    };
  }

  #turn(file: "export" | "unexport", number: number, action: string): void {
    const offset = number - this.#base;
    if (!(offset >= 0 && offset < LINES)) throw new SystemError(EINVAL, action);
    if (file === "unexport") {
      if (!this.lines.delete(number)) throw new SystemError(EINVAL, action);
      return;
    }
    const isBusy = this.lines.has(number) || this.#options.busy?.includes(offset);
    if (isBusy) throw new SystemError(EBUSY, action);
    const atMs = this.#options.clock.monoMs();
    this.lines.set(number, {
      direction: "in",
      level: 0,
      activeLow: false,
      atMs,
      lockedBy: null,
    });
  }

  /** Opens an attribute of a line for writing. */
  #attribute(path: string): [ExportedLine, string] {
    const [, number, attribute = ""] = /^gpio(\d+)\/(.*)$/.exec(this.#below(path)) ?? [];
    const line = this.lines.get(Number(number));
    if (!line) throw new SystemError(ENOENT, `open ${path}`);
    const ageMs = this.#options.clock.monoMs() - line.atMs;
    if (ageMs < (this.#options.udevMs ?? 100)) throw new SystemError(EACCES, `open ${path}`);
    return [line, attribute];
  }

  #set(line: ExportedLine, attribute: string, text: string, action: string): void {
    if (attribute === "active_low") line.activeLow = text !== "0";
    else if (attribute === "direction") {
      if (!["in", "out", "low", "high"].includes(text)) throw new SystemError(EINVAL, action);
      line.direction = text === "in" ? "in" : "out";
      // "low" and "high" are levels of the pin, whatever active_low says.
      line.level = text === "high" ? 1 : 0;
    } else if (attribute === "value") {
      if (line.direction === "in") throw new SystemError(EPERM, action);
      line.level = (text !== "0") !== line.activeLow ? 1 : 0;
    } else throw new SystemError(ENOENT, action);
  }

  #below(path: string): string {
    return path.slice(this.#root.length + 1);
  }
}
