import { deepEqual, equal, ok } from "node:assert/strict";
import { ABSENT, PinError } from "../lib/alarm/pin_error.ts";
import { at, BuzzerHouse, opened } from "./support/buzzer_house.ts";

Deno.test("a sound that is due while the pins are being taken begins once they are", async () => {
  const house = new BuzzerHouse();
  house.openMs = 300;
  house.buzzer.open();
  house.hear(at("critical", 30));
  deepEqual(house.sounds(), []);
  await house.clock.advance(300);
  deepEqual(house.sounds(), ["on"]);
});

Deno.test("a machine without pins is told once; its silence works all the same", async () => {
  const house = new BuzzerHouse();
  house.refusal = new PinError("This machine has no pins.", ABSENT);
  house.buzzer.open();
  await house.clock.advance(0);
  for (let i = 0; i < 60; i++) {
    await house.clock.advance(5000);
    house.hear(at("critical", 30));
  }
  deepEqual(house.told, ["This machine has no pins."]);
  equal(house.buzzer.status.state, "absent");
  house.buzzer.silence(10);
  ok(house.buzzer.silencedUntil());
});

Deno.test("a pin that fails is told once, left low, and tried again each minute until it works", async () => {
  const house = await opened();
  house.told.length = 0;
  house.refusal = new PinError("Pin 17 cannot be driven (EIO).", "EIO");
  house.hear(at("critical", 600));
  deepEqual(house.done, ["close"]);
  for (let i = 0; i < 30; i++) {
    await house.clock.advance(5000);
    house.hear(at("critical", 600));
  }
  deepEqual(house.told, ["Pin 17 cannot be driven (EIO)."]);
  equal(house.buzzer.status.state, "failing");
  house.refusal = null;
  house.done.length = 0;
  await house.clock.advance(60_000);
  house.hear(at("critical", 30));
  await house.clock.advance(0);
  deepEqual(house.sounds(), ["on"]);
  deepEqual(house.told.slice(1), ["ready"]);
});

Deno.test("a tone that dies between two readings is told and given up", async () => {
  const house = await opened();
  house.hear(at("critical", 30));
  house.onFault(new PinError("The tone's thread has died."));
  await house.clock.advance(0);
  equal(house.done.at(-1), "close");
  equal(house.buzzer.status.problem, "The tone's thread has died.");
});
