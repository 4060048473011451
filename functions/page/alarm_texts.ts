const en = {
  /** The sign between whole and decimals of rounded power. */
  decimal: "." as "." | ",",
  free: (power: string) => `${power} free`,
  over: (tier: string, left: string) => `Over ${tier}: about ${left} left`,
  shed: (left: string, power: string) => `About ${left}: switch off ${power}`,
  shedNow: (power: string) => `At any moment: switch off ${power}`,
  note: "An estimate of when the grid's meter cuts off.",
  noteOver: (power: string) => `An estimate. With ${power} less there is no limit.`,
  noteSlower: (power: string) => `An estimate. With ${power} less there is more time.`,
  limit: (power: string) => `limit ${power}`,
  appliances: "Can I switch it on?",
  answer: {
    yes: "yes",
    for: (left: string) => `for about ${left}`,
    trips: (left: string) => `cuts off in about ${left}`,
    tripsNow: "cuts off at once",
    unknown: "no reading",
  },
  silenceFor: "Silence the buzzer for",
  silence: "Silence",
  minutes: (n: number) => `${n} min`,
  silenced: (minutes: number) => `The buzzer is silent for ${minutes} min more.`,
  unsilence: "Let it sound",
  silenceFailed: "That did not reach MCCE: try again.",
  cutOffAt: (time: string, power: string, lasted: string) =>
    `${time}: your meter probably cut off at ${power} after ${lasted}.`,
  lesson: (limits: string) => `LIMITS=${limits} in MCCE's settings would have foreseen it.`,
  cutOffCurve: "See the curve",
  cutOffRead: "Understood",
  device: "On this device",
  sound: "Sound",
  soundArm: "tap to arm",
  soundOn: "armed",
  notify: "Notifications",
  notifyOff: "off",
  notifyOn: "on",
  notifyDenied: "refused in the browser's settings",
  notifyTest: "You are told here when the power goes over a limit, while this page is open.",
};

/** Every text of the alarm in one language. */
export type AlarmTexts = typeof en;

const it: AlarmTexts = {
  decimal: ",",
  free: (power) => `${power} liberi`,
  over: (tier, left) => `Oltre ${tier}: ancora circa ${left}`,
  shed: (left, power) => `Circa ${left}: spegni ${power}`,
  shedNow: (power) => `Da un momento all'altro: spegni ${power}`,
  note: "Una stima di quando scatta il contatore.",
  noteOver: (power) => `Una stima. Con ${power} in meno non c'è limite.`,
  noteSlower: (power) => `Una stima. Con ${power} in meno c'è più tempo.`,
  limit: (power) => `limite ${power}`,
  appliances: "Posso accenderlo?",
  answer: {
    yes: "sì",
    for: (left) => `per circa ${left}`,
    trips: (left) => `scatta dopo circa ${left}`,
    tripsNow: "scatta subito",
    unknown: "nessuna lettura",
  },
  silenceFor: "Silenzia il cicalino per",
  silence: "Silenzia",
  minutes: (n) => `${n} min`,
  silenced: (minutes) => `Il cicalino tace ancora per ${minutes} min.`,
  unsilence: "Fallo suonare",
  silenceFailed: "MCCE non è stato raggiunto: riprova.",
  cutOffAt: (time, power, lasted) =>
    `${time}: probabile distacco del contatore a ${power} dopo ${lasted}.`,
  lesson: (limits) => `LIMITS=${limits} nelle impostazioni di MCCE l'avrebbe previsto.`,
  cutOffCurve: "Vedi la curva",
  cutOffRead: "Ho capito",
  device: "Su questo dispositivo",
  sound: "Suono",
  soundArm: "tocca per attivarlo",
  soundOn: "attivo",
  notify: "Notifiche",
  notifyOff: "spente",
  notifyOn: "attive",
  notifyDenied: "rifiutate nelle impostazioni del browser",
  notifyTest:
    "Qui arriva l'avviso quando la potenza supera un limite, finché questa pagina è aperta.",
};

/** The texts by language. */
export const ALARM_TEXTS = { en, it } as const;
