import type { Clock } from "../clock.ts";
import type { PwmChannel } from "../config/values.ts";
import type { Sysfs } from "../sysfs.ts";
import { PinError, withPin } from "./pin_error.ts";
import type { OnFault, Sounder } from "./sounder.ts";
import { sweepHz } from "./sweep.ts";
import { whenUdevIsDone } from "./udev_wait.ts";

/** A channel of the kernel's PWM, and by what it is driven. */
export interface PwmOptions extends PwmChannel {
  readonly files: Sysfs;
  readonly clock: Clock;
  readonly onFault: OnFault;
}

const SWEEP_EVERY_MS = 20;

/** Takes a channel, silent: the kernel makes the tone, only the sweep's steps come from here. Throws {@linkcode PinError}. */
export async function openPwmTone(options: PwmOptions): Promise<Sounder> {
  const channel = new Channel(options);
  channel.export();
  // By tuning it one learns whether it may be used.
  await whenUdevIsDone(options.clock, () => channel.tune(sweepHz(0)));
  channel.enable(false);
  let sounding: AbortController | null = null;
  return {
    prepare() {},
    start() {
      if (sounding) return;
      channel.tune(sweepHz(0));
      channel.enable(true);
      sounding = new AbortController();
      sweep(channel, options, sounding.signal);
    },
    stop() {
      sounding?.abort();
      sounding = null;
      channel.enable(false);
    },
    rest() {},
    close() {
      sounding?.abort();
      letGo(channel);
      return Promise.resolve();
    },
  };
}

/** Silences and lets go of a channel that a killed process has left behind. Throws {@linkcode PinError}. */
export function lowerPwm(options: Pick<PwmOptions, "chipPath" | "channel" | "files">): void {
  const channel = new Channel(options);
  if (!channel.isExported()) return;
  // One that was never tuned refuses even to be switched off.
  if (channel.isEnabled()) channel.enable(false);
  letGo(channel);
}

function letGo(channel: Channel): void {
  for (const action of [() => channel.enable(false), () => channel.unexport()]) {
    try {
      action();
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      // A channel that is gone is let go of already.
    }
  }
}

async function sweep(channel: Channel, options: PwmOptions, signal: AbortSignal): Promise<void> {
  const { clock, onFault } = options;
  const startMs = clock.monoMs();
  for (;;) {
    await clock.sleep(SWEEP_EVERY_MS, signal);
    if (signal.aborted) return;
    try {
      channel.tune(sweepHz(clock.monoMs() - startMs));
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      return onFault(error);
    }
  }
}

/** A channel and its files (the kernel's Documentation/ABI/testing/sysfs-class-pwm). */
class Channel {
  readonly #files: Sysfs;
  readonly #chip: string;
  readonly #number: number;
  readonly #name: string;

  constructor({ files, chipPath, channel }: Pick<PwmOptions, "chipPath" | "channel" | "files">) {
    this.#files = files;
    this.#chip = chipPath;
    this.#number = channel;
    this.#name = `PWM channel ${chipPath}:${channel}`;
  }

  isExported(): boolean {
    const names = withPin(this.#name, () => this.#files.list(this.#chip));
    return names.includes(`pwm${this.#number}`);
  }

  export(): void {
    if (this.isExported()) return;
    withPin(this.#name, () => this.#files.write(`${this.#chip}/export`, String(this.#number)));
  }

  unexport(): void {
    withPin(this.#name, () => this.#files.write(`${this.#chip}/unexport`, String(this.#number)));
  }

  enable(isOn: boolean): void {
    this.#write("enable", isOn ? 1 : 0);
  }

  isEnabled(): boolean {
    return this.#read("enable") === 1;
  }

  /** A square wave. The pulse may at no moment be longer than the period. */
  tune(hz: number): void {
    const periodNs = Math.round(1e9 / hz);
    const dutyNs = Math.round(periodNs / 2);
    const isLonger = periodNs > this.#read("period");
    if (isLonger) this.#write("period", periodNs);
    this.#write("duty_cycle", dutyNs);
    if (!isLonger) this.#write("period", periodNs);
  }

  #path(file: string): string {
    return `${this.#chip}/pwm${this.#number}/${file}`;
  }

  #read(file: string): number {
    return withPin(this.#name, () => Number(this.#files.read(this.#path(file))));
  }

  #write(file: string, value: number): void {
    withPin(this.#name, () => this.#files.write(this.#path(file), String(value)));
  }
}
