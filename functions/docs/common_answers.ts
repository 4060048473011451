import { SESSION_COOKIE } from "../access.ts";
import { type Answer, type Operation, problemAnswer } from "./operation.ts";

/** How a request shows that it may see all, where `ACCESS_TOKEN` is set. */
export const SECURITY_SCHEMES = {
  token: { type: "http", scheme: "bearer", description: "The ACCESS_TOKEN" },
  session: {
    type: "apiKey",
    in: "cookie",
    name: SESSION_COOKIE,
    description: "A browser that is logged in",
  },
} as const;

export const UNAUTHORIZED = problemAnswer(
  "ACCESS_TOKEN is set, and the request lacks it or brings a wrong one",
  401,
  "Unauthorized",
  "Authorization: send the ACCESS_TOKEN as a Bearer token, or log in at /login",
);
export const FOREIGN_PAGE = problemAnswer(
  "The request comes from a page of another site",
  403,
  "Forbidden",
  "Origin: a page of another site may not change anything here",
);
const TOO_LARGE = problemAnswer(
  "The body is far larger than anything that is taken here",
  413,
  "Too large",
  "the body takes 16384 bytes at most",
);
const MISDIRECTED = problemAnswer(
  "The Host is none that this machine answers to",
  421,
  "Misdirected request",
  "Host: name this machine by its address, or add the name to HOST_NAMES",
);
const TOO_SLOW = problemAnswer(
  "The body broke off",
  408,
  "Too slow",
  "the body broke off, or was not here in time",
);
const TOO_LONG = problemAnswer(
  "The address is far longer than any that is known here",
  414,
  "Address too long",
  "the address takes 8192 characters at most",
);
export const TOO_MANY: Answer = {
  ...problemAnswer(
    "Too many wrong tokens came from this address; the right one is still taken",
    429,
    "Too many requests",
    "Authorization: too many wrong tokens; wait 300 s, or send the right one",
  ),
  headers: { "retry-after": "Seconds" },
};
const HEADERS_TOO_LARGE = problemAnswer(
  "The headers are far larger than any that are looked at here",
  431,
  "Headers too large",
  "the headers take 16384 characters at most",
);
const LOG_IN: Answer = {
  description: "A browser asks for a page (Accept names text/html) and is not logged in",
  headers: { location: "The log-in page, which leads back" },
};
const BUG = problemAnswer(
  "A fault of the service",
  500,
  "Internal error",
  "The service could not answer this; its log says why",
);

/** What an operation may answer besides its own. */
export function commonAnswers({ method, isOpen }: Operation): Readonly<Record<number, Answer>> {
  return {
    ...(isOpen ? {} : { 401: UNAUTHORIZED, 429: TOO_MANY }),
    ...(method === "get" && !isOpen ? { 302: LOG_IN } : {}),
    ...(method === "get" ? {} : { 403: FOREIGN_PAGE, 408: TOO_SLOW, 413: TOO_LARGE }),
    414: TOO_LONG,
    421: MISDIRECTED,
    431: HEADERS_TOO_LARGE,
    500: BUG,
  };
}
