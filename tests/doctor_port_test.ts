import { deepEqual } from "node:assert/strict";
import { findingLine } from "../lib/doctor/finding.ts";
import { type BuzzerFacts, judgeBuzzer } from "../lib/doctor/pins.ts";
import { judgeSharedPort, judgeTty, portGroup, type TtyFacts } from "../lib/doctor/port.ts";
import { judgeUser, type UserFacts } from "../lib/doctor/user.ts";

const PI: UserFacts = {
  name: "pi",
  isRoot: false,
  groups: ["pi", "dialout", "gpio"],
  assigned: ["pi", "dialout", "gpio"],
};
const STRANGER: UserFacts = { ...PI, groups: ["pi"], assigned: ["pi"] };
const ROOT: UserFacts = { name: "root", isRoot: true, groups: ["root"], assigned: ["root"] };
const PORT: TtyFacts = {
  path: "/dev/mcce-meter",
  node: { isTty: true, mayOpen: true, group: "dialout" },
  holders: [],
  hidden: 0,
  others: [],
};
const SERVICE = { pid: 412, name: "deno main.js", unit: "mcce.service" };
const ORIGIN = { pid: 77, name: "python3 mcce.py", unit: "mcce-mcce.service" };
const SCREEN = { pid: 901, name: "screen", unit: null };
const BUZZER: BuzzerFacts = {
  root: "/sys/class/gpio",
  hasChip: true,
  model: "Raspberry Pi 4 Model B Rev 1.4",
  mayExport: true,
  pins: [
    { name: "power pin 17", holder: null, isDenied: false },
    { name: "tone pin 18", holder: null, isDenied: false },
  ],
  pwm: null,
};
const PWM = { name: "/sys/class/pwm/pwmchip0:0", channels: 2, channel: 0, mayExport: true };

function port(facts: Partial<TtyFacts>, user = PI, servicePid: number | null = 412): string[] {
  return judgeTty({ ...PORT, ...facts }, user, servicePid).map(findingLine);
}

function buzzer(facts: Partial<BuzzerFacts> | null, user = PI): string[] {
  return judgeBuzzer(facts && { ...BUZZER, ...facts }, user).map(findingLine);
}

Deno.test("a port is well that is there for the service, which holds it or may", () => {
  deepEqual(port({ holders: [SERVICE] }), [
    "ok    port /dev/mcce-meter: there, held by mcce (pid 412)",
  ]);
  deepEqual(port({}), ["ok    port /dev/mcce-meter: there, and not in use"]);
  deepEqual(port({ hidden: 3 }), [
    "ok    port /dev/mcce-meter: there, and not in use; " +
    "what other users' programs hold, only root can see: sudo fuser -v /dev/mcce-meter",
  ]);
  deepEqual(port({ holders: [SERVICE], hidden: 3 }), [
    "ok    port /dev/mcce-meter: there, held by mcce (pid 412); " +
    "what other users' programs hold, only root can see: sudo fuser -v /dev/mcce-meter",
  ]);
});

Deno.test("the installed service is known by its unit, also beside a program with other settings", () => {
  deepEqual(port({ holders: [SERVICE] }, PI, null), [
    "ok    port /dev/mcce-meter: there, held by mcce (pid 412)",
  ]);
});

Deno.test("who holds the port besides the service is named, with the command that ends it", () => {
  deepEqual(port({ holders: [SERVICE, ORIGIN, SCREEN] }), [
    "WRONG port /dev/mcce-meter: held by python3 mcce.py (pid 77) and screen (pid 901), besides mcce: " +
    "end that: sudo systemctl disable --now mcce-mcce.service; sudo kill 901",
  ]);
  deepEqual(port({ holders: [SCREEN] }, PI, null), [
    "WRONG port /dev/mcce-meter: held by screen (pid 901): end that: sudo kill 901",
  ]);
});

Deno.test("a port that is not there, or no tty, is told with the ports that are", () => {
  deepEqual(port({ node: null }), [
    "WRONG port /dev/mcce-meter: not there: plug in the meter's USB cable, or set SERIAL_PORT to the meter's port " +
    "(ls /dev/serial/by-id shows it)",
  ]);
  const others = ["/dev/serial/by-id/usb-Prolific", "/dev/serial/by-id/usb-FTDI"];
  const node = { isTty: false, mayOpen: true, group: null };
  deepEqual(port({ node, others }), [
    "WRONG port /dev/mcce-meter: no serial port: " +
    "set SERIAL_PORT to /dev/serial/by-id/usb-Prolific or /dev/serial/by-id/usb-FTDI",
  ]);
});

Deno.test("a port that may not be opened is the group's matter, unless the user is in it", () => {
  const node = { isTty: true, mayOpen: false, group: null };
  deepEqual(port({ node }, STRANGER), [
    "note  port /dev/mcce-meter: there, but not for this user",
  ]);
  deepEqual(
    port({ node })[0],
    [
      "WRONG port /dev/mcce-meter: not for the group dialout, in which user pi is: " +
      "sudo chgrp dialout /dev/mcce-meter; sudo chmod 660 /dev/mcce-meter",
    ][0],
  );
});

