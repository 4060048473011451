const en = {
  /** The sign between whole and decimals. */
  decimal: "." as "." | ",",
  on: (time: string, date: string) => `${time} on ${date}`,
  clearTitle: "Power below the limit again",
  clear: (watts: number, time: string) => `${watts} W at ${time}.`,
  overTitle: (tier: string, left: string | null) =>
    `Over ${tier}: ${left === null ? "cut-off at any moment" : `about ${left} left`}`,
  shedTitle: (left: string | null, shed: string) =>
    `${left === null ? "At any moment" : `About ${left}`}: switch off ${shed}`,
  over: (watts: number, tier: string, shed: string, time: string) =>
    `${watts} W at ${time}, over ${tier}. With ${shed} less that limit's time stops. An estimate of when the grid's meter cuts off.`,
  cutOffTitle: "The power was probably cut off",
  cutOff: (from: string, to: string, watts: number, seconds: number) =>
    `No readings from ${from} to ${to}. The last was ${watts} W, over a limit for ${seconds} s.`,
  learnt: (limits: string) => ` LIMITS=${limits} would have foreseen it.`,
  troubleOver: (since: string, at: string) => `From ${since} to ${at}.`,
  troubles: {
    readings: {
      title: "No readings",
      over: "Readings are back",
      sentence: (since: string, _date: string) => `No reading has come since ${since}.`,
    },
    digest: {
      title: "A day waits for its digest",
      over: "The digest is up to date again",
      sentence: (_since: string, date: string) => `It has waited since ${date}, more than a day.`,
    },
    disk: {
      title: "The disk is nearly full",
      over: "The disk has room again",
      sentence: (since: string, _date: string) => `Less than 5 % is free since ${since}.`,
    },
  },
};

/** Every text of the notifications in one language. */
export type MessageTexts = typeof en;

const it: MessageTexts = {
  decimal: ",",
  on: (time, date) => `${time} del ${date}`,
  clearTitle: "Potenza di nuovo sotto il limite",
  clear: (watts, time) => `${watts} W alle ${time}.`,
  overTitle: (tier, left) =>
    `Oltre ${tier}: ${
      left === null ? "può scattare da un momento all'altro" : `ancora circa ${left}`
    }`,
  shedTitle: (left, shed) =>
    `${left === null ? "Da un momento all'altro" : `Circa ${left}`}: spegni ${shed}`,
  over: (watts, tier, shed, time) =>
    `${watts} W alle ${time}, oltre ${tier}. Con ${shed} in meno il tempo di quel limite si ferma. Una stima di quando scatta il contatore.`,
  cutOffTitle: "Probabile distacco della corrente",
  cutOff: (from, to, watts, seconds) =>
    `Nessuna lettura dalle ${from} alle ${to}. L'ultima era di ${watts} W, oltre un limite da ${seconds} s.`,
  learnt: (limits) => ` LIMITS=${limits} l'avrebbe previsto.`,
  troubleOver: (since, at) => `Dalle ${since} alle ${at}.`,
  troubles: {
    readings: {
      title: "Nessuna lettura",
      over: "Le letture sono tornate",
      sentence: (since) => `Nessuna lettura dalle ${since}.`,
    },
    digest: {
      title: "Un giorno attende la sua sintesi",
      over: "La sintesi è di nuovo aggiornata",
      sentence: (_since, date) => `Attende dal ${date}, da più di un giorno.`,
    },
    disk: {
      title: "Il disco è quasi pieno",
      over: "Il disco ha di nuovo spazio",
      sentence: (since) => `Meno del 5 % è libero dalle ${since}.`,
    },
  },
};

/** The texts by language. */
export const MESSAGE_TEXTS = { en, it } as const;
