import type { Clock } from "./clock.ts";

/** From the least to the most urgent. */
const LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = typeof LEVELS[number];

/** Syslog's numbers, which systemd's journal reads from the start of a line (sd-daemon(3)). */
const PRIORITY = { debug: 7, info: 6, warn: 4, error: 3 } as const;

/** What an event's sentence does not say; written behind it as `name=value`. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

type Write = (sentence: string, fields?: LogFields) => void;

/** One line an event. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** A warning that may come many times over: the first is told, then at most one a minute with their `count`. */
  lasting(key: string, sentence: string, fields?: LogFields): void;
  /**
   * The end of what `lasting` told of, as an event: left out when its newest time was not told either, so that what comes
   * and goes all the time fills no log. `about` is the first word of those keys.
   */
  over(about: string, sentence: string): void;
}

/** Where lines go and when they are written; tests pass their own. */
export interface LogOutput extends Pick<Clock, "nowMs" | "monoMs"> {
  /** With a priority for systemd's journal, which knows the time itself, instead of time and level in words. */
  readonly journald: boolean;
  write(line: string): void;
}

/** A log on standard error of what is at least as urgent as `level`. */
export function createLog(level: LogLevel, output: Partial<LogOutput> = {}): Log {
  const {
    journald = false,
    write = writeToStandardError,
    nowMs = Date.now,
    monoMs = () => performance.now(),
  } = output;
  const writer = (own: LogLevel): Write => (sentence, fields = {}) => {
    if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return;
    const head = journald ? `<${PRIORITY[own]}>` : `${new Date(nowMs()).toISOString()} ${own} `;
    write(`${head}${logLine(sentence, fields)}\n`);
  };
  const faults = new Map<string, LastingFault>();
  const untold = new Set<string>();
  const log = { debug: writer("debug"), info: writer("info"), warn: writer("warn") };
  return {
    ...log,
    error: writer("error"),
    lasting(key, sentence, fields = {}) {
      const { fault, told } = again(faults.get(key), monoMs());
      faults.set(key, fault);
      if (told === null) untold.add(aboutOf(key));
      else untold.delete(aboutOf(key));
      if (told !== null) log.warn(sentence, told > 1 ? { ...fields, count: told } : fields);
    },
    over(about, sentence) {
      if (!untold.has(about)) log.info(sentence);
    },
  };
}

function aboutOf(key: string): string {
  return key.split(" ", 1)[0] ?? key;
}

/** An event in one line: the sentence, then `name=value` for each field; line breaks and the like are escaped. */
export function logLine(sentence: string, fields: LogFields): string {
  const values = Object.entries(fields).map(([name, value]) => {
    const text = String(value);
    return ` ${name}=${/[\s"=]|^$/.test(text) ? JSON.stringify(text) : text}`;
  });
  return escapeControls(sentence + values.join(""));
}

function escapeControls(text: string): string {
  // C0, DEL, C1 and the two separators: each ends a line or steers a terminal somewhere.
  // deno-lint-ignore no-control-regex
  return text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, (control) => {
    if (control === "\n") return "\\n";
    return `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** A fault that comes again and again. */
export interface LastingFault {
  /** Monotonic milliseconds at which it was last told. */
  readonly toldMs: number;
  /** How often it has come since. */
  readonly untold: number;
}

const TELL_AGAIN_MS = 60_000;

/** The fault has come once more: `told` is how many times a line is to tell of, `null` while it is to be quiet. */
export function again(
  fault: LastingFault | undefined,
  monoMs: number,
): { fault: LastingFault; told: number | null } {
  const untold = (fault?.untold ?? 0) + 1;
  if (fault !== undefined && monoMs - fault.toldMs < TELL_AGAIN_MS) {
    return { fault: { ...fault, untold }, told: null };
  }
  return { fault: { toldMs: monoMs, untold: 0 }, told: untold };
}

function writeToStandardError(line: string): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(line));
  } catch {
    // A closed pipe or a full disk behind standard error is no reason to stop reading the meter.
  }
}
