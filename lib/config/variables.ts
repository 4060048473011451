import * as z from "zod/mini";
import { parseTiers } from "../alarm/tiers.ts";
import * as v from "./values.ts";

/** A variable that reads its text with `parse`; `takes` ends the sentence "it takes …". */
function variable<T>(takes: string, parse: (text: string) => T | undefined) {
  return z.pipe(
    z.string(),
    z.transform((text, context): T => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.issues.push({ code: "custom", message: takes, input: text });
      return z.NEVER;
    }),
  );
}

const whole = (min: number, max: number, what = "a whole number") =>
  variable(`${what} from ${min} to ${max}`, v.wholeNumber(min, max));
const words = <const Word extends string>(...words: Word[]) =>
  variable(words.join(", ").replace(/, ([^,]+)$/, " or $1"), v.oneOf(...words));
const file = (example: string) => variable(`a path such as ${example}`, v.path);
const webAddress = variable("an http:// or https:// address", v.url("http:", "https:"));

/** Every variable that the program knows, by name: how its text is read and what stands for it when it is not set. */
export const variables = z.object({
  SERIAL_PORT: z.prefault(
    variable("a path such as /dev/ttyUSB0, or tcp://host:port", v.serialPort),
    "/dev/ttyUSB0",
  ),
  METER_CHANNELS: z.optional(
    variable("channels from 1 to 16, none twice, such as 2 or 1,2,3", v.channels),
  ),
  SAMPLE_SECONDS: z.prefault(whole(1, 60, "whole seconds"), "5"),
  TIME_ZONE: z.prefault(
    variable("the IANA name of a time zone, such as Europe/Rome", v.timeZone),
    () => Temporal.Now.timeZoneId(),
  ),
  // gettext's own variable, set on most desktops for the sake of others: nothing in it is refused.
  LANGUAGE: z.prefault(z.pipe(z.string(), z.transform(v.language)), "en"),
  DATABASE_URL: z.prefault(
    variable(
      "a path to which the year is appended, such as data/years/mcce (a postgres:// address is not supported yet)",
      v.pathPrefix,
    ),
    "data/years/mcce",
  ),
  JOURNAL_DIR: z.prefault(file("data/journal"), "data/journal"),
  FLUSH_SECONDS: z.prefault(whole(1, 86_400, "whole seconds"), "600"),
  RUNTIME_DIRECTORY: z.optional(file("/run/mcce")),
  MIN_TIME_RES: z.prefault(
    variable(
      "minutes that divide 60, or whole hours in minutes that divide 1440",
      v.historyMinutes,
    ),
    "15",
  ),
  HOST: z.prefault(variable("an IP address or host name without a port", v.host), "127.0.0.1"),
  PORT: z.prefault(whole(0, 65_535, "a port"), "8000"),
  ACCESS_TOKEN: z.optional(
    variable("16 or more letters, digits and signs of ASCII without spaces", v.token),
  ),
  ALLOW_OPEN: z.prefault(words("0", "1"), "0"),
  HOST_NAMES: z.optional(
    variable("host names without ports, such as meter.example.org,pi", v.hostNames),
  ),
  TLS_CERT: z.optional(file("/etc/mcce/cert.pem")),
  TLS_KEY: z.optional(file("/etc/mcce/key.pem")),
  LIMITS: z.optional(
    variable(
      "tiers of watts:time with rising watts and s, m or h, the last the cap, such as 3300:180m,4200:2m",
      parseTiers,
    ),
  ),
  CONTRACT_KW: z.optional(
    variable("the contract's kW from 0.5 to 50, such as 4.5", v.decimal(0.5, 50)),
  ),
  APPLIANCES: z.optional(
    variable("name:watts, no name twice, such as oven:2000,kettle:1800", v.appliances),
  ),
  ALARM_GPIO: z.prefault(words("on", "off"), "on"),
  ALARM_POWER_PIN: z.prefault(whole(0, 27, "a BCM number"), "17"),
  ALARM_TONE_PIN: z.prefault(whole(0, 27, "a BCM number"), "18"),
  GPIO_ROOT: z.prefault(file("/sys/class/gpio"), "/sys/class/gpio"),
  ALARM_PWM: z.optional(
    variable("a chip and channel such as /sys/class/pwm/pwmchip0:0", v.pwmChannel),
  ),
  QUIET_HOURS: z.optional(variable("two local times such as 22:00-07:00", v.quietHours)),
  NOTIFY_URL: z.optional(webAddress),
  HEARTBEAT_URL: z.optional(webAddress),
  MQTT_URL: z.optional(
    variable("an address such as mqtt://user:password@host:1883", v.url("mqtt:", "mqtts:")),
  ),
  /** For the unit of the backup, and for the doctor. */
  BACKUP_FOLDER: z.optional(file("/mnt/stick/mcce")),
  LOG_LEVEL: z.prefault(words("debug", "info", "warn", "error"), "info"),
  /** Set by systemd when standard error is the journal. */
  JOURNAL_STREAM: z.optional(z.string()),
  /** Set by systemd for a unit of Type=notify. Nothing in the next two is refused: they are no concern of the user's. */
  NOTIFY_SOCKET: z.optional(z.string()),
  /** Set by systemd for a unit with WatchdogSec=: microseconds. */
  WATCHDOG_USEC: z.optional(z.pipe(z.string(), z.transform(Number))),
});

/** The value of each variable. */
export type Variables = z.output<typeof variables>;

/** Whose value is never shown. */
const SECRETS: ReadonlySet<string> = new Set([
  "ACCESS_TOKEN",
  "MQTT_URL",
  "NOTIFY_URL",
  "HEARTBEAT_URL",
]);

/** A variable as it may stand in a log: `NAME="value"`, secrets and the credentials of addresses as `***`. */
export function shown(name: string, text: string): string {
  if (SECRETS.has(name)) return `${name}=***`;
  return `${name}=${JSON.stringify(text.replace(/:\/\/.*@/s, "://***@"))}`;
}
