import type { SentReply, SimulatedMeter, Ways } from "./simulated_meter.ts";

/** The commands that `obey` takes, for a person. */
export const COMMANDS = "noisy|split|mute|zero on|off, watts N|auto, unplug, replug, replies, quit";

/** What a command gives back: the answers so far for `replies`, `"quit"` once the meter is unplugged for good. */
export type CommandResult = readonly SentReply[] | "quit" | null;

/**
 * Does what a command line says; an empty line says nothing.
 * @throws Error in one sentence when there is no such command.
 */
export async function obey(meter: SimulatedMeter, line: string): Promise<CommandResult> {
  const command = line.trim().replace(/\s+/g, " ");
  const [, way, onOff] = /^(noisy|split|mute|zero) (on|off)$/.exec(command) ?? [];
  const [, watts] = /^watts (auto|\d{1,4})$/.exec(command) ?? [];
  if (way) meter.ways[way as Exclude<keyof Ways, "watts">] = onOff === "on";
  else if (watts) meter.ways.watts = watts === "auto" ? null : Number(watts);
  else if (command === "replies") return meter.replies;
  else if (command === "replug") meter.replug();
  else if (command === "unplug" || command === "quit") await meter.unplug();
  else if (command !== "") throw new Error(`"${line}" is no command; there are: ${COMMANDS}.`);
  return command === "quit" ? command : null;
}
