import type { Clock } from "../../lib/clock.ts";
import { SystemError } from "../../lib/libc.ts";
import type { Sysfs, SysfsFile } from "../../lib/sysfs.ts";

const [ENOENT, EACCES, EBUSY, ENODEV, EINVAL] = [2, 13, 16, 19, 22];

interface Channel {
  period: number;
  duty_cycle: number;
  enable: number;
  readonly atMs: number;
}

/** A chip of `/sys/class/pwm` with two channels, as the kernel's drivers/pwm behaves, with its errnos; in memory. */
export class KernelPwm implements Sysfs {
  readonly channels = new Map<number, Channel>();
  /** Every state that a channel has had while it was enabled, in hertz. */
  readonly heard: number[] = [];
  readonly #clock: Clock;
  readonly #udevMs: number;
  /** What the next write is refused with. */
  broken: number | null = null;

  constructor(clock: Clock, udevMs = 100) {
    this.#clock = clock;
    this.#udevMs = udevMs;
  }

  static readonly chipPath = "/sys/class/pwm/pwmchip0";

  list(path: string): string[] {
    if (path !== KernelPwm.chipPath) throw new SystemError(ENOENT, `open ${path}`);
    const exported = [...this.channels.keys()].map((number) => `pwm${number}`);
    return ["export", "unexport", "npwm", ...exported];
  }

  read(path: string): string {
    const [channel, attribute] = this.#attribute(path);
    return String(channel[attribute]);
  }

  write(path: string, text: string): void {
    const action = `write ${path}`;
    if (this.broken !== null) throw new SystemError(this.broken, action);
    const value = Number(text);
    if (path === `${KernelPwm.chipPath}/export`) {
      if (!(value < 2)) throw new SystemError(ENODEV, action);
      if (this.channels.has(value)) throw new SystemError(EBUSY, action);
      const atMs = this.#clock.monoMs();
      this.channels.set(value, { period: 0, duty_cycle: 0, enable: 0, atMs });
    } else if (path === `${KernelPwm.chipPath}/unexport`) {
      if (!this.channels.delete(value)) throw new SystemError(ENODEV, action);
    } else this.#set(path, value, action);
  }

  open(path: string): SysfsFile {
    throw new SystemError(ENOENT, `open ${path}`);
  }

  #set(path: string, value: number, action: string): void {
    const [channel, attribute] = this.#attribute(path);
    if (this.#clock.monoMs() - channel.atMs < this.#udevMs) throw new SystemError(EACCES, action);
    const next = { ...channel, [attribute]: value };
    if (next.period === 0 || next.duty_cycle > next.period) throw new SystemError(EINVAL, action);
    channel[attribute] = value;
    if (channel.enable === 1) this.heard.push(Math.round(1e9 / channel.period));
  }

  #attribute(path: string): [Channel, "period" | "duty_cycle" | "enable"] {
    const match = /\/pwm(\d+)\/(period|duty_cycle|enable)$/.exec(path);
    const channel = this.channels.get(Number(match?.[1]));
    if (!channel) throw new SystemError(ENOENT, `open ${path}`);
    return [channel, match?.[2] as "period"];
  }
}
