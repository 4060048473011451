import { HTML, type Operation } from "../operation.ts";

/** This description itself. */
export const DESCRIPTION_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/openapi.json",
    id: "openApi",
    tag: "description",
    summary: "This description for programs, as OpenAPI 3.1",
    answers: {
      200: {
        description: "The document",
        content: [{ type: "application/json", schema: { type: "object" } }],
      },
    },
  },
  {
    method: "get",
    path: "/docs",
    id: "docs",
    tag: "description",
    summary: "This description for people",
    answers: { 200: { description: "The page", content: [HTML] } },
  },
];
