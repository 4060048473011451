import type { Config } from "../config.ts";
import { UserError } from "../user_error.ts";
import { lowerPins } from "./buzzer_parts.ts";

/**
 * `main.ts pins-low`, for systemd's ExecStopPost: a killed service must not leave the amplifier powered. Where there is
 * nothing to lower it does nothing. Throws UserError for a pin that stays as it is.
 */
export function runPinsLow(config: Config): void {
  const refusals = lowerPins(config.alarm);
  if (refusals.length > 0) throw new UserError(refusals.join("\n"));
}
