import { ALARM_TEXTS } from "./alarm_texts.ts";

/** The languages of the pages. */
export type Language = "en" | "it";

const plural = (n: number, one: string, many: string) => n === 1 ? one : many;

const en = {
  alarm: ALARM_TEXTS.en,
  title: "Power now",
  description: "The power that this house draws now, live from its meter.",
  pages: "Pages",
  live: "Live",
  history: "History",
  wallView: "Wall view",
  fullView: "Full view",
  powerNow: "Power now",
  energyToday: "Energy today",
  highest: "Highest today",
  lowest: "Lowest today",
  measured: "Measured part of today",
  lastHour: "Last hour",
  today: "Today",
  yesterday: "yesterday",
  range: "lowest to highest of each minute",
  meter: "Meter",
  replies: "Replies:",
  at: (time: string) => `at ${time}`,
  secondsAgo: (s: number) => `${s} s ago`,
  minutesAgo: (min: number) => `${min} min ago`,
  hoursAgo: (h: number) => `${h} h ago`,
  lastReading: (age: string) => `last reading ${age}`,
  noReadingYet: "no reading yet today",
  noReading: "no reading",
  unusableState: "No valid reading",
  connecting: "Connecting…",
  noConnection: "No connection",
  states: { connected: "Meter connected", silent: "Meter silent", missing: "Meter missing" },
  stateSince: {
    connected: (since: string) => `Connected since ${since}`,
    silent: (since: string) => `Silent since ${since}`,
    missing: (since: string) => `Missing since ${since}`,
  },
  lost: (since: string) => `No connection to MCCE since ${since}. Trying again.`,
  neverConnected: "MCCE does not answer. Trying again.",
  missing: (since: string) => `The meter is missing since ${since}.`,
  silent: (since: string) => `The meter has not answered since ${since}.`,
  unusable: "The meter answers, but with no reading that can be used.",
  diskFull: (n: number) =>
    `The disk takes nothing: ${n} ${plural(n, "reading waits", "readings wait")} in memory.`,
  ignored: (channels: string, n: number) =>
    `${
      plural(
        n,
        `Channel ${channels} is active too but is`,
        `Channels ${channels} are active too but are`,
      )
    } not counted. METER_CHANNELS names the channels that add up to the mains.`,
  unknownZone: (zone: string) =>
    `This browser does not know the time zone ${zone}: times are in UTC.`,
  counters: { good: "good", wrong: "wrong", missed: "missed", zero: "of 0 W" },
  lastWrong: "Last wrong one:",
  spokenUnits: { W: "watts", kW: "kilowatts" } as Record<string, string>,
  summary: (what: string, low: string, high: string, mean: string) =>
    `${what}: between ${low} and ${high}, ${mean} on average.`,
  summaryEmpty: (what: string) => `${what}: nothing measured.`,
  noScript: (power: string, time: string) =>
    `At ${time} the house drew ${power}. The live view needs JavaScript; without it, load the page again for a newer value.`,
  noScriptEmpty: "There is no reading yet. The live view needs JavaScript.",
};

/** Every text of the live pages in one language. */
export type Texts = typeof en;

const it: Texts = {
  alarm: ALARM_TEXTS.it,
  title: "Potenza ora",
  description: "La potenza che questa casa assorbe ora, in diretta dal suo misuratore.",
  pages: "Pagine",
  live: "In diretta",
  history: "Storico",
  wallView: "Vista da parete",
  fullView: "Vista completa",
  powerNow: "Potenza ora",
  energyToday: "Energia oggi",
  highest: "Massimo di oggi",
  lowest: "Minimo di oggi",
  measured: "Parte misurata di oggi",
  lastHour: "Ultima ora",
  today: "Oggi",
  yesterday: "ieri",
  range: "dal minimo al massimo di ogni minuto",
  meter: "Misuratore",
  replies: "Risposte:",
  at: (time) => `alle ${time}`,
  secondsAgo: (s) => `${s} s fa`,
  minutesAgo: (min) => `${min} min fa`,
  hoursAgo: (h) => `${h} h fa`,
  lastReading: (age) => `ultima lettura ${age}`,
  noReadingYet: "oggi ancora nessuna lettura",
  noReading: "nessuna lettura",
  unusableState: "Nessuna lettura valida",
  connecting: "Connessione in corso…",
  noConnection: "Nessuna connessione",
  states: {
    connected: "Misuratore connesso",
    silent: "Misuratore muto",
    missing: "Misuratore assente",
  },
  stateSince: {
    connected: (since) => `Connesso dalle ${since}`,
    silent: (since) => `Muto dalle ${since}`,
    missing: (since) => `Assente dalle ${since}`,
  },
  lost: (since) => `Nessuna connessione con MCCE dalle ${since}. Nuovo tentativo in corso.`,
  neverConnected: "MCCE non risponde. Nuovo tentativo in corso.",
  missing: (since) => `Il misuratore è assente dalle ${since}.`,
  silent: (since) => `Il misuratore non risponde dalle ${since}.`,
  unusable: "Il misuratore risponde, ma senza letture utilizzabili.",
  diskFull: (n) =>
    `Il disco non accetta dati: ${n} ${
      plural(n, "lettura attende", "letture attendono")
    } in memoria.`,
  ignored: (channels, n) =>
    `${
      plural(
        n,
        `Anche il canale ${channels} è attivo ma non è contato`,
        `Anche i canali ${channels} sono attivi ma non sono contati`,
      )
    }. METER_CHANNELS indica i canali che sommati danno la rete.`,
  unknownZone: (zone) =>
    `Questo browser non conosce il fuso orario ${zone}: gli orari sono in UTC.`,
  counters: { good: "buone", wrong: "errate", missed: "mancate", zero: "di 0 W" },
  lastWrong: "Ultima errata:",
  spokenUnits: { W: "watt", kW: "kilowatt" },
  summary: (what, low, high, mean) => `${what}: tra ${low} e ${high}, in media ${mean}.`,
  summaryEmpty: (what) => `${what}: nessuna misura.`,
  noScript: (power, time) =>
    `Alle ${time} la casa assorbiva ${power}. La vista in diretta richiede JavaScript; senza, ricarica la pagina per un valore più recente.`,
  noScriptEmpty: "Non c'è ancora nessuna lettura. La vista in diretta richiede JavaScript.",
};

/** The texts by language; the server renders with them and the browser goes on with the same. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, it };

/** `18 s ago`, `3 min ago`, `2 h ago`: whole units, rounded down. */
export function ageText(texts: Texts, ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < 60) return texts.secondsAgo(seconds);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? texts.minutesAgo(minutes) : texts.hoursAgo(Math.floor(minutes / 60));
}
