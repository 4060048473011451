import assert from "node:assert/strict";
import fc from "fast-check";
import {
  address,
  besideDate,
  datesIn,
  neighbour,
  parent,
  type Place,
  readPlace,
} from "../functions/page/history/place.ts";
import { HISTORY_TEXTS } from "../functions/page/history/texts.ts";
import { placeTitle } from "../functions/page/history/titles.ts";

const read = (query: string) => readPlace(new URLSearchParams(query));
const queryOf = (place: Place) => address(place).split("?")[1] ?? "";

const years = fc.integer({ min: 1970, max: 9998 });
const places: fc.Arbitrary<Place> = fc.oneof(
  years.map((year) => ({ view: "year" as const, year })),
  fc.record({
    view: fc.constant("month" as const),
    year: years,
    month: fc.integer({ min: 1, max: 12 }),
  }, { noNullPrototype: true }),
  fc.record({
    view: fc.constant("day" as const),
    date: fc.integer({ min: 0, max: 40_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10)),
    beside: fc.constantFrom("week" as const, "year" as const, null),
    zoom: fc.option(
      fc.integer({ min: 1, max: 2e12 }).map((fromMs) => ({ fromMs, toMs: fromMs + 60_000 })),
    ),
  }, { noNullPrototype: true }),
);

Deno.test("the address of a place names that place", () => {
  fc.assert(fc.property(places, (place) => assert.deepEqual(read(queryOf(place)), place)));
});

Deno.test("the place after the one before is the same, and each lies in its parent", () => {
  fc.assert(fc.property(places, (place) => {
    const plain = place.view === "day" ? { ...place, zoom: null } : place;
    assert.deepEqual(neighbour(neighbour(plain, -1), 1), plain);
    const whole = parent(place);
    if (whole === null) return;
    assert.ok(datesIn(whole).from <= datesIn(place).from);
    assert.ok(datesIn(whole).to >= datesIn(place).to);
  }));
});

Deno.test("an address that names no place names none", () => {
  for (
    const query of [
      "",
      "year=26",
      "month=2026-13",
      "day=2026-02-30",
      "year=abcd",
      "year=1969",
      "day[]=1",
      "x=y",
    ]
  ) assert.equal(read(query), null, query);
  fc.assert(fc.property(fc.string(), fc.constantFrom("year", "month", "day"), (text, name) => {
    const place = readPlace(new URLSearchParams({ [name]: text, from: text, to: text }));
    assert.ok(place === null || /\d/.test(text));
  }));
});

Deno.test("a part of a day that is none is left out", () => {
  assert.deepEqual(read("day=2026-11-22&from=9&to=9&with=month"), {
    view: "day",
    date: "2026-11-22",
    beside: null,
    zoom: null,
  });
});

Deno.test("the day behind another is a week or a year before", () => {
  assert.equal(besideDate("2026-11-22", "week"), "2026-11-15");
  assert.equal(besideDate("2024-02-29", "year"), "2023-02-28");
});

Deno.test("places have titles in both languages", () => {
  const title = (query: string) =>
    [HISTORY_TEXTS.en, HISTORY_TEXTS.it].map((texts) => placeTitle(read(query)!, texts));
  assert.deepEqual(title("year=2026"), ["2026", "2026"]);
  assert.deepEqual(title("month=2026-11"), ["November 2026", "Novembre 2026"]);
  assert.deepEqual(title("day=2026-11-22"), [
    "Sunday 22 November 2026",
    "Domenica 22 novembre 2026",
  ]);
});
