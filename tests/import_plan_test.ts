import assert from "node:assert/strict";
import { type Found, planImport } from "../lib/import/plan.ts";

const found = (text: string): Found[] =>
  text.split(" ").map((one) => {
    const [kind, date = "", path = ""] = one.split(":");
    return { kind: kind === "d" ? "days" : "table", date, path };
  });

const order = (text: string, today = "2026-01-01") =>
  planImport(found(text), today).days.map(({ date, places }) =>
    `${date}: ${places.map(({ kind, path }) => `${kind} ${path}`).join(", ")}`
  );

Deno.test("days come in the order of the calendar", () => {
  assert.deepEqual(order("t:2023-01-02:a t:2022-12-31:b d:2023-01-01:c"), [
    "2022-12-31: table b",
    "2023-01-01: days c",
    "2023-01-02: table a",
  ]);
});

Deno.test("a file in days/ comes before any table of its day, in whatever order they are named", () => {
  const best = ["2023-01-01: days c, table a, table b"];
  assert.deepEqual(order("t:2023-01-01:a t:2023-01-01:b d:2023-01-01:c"), best);
  assert.deepEqual(order("d:2023-01-01:c t:2023-01-01:a t:2023-01-01:b"), best);
});

Deno.test("of two of the same kind the one named first is taken", () => {
  assert.deepEqual(order("d:2023-01-01:x d:2023-01-01:a"), ["2023-01-01: days x, days a"]);
});

Deno.test("a day that is not over, or still to come, is for later", () => {
  const plan = planImport(found("d:2023-01-01:a d:2023-01-02:b t:2023-01-03:c"), "2023-01-02");
  assert.deepEqual(plan.days.map(({ date }) => date), ["2023-01-01"]);
  assert.deepEqual(plan.skipped.map(({ path, date }) => [path, date]), [
    ["b", "2023-01-02"],
    ["c", "2023-01-03"],
  ]);
});
