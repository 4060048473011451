import { HTML, type Operation, problemAnswer } from "../operation.ts";

const ABSENT = problemAnswer(
  "There is no such file",
  404,
  "Not found",
  "/assets/nothing.js: there is no such page",
);

/** Which part of the history a page's address names. */
const HISTORY_PARAMETERS: NonNullable<Operation["parameters"]> = [
  {
    name: "year",
    in: "query",
    description: "The months and the calendar of a year",
    schema: { type: "string" },
    example: "2026",
  },
  {
    name: "month",
    in: "query",
    description: "The days of a month",
    schema: { type: "string" },
    example: "2026-11",
  },
  {
    name: "day",
    in: "query",
    description: "The power of a day",
    schema: { type: "string" },
    example: "2026-11-22",
  },
  {
    name: "with",
    in: "query",
    description: "Lays the same day of the week before or of the year before over a day",
    schema: { type: "string", enum: ["week", "year"] },
  },
  {
    name: "from",
    in: "query",
    description: "With `to`: the part of a day that is zoomed to, epoch milliseconds",
    schema: { type: "integer" },
  },
  {
    name: "to",
    in: "query",
    description: "The end of that part, excluded",
    schema: { type: "integer" },
  },
];

/** What browsers ask for. */
export const PAGE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/",
    id: "page",
    tag: "pages",
    summary: "The live page, in English or Italian",
    parameters: [{
      name: "view",
      in: "query",
      description: "wall: for a tablet on the kitchen wall",
      schema: { type: "string", enum: ["wall"] },
      example: "wall",
    }],
    answers: { 200: { description: "The page", content: [HTML] } },
  },
  {
    method: "get",
    path: "/history",
    id: "historyPage",
    tag: "pages",
    summary:
      "The history page, in English or Italian: this month unless a parameter says otherwise",
    parameters: HISTORY_PARAMETERS,
    answers: { 200: { description: "The page", content: [HTML] } },
  },
  {
    method: "get",
    path: "/assets/{name}",
    id: "asset",
    tag: "pages",
    summary: "A file that the pages load",
    parameters: [
      {
        name: "name",
        in: "path",
        description: "As a page names it",
        required: true,
        schema: { type: "string" },
        example: "live.css",
      },
      {
        name: "v",
        in: "query",
        description: "The file's entity tag: with the present one it may be kept for good",
        schema: { type: "string" },
      },
    ],
    answers: {
      200: {
        description: "The file, of the type that its name tells",
        headers: { etag: "The file's entity tag" },
        content: [{ type: "*/*", schema: { type: "string" } }],
      },
      304: { description: "If-None-Match names the present entity tag" },
      404: ABSENT,
    },
  },
  {
    method: "get",
    path: "/manifest.webmanifest",
    id: "manifest",
    tag: "pages",
    summary: "What a browser needs to install the page as an app",
    answers: {
      200: {
        description: "The manifest",
        content: [{ type: "application/manifest+json", schema: { type: "object" } }],
      },
    },
  },
];
