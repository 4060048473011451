import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import {
  namedOnly,
  ParameterError,
  readAll,
  readPoints,
  readYearAndMonth,
} from "../lib/query/parameters.ts";

const NAMES = ["from", "to"];

Deno.test("the known parameters are taken by their names", () => {
  const search = new URLSearchParams("to=2026-11-21&from=2026-11-01");
  deepEqual(readAll((problems) => namedOnly(search, NAMES, problems)), {
    from: "2026-11-01",
    to: "2026-11-21",
  });
  deepEqual(readAll((problems) => namedOnly(new URLSearchParams(""), NAMES, problems)), {});
});

Deno.test("unknown and repeated parameters are refused, all at once", () => {
  const search = new URLSearchParams("form=1&to=2&to=3&__proto__=4&constructor=5");
  const problems: string[] = [];
  namedOnly(search, NAMES, problems);
  deepEqual(problems, [
    '"form" is no parameter here, which takes from, to',
    "to: comes twice, it takes one value",
    '"__proto__" is no parameter here, which takes from, to',
    '"constructor" is no parameter here, which takes from, to',
  ]);
  namedOnly(new URLSearchParams("a"), [], problems);
  match(problems.at(-1)!, /which takes none$/);
});

Deno.test("points are a whole number from 10 to 5000, 1000 by default", () => {
  for (const [text, points] of [["10", 10], ["5000", 5000], ["", 1000], ["0250", 250]] as const) {
    equal(readAll((problems) => readPoints({ points: text }, problems)), points);
  }
  equal(readAll((problems) => readPoints({}, problems)), 1000);
  for (const points of ["9", "5001", "-10", "10.5", "1e3", "many", " 10", "9".repeat(400), "٣٣"]) {
    throws(() => readAll((problems) => readPoints({ points }, problems)), (error) => {
      ok(error instanceof ParameterError);
      match(error.message, /^points: ".*" is refused, it takes a whole number from 10 to 5000$/);
      return true;
    });
  }
});

Deno.test("statistics want a year, and take a month", () => {
  const read = (given: Record<string, string>) =>
    readAll((problems) => readYearAndMonth(given, problems));
  deepEqual(read({ year: "2026" }), { year: 2026, month: null });
  deepEqual(read({ year: "2026", month: "" }), { year: 2026, month: null });
  deepEqual(read({ year: "2026", month: "03" }), { year: 2026, month: 3 });
  throws(() => read({}), /^ParameterError: year: is missing, it takes a year such as 2026$/);
  throws(() => read({ month: "13" }), {
    problems: [
      'month: "13" is refused, it takes a whole number from 1 to 12',
      "year: is missing, it takes a year such as 2026",
    ],
  });
  for (const year of ["26", "20260", "-2026", "MMXXVI", "2026-11"]) {
    throws(
      () => read({ year }),
      /year: ".*" is refused, it takes a whole number from 1000 to 9999/,
    );
  }
});
