import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError, type Environment, parseConfig } from "../lib/config.ts";
import { variables } from "../lib/config/variables.ts";

const TOKEN = "0123456789abcdef";

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    parseConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
};

const BAD: Readonly<Record<string, readonly string[]>> = {
  SERIAL_PORT: [
    "ttyUSB0",
    "tcp://pi",
    "tcp://:3333",
    "tcp://pi:0",
    "tcp://pi:70000",
    "tcp://pi:1/a",
  ],
  METER_CHANNELS: ["0", "17", "1,1", "1,", "one", "1;2"],
  SAMPLE_SECONDS: ["0", "61", "2.5", "-5", "5s", "0x5", " ", "1e1"],
  TIME_ZONE: ["Europe/Atlantis", "+01:00", "2026-01-01T00:00[Europe/Rome]", "Rome time"],
  DATABASE_URL: ["postgres://user:password@host/db", "data/years/", "file://x"],
  JOURNAL_DIR: ["https://example.org/journal", "a\0b"],
  FLUSH_SECONDS: ["0", "86401", "ten"],
  RUNTIME_DIRECTORY: ["a\0b"],
  MIN_TIME_RES: ["0", "7", "45", "90", "420", "2880", "15m"],
  HOST: ["localhost:8000", "http://localhost", "my host", "256.1.1.1"],
  PORT: ["-1", "65536", "http"],
  ACCESS_TOKEN: ["tooshort", "sixteen or more characters", "àèìòùàèìòùàèìòùàèìòù"],
  ALLOW_OPEN: ["yes", "true"],
  HOST_NAMES: ["pi:8000", "a b", "pi,pi", "pi,,po"],
  TLS_CERT: ["https://example.org/cert.pem"],
  TLS_KEY: ["https://example.org/key.pem"],
  LIMITS: [
    "3300",
    "3300:180",
    "4200:2m,3300:180m",
    "3300:0m",
    "3300:25h",
    "0:2m",
    "200000:2m",
    ",",
  ],
  CONTRACT_KW: ["0", "4,5", "51", "three"],
  APPLIANCES: ["oven", "oven:0", ":2000", "oven:2000,oven:1800", "oven:2000:3", "oven:2kW"],
  ALARM_GPIO: ["true", "ON"],
  ALARM_POWER_PIN: ["28", "-1", "GPIO17"],
  ALARM_TONE_PIN: ["PWM0", "28"],
  GPIO_ROOT: ["sysfs://gpio"],
  ALARM_PWM: ["/sys/class/pwm/pwmchip0", "pwmchip0:0", "on"],
  QUIET_HOURS: ["22-7", "22:00-24:00", "07:00-07:00", "22:00"],
  NOTIFY_URL: ["ntfy.example.org/house", "mailto:a@example.org"],
  HEARTBEAT_URL: ["ftp://example.org"],
  MQTT_URL: ["broker:1883", "http://broker"],
  BACKUP_FOLDER: ["smb://nas/mcce"],
  LOG_LEVEL: ["verbose", "INFO"],
};

Deno.test("every bad value is told in one line that names the variable, the value and what it takes", () => {
  const secrets = ["ACCESS_TOKEN", "NOTIFY_URL", "HEARTBEAT_URL", "MQTT_URL"];
  for (const [name, values] of Object.entries(BAD)) {
    for (const value of values) {
      const beside = { TLS_CERT: "c", TLS_KEY: "k", ACCESS_TOKEN: TOKEN };
      const [problem, ...more] = problemsOf({ ...beside, [name]: value });
      assert.ok(problem, `${name}=${value} is accepted`);
      assert.deepEqual(more, [], `${name}=${value}`);
      assert.match(problem, new RegExp(`^${name}=[^\n]* is refused: it takes [^\n]+\\.$`));
      if (secrets.includes(name)) assert.ok(problem.startsWith(`${name}=*** `), problem);
      else if (!value.includes("@")) assert.ok(problem.includes(JSON.stringify(value)), problem);
    }
  }
});

Deno.test("each variable has its bad values in this test", () => {
  // LANGUAGE is gettext's as well, and whatever stands in it for others must not stop the start.
  const free = ["JOURNAL_STREAM", "LANGUAGE", "NOTIFY_SOCKET", "WATCHDOG_USEC"];
  assert.deepEqual(
    Object.keys(BAD).toSorted(),
    Object.keys(variables.shape).filter((name) => !free.includes(name)).toSorted(),
  );
});

Deno.test("all problems are told at once", () => {
  const bad = Object.fromEntries(Object.entries(BAD).map(([name, [value]]) => [name, value]));
  const problems = problemsOf(bad);
  for (const name of Object.keys(BAD)) {
    assert.equal(problems.filter((problem) => problem.startsWith(`${name}=`)).length, 1, name);
  }
  assert.equal(new ConfigError(problems).message, problems.join("\n"));
});

Deno.test("no secret and no password of an address shows", () => {
  const problems = problemsOf({
    ACCESS_TOKEN: "hunter2",
    NOTIFY_URL: "hunter2",
    HEARTBEAT_URL: "hunter2",
    MQTT_URL: "http://user:hunter2@broker",
    DATABASE_URL: "postgres://user:hunter2/@@host/db",
    SERIAL_PORT: "tcp://user:hunter2@host:1",
  });
  assert.equal(problems.length, 6);
  assert.ok(!problems.join().includes("hunter2"), problems.join("\n"));
});

Deno.test("a database server is refused with the form that is taken instead", () => {
  const [problem] = problemsOf({ DATABASE_URL: "postgres://localhost/mcce" });
  assert.match(problem ?? "", /takes a path .* such as data\/years\/mcce .*postgres/);
});

Deno.test("other machines are let in only with a token or by ALLOW_OPEN=1", () => {
  for (const HOST of ["0.0.0.0", "::", "192.168.1.7", "pi.local"]) {
    const [problem, ...more] = problemsOf({ HOST });
    assert.match(problem ?? "", /^HOST=.* ACCESS_TOKEN .* ALLOW_OPEN=1/);
    assert.deepEqual(more, []);
    assert.equal(problemsOf({ HOST, ALLOW_OPEN: "0" }).length, 1);
    assert.deepEqual(problemsOf({ HOST, ALLOW_OPEN: "1" }), []);
    assert.deepEqual(problemsOf({ HOST, ACCESS_TOKEN: TOKEN }), []);
  }
  for (const HOST of ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LocalHost"]) {
    assert.deepEqual(problemsOf({ HOST }), []);
  }
});

Deno.test("HTTPS takes both files, and each pin its own number", () => {
  assert.match(problemsOf({ TLS_CERT: "c.pem" })[0] ?? "", /^TLS_CERT=.* TLS_KEY too/);
  assert.match(problemsOf({ TLS_KEY: "k.pem" })[0] ?? "", /^TLS_KEY=.* TLS_CERT too/);
  assert.match(problemsOf({ ALARM_TONE_PIN: "17" })[0] ?? "", /^ALARM_TONE_PIN=.* pin of its own/);
});

Deno.test("no text makes the check of the environment crash", () => {
  const environment = fc.record(
    Object.fromEntries(Object.keys(variables.shape).map((name) => [name, fc.string()])),
    { requiredKeys: [] },
  );
  fc.assert(fc.property(environment, (environment) => {
    for (const problem of problemsOf(environment)) assert.ok(!problem.includes("\n"));
  }));
});
