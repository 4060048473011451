import { deepEqual, equal, match } from "node:assert/strict";
import { judgeClock, judgeZone } from "../lib/doctor/clock.ts";
import { findingLine } from "../lib/doctor/finding.ts";
import { DENO_VERSION, judgeDeno, judgeMemory, judgePermissions } from "../lib/doctor/machine.ts";
import { judgeService, type ServiceAnswer, type ServiceFacts } from "../lib/doctor/service.ts";

const FACTS: ServiceFacts = {
  url: "http://127.0.0.1:8000",
  pid: 412,
  answer: { kind: "health", version: "0.1.0", ailing: [] },
  unit: "enabled",
  version: "0.1.0",
  isInstalled: true,
};

function service(change: Partial<ServiceFacts>): string[] {
  return judgeService({ ...FACTS, ...change }).map(findingLine);
}

Deno.test("a service that answers is well, and what its health says is not is told with its words", () => {
  deepEqual(service({}), [
    "ok    service: http://127.0.0.1:8000 answers, version 0.1.0 (pid 412), all well",
  ]);
  const ailing = ["meter: searching; 0 good replies", "store: /var/lib/mcce: no room is left"];
  deepEqual(service({ answer: { kind: "health", version: "0.1.0", ailing } }), [
    "WRONG service: meter: searching; 0 good replies: journalctl -u mcce -n 50 tells more",
    "WRONG service: store: /var/lib/mcce: no room is left: journalctl -u mcce -n 50 tells more",
  ]);
});

Deno.test("a service that was not started anew after an upgrade is told", () => {
  deepEqual(service({ version: "0.2.0" }), [
    "WRONG service: runs version 0.1.0, this is 0.2.0: sudo systemctl restart mcce",
  ]);
});

Deno.test("a service that does not answer is told by what there is instead", () => {
  const of = (kind: "closed" | "silent" | "other program" | "refuses the token") =>
    service({ answer: { kind } })[0];
  match(of("closed")!, /^WRONG service: running \(pid 412\), but nothing listens at http/);
  match(of("silent")!, /^WRONG service: \S+ gives no answer \(pid 412\): sudo systemctl restart/);
  match(
    of("other program")!,
    /^WRONG service: another program answers at .*: end that, or set PORT/,
  );
  match(of("refuses the token")!, /^WRONG service: \S+ does not take this ACCESS_TOKEN: sudo/);
  const answer: ServiceAnswer = { kind: "refused certificate", reason: "Expired" };
  match(service({ answer })[0]!, /^WRONG service: the certificate of \S+ is refused \(Expired\): /);
});

Deno.test("that no service runs is wrong on a machine where one is installed, elsewhere a note", () => {
  const answer = { kind: "closed" } as const;
  deepEqual(service({ pid: null, answer }), [
    "WRONG service: not running: sudo systemctl start mcce; journalctl -u mcce -n 50 tells more",
  ]);
  deepEqual(service({ pid: null, answer, unit: "absent", isInstalled: false }), [
    "note  service: not running; deno task start runs it",
  ]);
  deepEqual(service({ pid: null, answer: null }), ["ok    service: not running"]);
  deepEqual(service({ answer: null }), ["ok    service: running (pid 412), on any free port"]);
});

Deno.test("a service that does not start with the machine is told, and whoever looks at another than the installed one", () => {
  deepEqual(service({ unit: "disabled" }).slice(1), [
    "WRONG service: does not start with the machine: sudo systemctl enable mcce",
  ]);
  deepEqual(service({ pid: null, isInstalled: false }), [
    "note  service: http://127.0.0.1:8000 answers, but for another JOURNAL_DIR",
    "note  service: another MCCE is installed on this machine; mcce doctor looks at it",
  ]);
});

Deno.test("a clock is well when any program keeps it, not while network time is waited for", () => {
  const of = (isTimesyncDone: boolean | null, isKept: boolean) =>
    judgeClock({ isTimesyncDone, isKept }).map(findingLine)[0]!;
  equal(of(true, true), "ok    clock: kept right by network time");
  equal(of(null, true), "ok    clock: kept right by network time");
  match(
    of(false, true),
    /^WRONG clock: network time has not set it since the start .*: see to the/,
  );
  match(of(true, false), /^WRONG clock: network time has not come for hours: see to the network/);
  equal(
    of(null, false),
    "WRONG clock: nothing keeps it right: sudo apt-get install systemd-timesyncd",
  );
});

Deno.test("no house keeps universal time, whatever its name", () => {
  const of = (zone: string, system = "Europe/Rome") => judgeZone(zone, system).map(findingLine)[0]!;
  for (const zone of ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/GMT0", "Zulu", "Universal"]) {
    match(of(zone), /^WRONG time zone: .*: set TIME_ZONE=Europe\/Rome, or sudo timedatectl/, zone);
  }
  equal(of("Europe/Rome"), "ok    time zone: Europe/Rome");
  equal(of("Europe/Rome", "UTC"), "ok    time zone: Europe/Rome; the machine's own is UTC");
  match(of("Etc/GMT-1"), /^ok/);
});

Deno.test("memory must do for the service, or for its digest when that runs", () => {
  const of = (available: number, runs: boolean) =>
    judgeMemory({ total: 430e6, available }, runs).map(findingLine)[0]!;
  equal(of(60e6, true), "ok    memory: 60 of 430 MB free");
  match(of(60e6, false), /^WRONG memory: 60 of 430 MB free: end programs/);
  match(of(20e6, true), /^WRONG memory/);
});

Deno.test("another Deno than the pinned one is noted, one of another minor version wrong", () => {
  const [major, minor, patch] = DENO_VERSION.split(".").map(Number);
  const of = (version: string) => judgeDeno(version)[0]?.level;
  equal(of(DENO_VERSION), "ok");
  equal(of(`${major}.${minor}.${patch! + 1}`), "note");
  equal(of(`${major}.${minor! + 1}.0`), "wrong");
});

Deno.test("the pin is that of the installer, of the README and of CI", () => {
  const read = (path: string) => Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));
  match(read("deploy/install/deno.sh"), new RegExp(`^deno_version=${DENO_VERSION}$`, "m"));
  for (const path of ["README.md", ".ci/run"]) {
    const pins = [...read(path).matchAll(/deno@(\d[\d.]*)/g)].map(([, pin]) => pin);
    deepEqual([...new Set(pins)], [DENO_VERSION], path);
  }
});

Deno.test("permissions are told that are missing, or that nothing needs, the service's too", () => {
  const own = { ffi: true, read: true, net: true, env: true, write: false, run: false, sys: false };
  const of = (change: Record<string, boolean>, service: string[] = []) =>
    judgePermissions({ ...own, ...change }, service).map(findingLine);
  deepEqual(of({}), ["ok    permissions: ffi, read, net and env, none too many"]);
  deepEqual(of({ write: true }).length, 1);
  match(of({ ffi: false, net: false })[0]!, /^WRONG permissions: --allow-ffi --allow-net missing/);
  match(of({ run: true, sys: true })[0]!, /^WRONG permissions: --allow-run --allow-sys granted/);
  const service = (...flags: string[]) =>
    of({}, ["deno", "run", ...flags, "main.js", "start", "-A"]);
  deepEqual(service("--no-prompt", "--allow-read=/x", "--allow-env", "--v8-flags=-S"), of({}));
  for (const flag of ["-A", "--allow-all", "--allow-run=ls", "--allow-sys"]) {
    match(service(flag)[0]!, new RegExp(`^WRONG permissions: the service runs with ${flag}, `));
  }
});
