import fc from "fast-check";
import { anyText } from "./any_text.ts";
import { evenDay } from "./digest_house.ts";
import { NOW } from "./live_fixture.ts";
import { QueryHouse } from "./query_house.ts";

const TODAY = "2026-11-21";

/** A small house of two years, with stored days, a pending one and today. */
export function fuzzHouse(): QueryHouse {
  const house = new QueryHouse({ wall: new Date(NOW).toISOString() });
  for (const date of ["2025-12-31", "2026-11-17", "2026-11-18"]) {
    house.store(date, evenDay(date, { everyS: 600 }), { holdMs: 600_000 });
  }
  house.house.write("2026-11-20", evenDay("2026-11-20", { everyS: 600 }));
  house.show(evenDay(TODAY, { everyS: 600 }).filter(({ at }) => at < NOW));
  return house;
}

/** Texts that no parameter takes, or hardly one. */
export const odd = fc.oneof(
  fc.string(),
  anyText,
  fc.constantFrom(
    "",
    "0",
    "-0",
    "NaN",
    "Infinity",
    "1e400",
    "null",
    "%",
    "\0",
    "'--",
    "{}",
    "٢٠٢٦",
  ),
  fc.integer().map(String),
  fc.double().map(String),
);

/** Dates and times, known days of {@linkcode fuzzHouse} among them. */
export const time = fc.oneof(
  fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    "0000-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59Z",
    "99999999999999",
    "0",
    "2026-10-25",
    "2026-03-29",
  ),
  fc.integer({ min: NOW - 40 * 86_400_000, max: NOW + 86_400_000 }).map(String),
  fc.constantFrom("2026-11-17", "2026-11-18", "2026-11-20", TODAY, "2026-11-21T13:30:00+01:00"),
);

/** The beginning of a sentence that tells what is wrong with a parameter. */
export const PROBLEM =
  /: (".*" is refused, (it takes |only resolution=raw takes it)|comes twice, it takes |is missing, it takes )|" is no parameter here, /s;
