import { FOREIGN_PAGE } from "../common_answers.ts";
import { HTML, type Operation, type Parameter } from "../operation.ts";

const NEXT: Parameter = {
  name: "next",
  in: "query",
  description: "The path of the page to go to afterwards; one of this host",
  schema: { type: "string" },
  example: "/?view=wall",
};

/** Who may see the house. */
export const ACCESS_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/login",
    id: "loginPage",
    tag: "access",
    summary: "The log-in page",
    description:
      "A page that is asked for without the cookie leads here. /login#token=TOKEN logs in at once; a fragment leaves no trace on the way.",
    parameters: [NEXT],
    isOpen: true,
    answers: { 200: { description: "The page", content: [HTML] } },
  },
  {
    method: "post",
    path: "/login",
    id: "login",
    tag: "access",
    summary: "Logs a browser in for a year",
    body: {
      description: "The page's form",
      type: "application/x-www-form-urlencoded",
      required: true,
      schema: {
        type: "object",
        properties: {
          token: { type: "string", description: "The ACCESS_TOKEN" },
          next: { type: "string", description: "The path to go to afterwards" },
        },
      },
      example: { token: "sixteen-characters-or-more", next: "/?view=wall" },
    },
    isOpen: true,
    answers: {
      303: {
        description: "The cookie is given, where ACCESS_TOKEN is set",
        headers: { location: "The page that was wanted" },
      },
      403: {
        description: "The token is wrong, or the request comes from another site",
        content: [HTML, ...FOREIGN_PAGE.content ?? []],
      },
      429: {
        description: "So were many before it; the right one is still taken",
        headers: { "retry-after": "Seconds" },
        content: [HTML],
      },
    },
  },
  {
    method: "post",
    path: "/logout",
    id: "logout",
    tag: "access",
    summary: "Takes the browser's cookie away",
    answers: {
      303: { description: "It is gone", headers: { location: "The log-in page" } },
    },
  },
];
