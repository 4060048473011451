import { Buzzer } from "../alarm/buzzer.ts";
import { lowerPin, openPin } from "../alarm/gpio.ts";
import type { SounderStatus } from "../alarm/held_sounder.ts";
import { ABSENT, PinError } from "../alarm/pin_error.ts";
import { lowerPwm, openPwmTone } from "../alarm/pwm.ts";
import { isQuiet } from "../alarm/quiet_hours.ts";
import { type OnFault, type OnLate, powered, type Sounder } from "../alarm/sounder.ts";
import { threadTone } from "../alarm/tone_thread.ts";
import { systemClock as clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { sysfs as files } from "../sysfs.ts";

/** Hardly anything that is switched on at once draws more than the rest. */
const READY_SHARE = 0.25;

/** The service's buzzer; its pins are still to be opened. */
export function makeBuzzer({ alarm, timeZone, limits }: Config, log: Log): Buzzer {
  return new Buzzer({
    readyWatts: READY_SHARE * (limits.at(-1)?.watts ?? 0),
    open: alarm.gpio ? (onFault, onLate) => openSounder(alarm, onFault, onLate) : null,
    clock,
    isQuiet: (atMs) => isQuiet(alarm.quietHours, atMs, timeZone),
    onStatus: (status) => tellStatus(log, status),
  });
}

function tellStatus(log: Log, { state, problem }: SounderStatus): void {
  if (state === "ready") log.info("the buzzer is ready");
  if (state === "absent") {
    log.info(`there is no buzzer: ${problem} ALARM_GPIO=off ends the search.`);
  }
  if (state === "failing") log.warn(`the buzzer fails: ${problem}`);
}

/** Takes the pins that the settings name, low. Throws {@linkcode PinError}. */
export async function openSounder(
  alarm: Config["alarm"],
  onFault: OnFault,
  onLate: OnLate,
): Promise<Sounder> {
  const { gpioRoot: root, pwm } = alarm;
  const power = await openPin({ root, bcm: alarm.powerPin, files, clock });
  try {
    const tone = pwm
      ? await openPwmTone({ ...pwm, files, clock, onFault })
      : threadTone(await openPin({ root, bcm: alarm.tonePin, files, clock }), onFault, onLate);
    return powered(power, tone);
  } catch (error) {
    power.close();
    throw error;
  }
}

/** Lowers what a killed service has left behind; gives a sentence for each pin that refuses. */
export function lowerPins(alarm: Config["alarm"]): string[] {
  const { gpio, gpioRoot: root, powerPin, tonePin, pwm } = alarm;
  if (!gpio) return [];
  const lowerTone = pwm
    ? () => lowerPwm({ ...pwm, files })
    : () => lowerPin({ root, bcm: tonePin, files });
  return [() => lowerPin({ root, bcm: powerPin, files }), lowerTone].flatMap((lower) => {
    try {
      lower();
      return [];
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      return error.code === ABSENT ? [] : [error.message];
    }
  });
}
