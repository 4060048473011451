import { chipBase } from "../alarm/gpio.ts";
import { PinError } from "../alarm/pin_error.ts";
import type { Config } from "../config.ts";
import { SystemError } from "../libc.ts";
import type { Sysfs } from "../sysfs.ts";
import type { BuzzerFacts, PinFacts, PwmFacts } from "./pins.ts";
import type { Program } from "./program.ts";

/** By what the pins are looked at; nothing is written. */
export interface PinView {
  readonly files: Pick<Sysfs, "list" | "read">;
  readonly mayWrite: (path: string) => boolean;
  /** Another program than the service that has locked a file. */
  readonly lockedBy: (path: string) => Program | null;
}

const MODEL = "/proc/device-tree/model";

/** What the buzzer's settings lead to on this machine. Throws PinError, SystemError. */
export function readBuzzer(alarm: Config["alarm"], view: PinView): BuzzerFacts | null {
  if (!alarm.gpio) return null;
  const { gpioRoot: root, powerPin, tonePin, pwm } = alarm;
  const base = headerBase(root, view);
  const pin = (name: string, bcm: number) =>
    readPin(view, `${name} pin ${bcm}`, `${root}/gpio${(base ?? 0) + bcm}`);
  return {
    root,
    hasChip: base !== null,
    model: textOf(view, MODEL)?.replace("\0", "") ?? null,
    mayExport: view.mayWrite(`${root}/export`),
    pins: base === null ? [] : [pin("power", powerPin), ...(pwm ? [] : [pin("tone", tonePin)])],
    pwm: pwm && readPwm(view, pwm),
  };
}

function headerBase(root: string, { files }: PinView): number | null {
  try {
    return chipBase(files, root);
  } catch (error) {
    if (error instanceof PinError) return null;
    throw error;
  }
}

function readPin(view: PinView, name: string, folder: string): PinFacts {
  const value = `${folder}/value`;
  const isExported = textOf(view, `${folder}/direction`) !== null;
  return {
    name,
    holder: isExported ? view.lockedBy(value) : null,
    isDenied: isExported && !view.mayWrite(value),
  };
}

function readPwm(
  view: PinView,
  { chipPath, channel }: NonNullable<Config["alarm"]["pwm"]>,
): PwmFacts {
  const count = textOf(view, `${chipPath}/npwm`);
  return {
    name: `${chipPath}:${channel}`,
    channels: count === null ? null : Number(count),
    channel,
    mayExport: view.mayWrite(`${chipPath}/export`),
  };
}

function textOf({ files }: PinView, path: string): string | null {
  try {
    return files.read(path);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return null;
  }
}
