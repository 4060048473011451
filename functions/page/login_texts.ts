import type { Language } from "./texts.ts";

const en = {
  title: "Log in",
  why:
    "What a house draws tells who is at home. So MCCE asks once for its access token; this browser then stays logged in for a year.",
  token: "Access token",
  where: "The installer printed it. It stands as ACCESS_TOKEN in MCCE's settings.",
  submit: "Log in",
  wrong: "That is not the access token.",
  many: "Too many wrong tokens came from here. Wait a quarter of an hour, or enter the right one.",
  isIn: "This browser is logged in.",
  isOpen: "Here MCCE asks for no access token.",
  goOn: "To the page",
  logOut: "Log out",
};

/** Every text of the log-in page in one language. */
export type LoginTexts = typeof en;

const it: LoginTexts = {
  title: "Accesso",
  why:
    "Dai consumi si capisce chi è in casa. Per questo MCCE chiede una volta il codice di accesso; questo browser resta poi collegato per un anno.",
  token: "Codice di accesso",
  where: "L'installatore lo ha mostrato. Si trova come ACCESS_TOKEN nelle impostazioni di MCCE.",
  submit: "Accedi",
  wrong: "Non è il codice di accesso.",
  many:
    "Da qui sono arrivati troppi codici sbagliati. Attendi un quarto d'ora, o inserisci quello giusto.",
  isIn: "Questo browser è collegato.",
  isOpen: "Qui MCCE non chiede nessun codice di accesso.",
  goOn: "Alla pagina",
  logOut: "Esci",
};

/** The texts by language. */
export const LOGIN_TEXTS: Readonly<Record<Language, LoginTexts>> = { en, it };
