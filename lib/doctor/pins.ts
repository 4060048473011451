import { type Finding, listed, note, ok, wrong } from "./finding.ts";
import { ending, type Program, shown } from "./program.ts";
import type { UserFacts } from "./user.ts";

/** A pin of the header. */
export interface PinFacts {
  /** Such as `power pin 17`. */
  readonly name: string;
  /** Another program that has it; what is not handed out by sysfs nobody has, as far as can be seen. */
  readonly holder: Program | null;
  /** Whether it is handed out, but not to be written by this user. */
  readonly isDenied: boolean;
}

/** A channel of the kernel's PWM. */
export interface PwmFacts {
  /** As `ALARM_PWM` has it. */
  readonly name: string;
  /** How many channels its chip has, `null`: there is no such chip. */
  readonly channels: number | null;
  readonly channel: number;
  readonly mayExport: boolean;
}

/** What the buzzer hangs on. */
export interface BuzzerFacts {
  /** `GPIO_ROOT`. */
  readonly root: string;
  /** The header's chip is there. */
  readonly hasChip: boolean;
  /** What the machine calls itself, `null` where it has no device tree. */
  readonly model: string | null;
  readonly mayExport: boolean;
  readonly pins: readonly PinFacts[];
  /** `null`: not set. */
  readonly pwm: PwmFacts | null;
}

/** The group that the pins belong to. */
export const PIN_GROUP = "gpio";

/** @param facts `null`: `ALARM_GPIO` is off */
export function judgeBuzzer(facts: BuzzerFacts | null, user: UserFacts): Finding[] {
  if (facts === null) return [ok("pins: not used (ALARM_GPIO=off)")];
  if (!facts.hasChip) return [judgeChipless(facts)];
  const { pins, pwm } = facts;
  const problems = [
    ...pins.flatMap(({ name, holder }) =>
      holder ? [wrong(`${name}: held by ${shown(holder)}`, ending(holder))] : []
    ),
    ...(pwm ? judgePwm(pwm) : []),
    ...judgeDenied(facts, user),
  ];
  if (problems.length > 0) return problems;
  if (!facts.mayExport) return [note("pins: there, but not for this user")];
  const names = [...pins.map(({ name }) => name), ...(pwm ? [`PWM ${pwm.name}`] : [])];
  return [ok(`${listed(names)}: there`)];
}

function judgeChipless({ root, model }: BuzzerFacts): Finding {
  if (!model?.startsWith("Raspberry Pi")) {
    return note("pins: this is no Raspberry Pi, so nothing sounds; ALARM_GPIO=off ends this note");
  }
  const remedy = "set GPIO_ROOT, or use the kernel of Raspberry Pi OS, which has them there";
  return wrong(`pins: none of the header's at ${root}`, remedy);
}

function judgePwm({ name, channels, channel }: PwmFacts): Finding[] {
  if (channels === null) {
    const remedy = "add dtoverlay=pwm to /boot/firmware/config.txt, and start the machine anew";
    return [wrong(`PWM ${name}: no such chip`, remedy)];
  }
  if (channel < channels) return [];
  return [wrong(`PWM ${name}: its chip has channels 0 to ${channels - 1}`, "set ALARM_PWM to one")];
}

/** Where it is the group that is missing, the user's finding says so. */
function judgeDenied({ root, mayExport, pins, pwm }: BuzzerFacts, user: UserFacts): Finding[] {
  if (!user.isRoot && !user.groups.includes(PIN_GROUP)) return [];
  const denied = [
    ...(mayExport ? [] : [`pins at ${root}`]),
    ...pins.filter(({ isDenied }) => isDenied).map(({ name }) => name),
    ...(pwm && pwm.channels !== null && !pwm.mayExport ? [`PWM ${pwm.name}`] : []),
  ];
  if (denied.length === 0) return [];
  const remedy = "put deploy/70-mcce.rules into /etc/udev/rules.d, and start the machine anew";
  return [wrong(`${listed(denied)}: user ${user.name} may not use them`, remedy)];
}
