import { type Answer, type Operation, problemAnswer } from "./operation.ts";

/** How a request shows that it may see all, where `ACCESS_TOKEN` is set. */
export const SECURITY_SCHEMES = {
  token: { type: "http", scheme: "bearer", description: "The ACCESS_TOKEN" },
} as const;

const UNAUTHORIZED = problemAnswer(
  "ACCESS_TOKEN is set, and the request lacks it",
  401,
  "Unauthorized",
  "Authorization: send the ACCESS_TOKEN as a Bearer token",
);
const FOREIGN_PAGE = problemAnswer(
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
const BUG = problemAnswer(
  "A fault of the service",
  500,
  "Internal error",
  "The service could not answer this; its log says why",
);

/** What an operation may answer besides its own. */
export function commonAnswers({ method, isOpen }: Operation): Readonly<Record<number, Answer>> {
  return {
    ...(isOpen ? {} : { 401: UNAUTHORIZED }),
    ...(method === "get" ? {} : { 403: FOREIGN_PAGE, 413: TOO_LARGE }),
    421: MISDIRECTED,
    500: BUG,
  };
}
