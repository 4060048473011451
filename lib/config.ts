import { parseEnv } from "node:util";
import { contractTiers, DEFAULT_TIERS, type Tier } from "./alarm/tiers.ts";
import { contradictions } from "./config/contradictions.ts";
import type { Appliance, PwmChannel, QuietHours } from "./config/values.ts";
import { shown, type Variables, variables } from "./config/variables.ts";

/** What the user has set, or its defaults; checked. */
export interface Config {
  /** A tty's path or `tcp://host:port`. */
  readonly serialPort: string;
  /** Channels whose sum is the mains; `null`: the lowest active one. */
  readonly meterChannels: readonly number[] | null;
  readonly sampleSeconds: number;
  readonly timeZone: string;
  readonly language: "en" | "it";
  /** Path to which `.<year>` is appended. */
  readonly databasePath: string;
  readonly journalDir: string;
  readonly flushSeconds: number;
  /** Where the spool lies: systemd's runtime folder, else the journal's. */
  readonly spoolDir: string;
  readonly minTimeResMinutes: number;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** `null`: open to whoever reaches the port. */
  readonly accessToken: string | null;
  /** Names besides `localhost` and `*.local` that are answered to, in lower case. */
  readonly hostNames: readonly string[];
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
  /** Rising in watts; the last is the cap. */
  readonly limits: readonly Tier[];
  readonly appliances: readonly Appliance[];
  readonly alarm: {
    /** `false`: no pins. */
    readonly gpio: boolean;
    /** BCM numbers. */
    readonly powerPin: number;
    readonly tonePin: number;
    readonly gpioRoot: string;
    readonly pwm: PwmChannel | null;
    readonly quietHours: QuietHours | null;
  };
  readonly notifyUrl: string | null;
  readonly heartbeatUrl: string | null;
  readonly mqttUrl: string | null;
  /** Where weekly copies of the readings go; `null`: not known to the service, which makes none. */
  readonly backupFolder: string | null;
  readonly logLevel: Variables["LOG_LEVEL"];
  /** Standard error is systemd's journal. */
  readonly logToJournald: boolean;
  /** How systemd hears from the service, as sd_notify(3) says; `null`: it does not ask. */
  readonly supervision: {
    /** A path, or `@` and an abstract name. */
    readonly notifySocket: string;
    /** After so long without a sign of life systemd starts the service anew; 0: never. */
    readonly watchdogMs: number;
  } | null;
}

/** Variables by name. A name that the program does not know is ignored; an empty value counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, a line each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** Checks the variables and gives them their types. Throws ConfigError with every problem at once. */
export function parseConfig(environment: Environment): Config {
  const { config, problems } = examine(environment);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** A configuration in which defaults stand for what is refused, and a sentence for each value that is. */
export interface ExaminedConfig {
  readonly config: Config;
  readonly problems: readonly string[];
}

function examine(environment: Environment): ExaminedConfig {
  const set = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ""));
  const result = variables.safeParse(set);
  const refused = (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return { name, text: `${shown(name, set[name] ?? "")} is refused: it takes ${issue.message}.` };
  });
  const problems = [...refused.map(({ text }) => text), ...contradictions(set)];
  if (result.success) return { config: fromVariables(result.data), problems };
  for (const { name } of refused) delete set[name];
  return { config: fromVariables(variables.parse(set)), problems };
}

/** Shapes the values as the program uses them. */
function fromVariables(v: Variables): Config {
  return {
    serialPort: v.SERIAL_PORT,
    meterChannels: v.METER_CHANNELS ?? null,
    sampleSeconds: v.SAMPLE_SECONDS,
    timeZone: v.TIME_ZONE,
    language: v.LANGUAGE,
    databasePath: v.DATABASE_URL,
    journalDir: v.JOURNAL_DIR,
    flushSeconds: v.FLUSH_SECONDS,
    // systemd separates several folders with colons.
    spoolDir: v.RUNTIME_DIRECTORY?.split(":")[0] || v.JOURNAL_DIR,
    minTimeResMinutes: v.MIN_TIME_RES,
    host: v.HOST,
    port: v.PORT,
    accessToken: v.ACCESS_TOKEN ?? null,
    hostNames: answeredTo(v.HOST, v.HOST_NAMES ?? []),
    tls: v.TLS_CERT && v.TLS_KEY ? { certPath: v.TLS_CERT, keyPath: v.TLS_KEY } : null,
    limits: v.LIMITS ?? (v.CONTRACT_KW ? contractTiers(v.CONTRACT_KW) : DEFAULT_TIERS),
    appliances: v.APPLIANCES ?? [],
    alarm: {
      gpio: v.ALARM_GPIO === "on",
      powerPin: v.ALARM_POWER_PIN,
      tonePin: v.ALARM_TONE_PIN,
      gpioRoot: v.GPIO_ROOT,
      pwm: v.ALARM_PWM ?? null,
      quietHours: v.QUIET_HOURS ?? null,
    },
    notifyUrl: v.NOTIFY_URL ?? null,
    heartbeatUrl: v.HEARTBEAT_URL ?? null,
    mqttUrl: v.MQTT_URL ?? null,
    backupFolder: v.BACKUP_FOLDER ?? null,
    logLevel: v.LOG_LEVEL,
    logToJournald: v.JOURNAL_STREAM !== undefined,
    supervision: v.NOTIFY_SOCKET
      ? { notifySocket: v.NOTIFY_SOCKET, watchdogMs: (v.WATCHDOG_USEC || 0) / 1000 }
      : null,
  };
}

/** The log tells the page's address by the name in `HOST`, so that one is answered to as well; an IP address always is. */
function answeredTo(host: string, names: readonly string[]): readonly string[] {
  const isAddress = host.includes(":") || /^\d+(\.\d+){3}$/.test(host);
  return isAddress ? names : [...new Set([...names, host.toLowerCase()])];
}

/**
 * The configuration from the process's environment and from `folder/.env` when there is one; the environment wins, and
 * `overrides` win over both. Throws ConfigError. The only place that reads the environment.
 */
export async function loadConfig(overrides: Environment = {}, folder = "."): Promise<Config> {
  return parseConfig(withProcess(await readDotEnv(`${folder}/.env`), overrides));
}

/** The same with whatever can be had of it, and what cannot. */
export async function examineConfig(folder = "."): Promise<ExaminedConfig> {
  try {
    return examine(withProcess(await readDotEnv(`${folder}/.env`)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { config, problems } = examine(withProcess({}));
    return { config, problems: [...error.problems, ...problems] };
  }
}

function withProcess(file: Environment, overrides: Environment = {}): Environment {
  const environment: Record<string, string | undefined> = { ...file };
  for (const name of Object.keys(variables.shape)) {
    // One by one, so that the permission may be limited to these names.
    environment[name] = Deno.env.get(name) || environment[name];
  }
  // A desktop hands systemd's JOURNAL_STREAM down to its terminals.
  if (Deno.stderr.isTerminal()) delete environment.JOURNAL_STREAM;
  return { ...environment, ...overrides };
}

async function readDotEnv(path: string): Promise<Record<string, string | undefined>> {
  try {
    return parseEnv(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      `The settings in ${path} cannot be read (${reason}): correct its permissions or remove it.`,
    ]);
  }
}
