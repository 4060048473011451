import assert from "node:assert/strict";
import fc from "fast-check";
import { contractTiers, formatTiers, parseTiers } from "../lib/alarm/tiers.ts";
import { type Environment, parseConfig } from "../lib/config.ts";
import { variables } from "../lib/config/variables.ts";

const TOKEN = "0123456789abcdef";

Deno.test("without any variable the configuration is the documented defaults", () => {
  assert.deepEqual(parseConfig({}), {
    serialPort: "/dev/ttyUSB0",
    meterChannels: null,
    sampleSeconds: 5,
    timeZone: Temporal.Now.timeZoneId(),
    language: "en",
    databasePath: "data/years/mcce",
    journalDir: "data/journal",
    flushSeconds: 600,
    spoolDir: "data/journal",
    minTimeResMinutes: 15,
    host: "127.0.0.1",
    port: 8000,
    accessToken: null,
    hostNames: [],
    tls: null,
    limits: [{ watts: 3300, seconds: 10_800 }, { watts: 4200, seconds: 120 }],
    appliances: [],
    alarm: {
      gpio: true,
      powerPin: 17,
      tonePin: 18,
      gpioRoot: "/sys/class/gpio",
      pwm: null,
      quietHours: null,
    },
    notifyUrl: null,
    heartbeatUrl: null,
    mqttUrl: null,
    backupFolder: null,
    logLevel: "info",
    logToJournald: false,
    supervision: null,
  });
});

Deno.test("an empty variable counts as not set, and an unknown one is ignored", () => {
  const empty = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, ""]));
  assert.deepEqual(parseConfig({ ...empty, COLOR: "pink" }), parseConfig({}));
});

Deno.test("every variable reaches the configuration with its type", () => {
  assert.deepEqual(
    parseConfig({
      SERIAL_PORT: "tcp://pi.local:3333",
      METER_CHANNELS: "1, 16",
      SAMPLE_SECONDS: "60",
      TIME_ZONE: "europe/rome",
      LANGUAGE: "it",
      DATABASE_URL: "/var/lib/mcce/years/home",
      JOURNAL_DIR: "/var/lib/mcce/journal",
      FLUSH_SECONDS: "30",
      RUNTIME_DIRECTORY: "/run/mcce:/run/other",
      MIN_TIME_RES: "120",
      HOST: "::",
      PORT: "0",
      ACCESS_TOKEN: TOKEN,
      HOST_NAMES: "Meter.example.org, pi",
      TLS_CERT: "cert.pem",
      TLS_KEY: "key.pem",
      LIMITS: "4950:3h,5985:90s",
      CONTRACT_KW: "3",
      APPLIANCES: "oven:2000, hair dryer:1200",
      ALARM_GPIO: "off",
      ALARM_POWER_PIN: "18",
      ALARM_TONE_PIN: "17",
      GPIO_ROOT: "/tmp/gpio",
      ALARM_PWM: "/sys/class/pwm/pwmchip0:1",
      QUIET_HOURS: "22:00-07:30",
      NOTIFY_URL: "https://ntfy.example.org/house",
      HEARTBEAT_URL: "http://watch.example.org/ping",
      MQTT_URL: "mqtt://user:password@broker:1883",
      BACKUP_FOLDER: "/mnt/stick/mcce",
      LOG_LEVEL: "debug",
      JOURNAL_STREAM: "8:1234",
      NOTIFY_SOCKET: "@mcce/notify",
      WATCHDOG_USEC: "30000000",
    }),
    {
      serialPort: "tcp://pi.local:3333",
      meterChannels: [1, 16],
      sampleSeconds: 60,
      timeZone: "Europe/Rome",
      language: "it",
      databasePath: "/var/lib/mcce/years/home",
      journalDir: "/var/lib/mcce/journal",
      flushSeconds: 30,
      spoolDir: "/run/mcce",
      minTimeResMinutes: 120,
      host: "::",
      port: 0,
      accessToken: TOKEN,
      hostNames: ["meter.example.org", "pi"],
      tls: { certPath: "cert.pem", keyPath: "key.pem" },
      limits: [{ watts: 4950, seconds: 10_800 }, { watts: 5985, seconds: 90 }],
      appliances: [{ name: "oven", watts: 2000 }, { name: "hair dryer", watts: 1200 }],
      alarm: {
        gpio: false,
        powerPin: 18,
        tonePin: 17,
        gpioRoot: "/tmp/gpio",
        pwm: { chipPath: "/sys/class/pwm/pwmchip0", channel: 1 },
        quietHours: { fromMinute: 1320, toMinute: 450 },
      },
      notifyUrl: "https://ntfy.example.org/house",
      heartbeatUrl: "http://watch.example.org/ping",
      mqttUrl: "mqtt://user:password@broker:1883",
      backupFolder: "/mnt/stick/mcce",
      logLevel: "debug",
      logToJournald: true,
      supervision: { notifySocket: "@mcce/notify", watchdogMs: 30_000 },
    },
  );
});

Deno.test("LANGUAGE is read as gettext's list: the first part that the pages speak, else English", () => {
  const expected = {
    "it": "it",
    "en_US:en": "en",
    "en_GB.UTF-8": "en",
    "it_IT:it": "it",
    "de_DE.UTF-8@euro:it-CH:en": "it",
    "IT": "it",
    "de": "en",
    "italian": "en",
    "C": "en",
    "::": "en",
  };
  for (const [LANGUAGE, language] of Object.entries(expected)) {
    assert.equal(parseConfig({ LANGUAGE }).language, language, LANGUAGE);
  }
});

Deno.test("a name in HOST is one that is answered to, an address needs none", () => {
  const names = (environment: Environment) =>
    parseConfig({ ALLOW_OPEN: "1", ...environment }).hostNames;
  assert.deepEqual(names({ HOST: "Pi.home" }), ["pi.home"]);
  assert.deepEqual(names({ HOST: "pi", HOST_NAMES: "meter.example.org,pi" }), [
    "meter.example.org",
    "pi",
  ]);
  for (const HOST of ["192.168.1.7", "0.0.0.0", "::", "fe80::1"]) {
    assert.deepEqual(names({ HOST, HOST_NAMES: "pi" }), ["pi"]);
  }
});

Deno.test("a contract gives its tiers unless LIMITS are set", () => {
  const cap = { watts: 3990, seconds: 120 };
  assert.deepEqual(parseConfig({ CONTRACT_KW: "3" }).limits, [
    { watts: 3300, seconds: 10_800 },
    cap,
  ]);
  assert.deepEqual(parseConfig({ CONTRACT_KW: "4.5" }).limits, contractTiers(4.5));
  assert.deepEqual(parseConfig({ CONTRACT_KW: "3", LIMITS: "3990:2m" }).limits, [cap]);
});

Deno.test("limits read back as they were written", () => {
  const tiers = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 })
    .chain((watts) =>
      fc.tuple(
        ...watts.toSorted((a, b) => a - b).map((watts) =>
          fc.integer({ min: 1, max: 86_400 }).map((seconds) => ({ watts, seconds }))
        ),
      )
    );
  fc.assert(fc.property(tiers, (tiers) => {
    assert.deepEqual(parseTiers(formatTiers(tiers)), tiers);
    assert.deepEqual(parseConfig({ LIMITS: formatTiers(tiers) }).limits, tiers);
  }));
  assert.equal(formatTiers(parseConfig({}).limits), "3300:180m,4200:2m");
});