Deno.test("a port asks for its own group where that is one for ports, else for dialout", () => {
  const of = (group: string | null) =>
    portGroup({ ...PORT, node: { isTty: true, mayOpen: false, group } });
  deepEqual(["uucp", "plugdev", "root", "pi", null].map(of), [
    ...["uucp", "plugdev", "dialout", "dialout", "dialout"],
  ]);
  deepEqual(portGroup({ ...PORT, node: null }), "dialout");
});

Deno.test("a shared port is tried only when no service uses it", () => {
  const of = (problem: string | null | undefined) =>
    judgeSharedPort({ address: "tcp://pi2:3333", problem }).map(findingLine)[0];
  deepEqual([of(undefined), of(null), of("Nothing listens at tcp://pi2:3333: start ser2net.")], [
    "ok    port tcp://pi2:3333: in use by the service",
    "ok    port tcp://pi2:3333: answers",
    "WRONG Nothing listens at tcp://pi2:3333: start ser2net.",
  ]);
});

Deno.test("a missing group is told with the command that gives it, one that came late with a new log-in", () => {
  const needed = ["dialout", "gpio"];
  deepEqual(judgeUser(STRANGER, ["dialout"]).map(findingLine), [
    "WRONG user pi is not in the group dialout: sudo usermod -aG dialout pi, then log in again",
  ]);
  deepEqual(judgeUser({ ...STRANGER, assigned: needed }, needed).map(({ level }) => level), [
    ...["wrong", "wrong"],
  ]);
  deepEqual(judgeUser({ ...PI, groups: ["dialout"] }, needed).map(findingLine), [
    "WRONG user pi was put into the group gpio after logging in: log in again, and restart the service",
  ]);
  deepEqual(judgeUser(PI, needed).map(findingLine), [
    "ok    user pi: in the groups dialout and gpio",
  ]);
  deepEqual(judgeUser(STRANGER, []).map(findingLine), ["ok    user pi: needs no group"]);
  deepEqual(judgeUser(ROOT, needed).map(findingLine), ["ok    user root: needs no group"]);
});

Deno.test("pins and PWM are well when they are there for this user", () => {
  deepEqual(buzzer({}), ["ok    power pin 17 and tone pin 18: there"]);
  deepEqual(buzzer({ pins: BUZZER.pins.slice(0, 1), pwm: PWM }), [
    "ok    power pin 17 and PWM /sys/class/pwm/pwmchip0:0: there",
  ]);
  deepEqual(buzzer(null), ["ok    pins: not used (ALARM_GPIO=off)"]);
});

Deno.test("a machine without pins is worth a note, a Raspberry Pi without them is ill", () => {
  deepEqual(buzzer({ hasChip: false, model: null, pins: [] }), [
    "note  pins: this is no Raspberry Pi, so nothing sounds; ALARM_GPIO=off ends this note",
  ]);
  deepEqual(buzzer({ hasChip: false, pins: [] }), [
    "WRONG pins: none of the header's at /sys/class/gpio: set GPIO_ROOT, or use the kernel of Raspberry Pi OS, " +
    "which has them there",
  ]);
});

Deno.test("a pin that another program holds is told with what ends that", () => {
  const [power, tone] = BUZZER.pins;
  deepEqual(buzzer({ pins: [power!, { ...tone!, holder: ORIGIN }] }), [
    "WRONG tone pin 18: held by python3 mcce.py (pid 77): sudo systemctl disable --now mcce-mcce.service",
  ]);
});

Deno.test("pins that this user may not write are told once: by the group where that is missing, else by the udev rule", () => {
  const [power, tone] = BUZZER.pins;
  const facts = {
    mayExport: false,
    pins: [power!, { ...tone!, isDenied: true }],
    pwm: { ...PWM, mayExport: false },
  };
  deepEqual(buzzer(facts), [
    "WRONG pins at /sys/class/gpio, tone pin 18 and PWM /sys/class/pwm/pwmchip0:0: user pi may not use them: " +
    "put deploy/70-mcce.rules into /etc/udev/rules.d, and start the machine anew",
  ]);
  deepEqual(
    judgeBuzzer({ ...BUZZER, ...facts }, STRANGER).filter(({ level }) => level === "wrong"),
    [],
  );
});

Deno.test("a PWM channel that is not there is told by what is", () => {
  deepEqual(buzzer({ pwm: { ...PWM, channels: null } }), [
    "WRONG PWM /sys/class/pwm/pwmchip0:0: no such chip: add dtoverlay=pwm to /boot/firmware/config.txt, and start the machine anew",
  ]);
  deepEqual(buzzer({ pwm: { ...PWM, name: "/sys/class/pwm/pwmchip0:2", channel: 2 } }), [
    "WRONG PWM /sys/class/pwm/pwmchip0:2: its chip has channels 0 to 1: set ALARM_PWM to one",
  ]);
});
