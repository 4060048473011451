import type { Language } from "../texts.ts";

const en = {
  title: "Over the contract's limits",
  key: "over the limits",
  note: "Times left are estimates: how the grid's meter counts is not published.",
  none: "No time over the limits is recorded in this year.",
  missing: "The alarm's record cannot be had now.",
  more: (n: number) => `And ${n} more, which the days show.`,
  limit: (power: string) => `limit ${power}`,
  span: (from: string, to: string) => `${from}–${to}`,
  since: (from: string) => `since ${from}`,
  highest: (power: string) => `up to ${power}`,
  over: (limit: string, time: string) => `over ${limit} for ${time}`,
  beyondCap: (energy: string, cap: string) => `${energy} above ${cap}`,
  left: (time: string) => `about ${time} were left until the cut-off`,
  leftLeast: "less than half a minute was left until the cut-off",
  due: "the cut-off was due",
  cutOff: (power: string, lasted: string) => `Probably cut off at ${power} after ${lasted}.`,
  lesson: (limits: string) => `LIMITS=${limits} would have foreseen it.`,
};

/** Every text of the alarm's record in one language. */
export type EpisodeTexts = typeof en;

const it: EpisodeTexts = {
  title: "Oltre i limiti del contratto",
  key: "oltre i limiti",
  note: "I tempi rimasti sono stime: non è pubblicato come conta il contatore.",
  none: "In quest'anno non è registrato alcun superamento dei limiti.",
  missing: "Il registro dell'allarme ora non è disponibile.",
  more: (n) => `E altri ${n}, che si vedono nei giorni.`,
  limit: (power) => `limite ${power}`,
  span: (from, to) => `${from}–${to}`,
  since: (from) => `dalle ${from}`,
  highest: (power) => `fino a ${power}`,
  over: (limit, time) => `oltre ${limit} per ${time}`,
  beyondCap: (energy, cap) => `${energy} oltre ${cap}`,
  left: (time) => `al distacco mancavano circa ${time}`,
  leftLeast: "al distacco mancava meno di mezzo minuto",
  due: "il distacco era atteso",
  cutOff: (power, lasted) => `Probabile distacco a ${power} dopo ${lasted}.`,
  lesson: (limits) => `LIMITS=${limits} l'avrebbe previsto.`,
};

/** The texts by language. */
export const EPISODE_TEXTS: Readonly<Record<Language, EpisodeTexts>> = { en, it };
