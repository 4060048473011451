import { equal } from "node:assert/strict";
import fc from "fast-check";
import { createFormat } from "../functions/page/format.ts";
import { plainPower, plainTime } from "../functions/page/plain_reading.ts";

const languages = fc.constantFrom("en" as const, "it" as const);
const zones = fc.constantFrom("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC");
const times = fc.integer({ min: Date.UTC(2000), max: Date.UTC(2100) });

Deno.test("a page without script writes powers and times as the page with one does", () => {
  fc.assert(fc.property(languages, zones, fc.nat(65_535), times, (language, zone, watts, at) => {
    const format = createFormat(language, zone);
    equal(plainPower(language, watts), format.power(watts));
    equal(plainTime(at, zone), format.timeOfSecond(at));
  }));
});
