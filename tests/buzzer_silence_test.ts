import { deepEqual, equal, ok } from "node:assert/strict";
import { at, NOW, OK, opened } from "./support/buzzer_house.ts";

Deno.test("a silence ends the sound at once and is told with its end, until it is over or ended", async () => {
  const house = await opened();
  equal(house.buzzer.silencedUntil(), null);
  house.hear(at("critical", 30));
  house.buzzer.silence(10);
  deepEqual(house.sounds(), ["on", "off"]);
  equal(house.buzzer.silencedUntil(), NOW + 600_000);
  await house.clock.advance(599_000);
  equal(house.buzzer.silencedUntil(), NOW + 600_000);
  deepEqual(house.sounds(), []);
  await house.clock.advance(1_000);
  equal(house.buzzer.silencedUntil(), null);
  deepEqual(house.sounds(), ["on"]);
  house.buzzer.silence(1);
  house.buzzer.endSilence();
  equal(house.buzzer.silencedUntil(), null);
  deepEqual(house.sounds(), ["off", "on"]);
});

Deno.test("a new critical after the all-clear sounds in spite of the silence, which is told as over", async () => {
  const house = await opened();
  house.hear(at("critical", 30));
  house.buzzer.silence(60);
  house.sounds();
  house.hear(OK).hear(at("critical", 30));
  deepEqual(house.sounds(), ["on"]);
  equal(house.buzzer.silencedUntil(), null);
});

Deno.test("readings that cease end the sound, but not the silence of an alarm that goes on after them", async () => {
  const house = await opened();
  house.hear(at("critical", 30)).hear(OK, null);
  deepEqual(house.sounds(), ["on", "off"]);
  house.hear(at("critical", 30)).buzzer.silence(60);
  house.sounds();
  house.hear(OK, null).hear(at("critical", 30));
  deepEqual(house.sounds(), []);
  ok(house.buzzer.silencedUntil());
});
