/**
 * Readers of single values: each takes the text of a variable and gives its value, or `undefined` when the text is none.
 */

/** A whole number of plain decimal digits, both ends included. */
export function wholeNumber(min: number, max: number): (text: string) => number | undefined {
  return (text) => {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= min && value <= max ? value : undefined;
  };
}

/** A number with a decimal point, both ends included. */
export function decimal(min: number, max: number): (text: string) => number | undefined {
  return (text) => {
    const value = Number(text);
    return /^\d+(\.\d+)?$/.test(text) && value >= min && value <= max ? value : undefined;
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(
  ...words: Word[]
): (text: string) => Word | undefined {
  return (text) => words.find((word) => word === text);
}

/** The path of a file or folder, and nothing that looks like an address. */
export function path(text: string): string | undefined {
  return /^[^\0]+$/.test(text) && !text.includes("://") ? text : undefined;
}

/** A path to which a year can be appended. */
export function pathPrefix(text: string): string | undefined {
  return text.endsWith("/") ? undefined : path(text);
}

/** An address with one of the schemes (`http:`, …) and a host. */
export function url(...schemes: string[]): (text: string) => string | undefined {
  return (text) => {
    const parsed = URL.parse(text);
    return parsed && schemes.includes(parsed.protocol) && parsed.hostname !== "" ? text : undefined;
  };
}

/** A tty's absolute path or `tcp://host:port`. */
export function serialPort(text: string): string | undefined {
  if (!text.includes("://")) return text.startsWith("/") ? path(text) : undefined;
  // Only a bare host and port survive being put together again.
  const parsed = URL.parse(text);
  if (parsed === null || parsed.protocol !== "tcp:" || !(Number(parsed.port) > 0)) return undefined;
  return text === `tcp://${parsed.hostname}:${parsed.port}` ? text : undefined;
}

/** `2` or `1,2,3`: channels 1 to 16, none twice. */
export function channels(text: string): readonly number[] | undefined {
  return list(text, wholeNumber(1, 16), (channel) => channel);
}

/** A zone that Temporal knows, by the name that it has there. */
export function timeZone(text: string): string | undefined {
  // Temporal takes offsets and whole dates for zones too; browsers want a name.
  if (!/^[A-Za-z][\w+/-]*$/.test(text)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch {
    return undefined;
  }
}

/** A language of the pages from gettext's list of locales, such as `it_IT.UTF-8:it`: the first that they speak, else English. */
export function language(text: string): "en" | "it" {
  const languages = text.split(":").map((locale) => locale.split(/[_.@-]/)[0]?.toLowerCase());
  return languages.find((name) => name === "en" || name === "it") ?? "en";
}

/** Minutes that tile the hour, or hours that tile the day. */
export function historyMinutes(text: string): number | undefined {
  const minutes = wholeNumber(1, 1440)(text);
  if (minutes === undefined) return undefined;
  return 60 % minutes === 0 || (minutes % 60 === 0 && 1440 % minutes === 0) ? minutes : undefined;
}

/** An IP address or a host name, without a port. */
export function host(text: string): string | undefined {
  const authority = text.includes(":") ? `[${text}]` : text;
  return /^[A-Za-z\d.:-]+$/.test(text) && URL.canParse(`http://${authority}/`) ? text : undefined;
}

/** Host names in lower case. */
export function hostNames(text: string): readonly string[] | undefined {
  const name = (part: string) => part.includes(":") ? undefined : host(part)?.toLowerCase();
  return list(text, name, (name) => name);
}

/** A secret that fits into a header: 16 or more visible ASCII characters. */
export function token(text: string): string | undefined {
  return /^[!-~]{16,}$/.test(text) ? text : undefined;
}

/** Something to switch on. */
export interface Appliance {
  readonly name: string;
  readonly watts: number;
}

/** `oven:2000,kettle:1800`, no name twice. */
export function appliances(text: string): readonly Appliance[] | undefined {
  const appliance = (part: string): Appliance | undefined => {
    const [name = "", number = "", ...rest] = part.split(":").map((side) => side.trim());
    const watts = wholeNumber(1, 100_000)(number);
    return name === "" || rest.length > 0 || watts === undefined ? undefined : { name, watts };
  };
  return list(text, appliance, ({ name }) => name);
}

/** Minutes of the local day, [fromMinute, toMinute); over midnight when `toMinute` is the smaller. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** `22:00-07:00`. */
export function quietHours(text: string): QuietHours | undefined {
  const time = "([01]\\d|2[0-3]):([0-5]\\d)";
  const match = new RegExp(`^${time}-${time}$`).exec(text)?.slice(1).map(Number);
  if (match === undefined) return undefined;
  const [fromHour = 0, from = 0, toHour = 0, to = 0] = match;
  const hours = { fromMinute: fromHour * 60 + from, toMinute: toHour * 60 + to };
  return hours.fromMinute === hours.toMinute ? undefined : hours;
}

/** A channel of the kernel's pulse-width modulation. */
export interface PwmChannel {
  readonly chipPath: string;
  readonly channel: number;
}

/** `/sys/class/pwm/pwmchip0:0`. */
export function pwmChannel(text: string): PwmChannel | undefined {
  const match = /^(\/[^\0]+):(\d{1,3})$/.exec(text);
  return match?.[1] ? { chipPath: match[1], channel: Number(match[2]) } : undefined;
}

/** What stands between commas, at least one and none twice by its key. */
function list<T>(
  text: string,
  parse: (part: string) => T | undefined,
  key: (item: T) => unknown,
): readonly T[] | undefined {
  const items = text.split(",").map((part) => parse(part.trim()));
  const good = items.filter((item) => item !== undefined);
  const distinct = new Set(good.map(key)).size;
  return good.length === items.length && distinct === items.length ? good : undefined;
}
