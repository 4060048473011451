import { deepEqual, equal } from "node:assert/strict";
import { at, OK, opened } from "./support/buzzer_house.ts";

Deno.test("the cap's rhythm sounds by itself between two readings", async () => {
  const house = await opened();
  house.hear(at("critical", 120));
  deepEqual(house.sounds(), ["on"]);
  await house.clock.advance(1000);
  deepEqual(house.sounds(), ["off", "on", "off"]);
  await house.clock.advance(24_000);
  deepEqual(house.sounds(), ["on", "off"]);
});

Deno.test("a tone that begins late loses nothing: its rhythm counts from when it began", async () => {
  for (const [lateMs, before] of [[188, ["on"]], [300, ["on", "off"]]] as const) {
    const house = await opened();
    house.hear(at("critical", 120));
    await house.clock.advance(lateMs);
    deepEqual(house.sounds(), before);
    house.done.length = 0;
    house.onLate(lateMs);
    deepEqual(house.sounds(), ["on"]);
    await house.clock.advance(199);
    deepEqual(house.sounds(), []);
    await house.clock.advance(1);
    deepEqual(house.sounds(), ["off"]);
    await house.clock.advance(150);
    deepEqual(house.sounds(), ["on"]);
  }
});

Deno.test("within the call that brings it the sound begins, and ends", async () => {
  const house = await opened();
  house.hear(at("critical", 30));
  deepEqual(house.done, ["on"]);
  house.hear(OK);
  equal(house.done[1], "off");
  await house.clock.advance(60_000);
  deepEqual(house.done.filter((what) => what === "on").length, 1);
});

Deno.test("while it sounds, each reading asks for the sound anew, so that a hanging program falls silent", async () => {
  const house = await opened();
  for (let i = 0; i < 3; i++) house.hear(at("critical", 30));
  deepEqual(house.done, ["on", "on", "on"]);
});

Deno.test("what takes time is done ahead, as soon as a slow tier is reached, and given back 5 minutes after the all-clear", async () => {
  const house = await opened();
  house.hear(OK);
  deepEqual(house.done.splice(0), ["rest"]);
  house.hear(at("above", 9000));
  deepEqual(house.done.splice(0), ["prepare"]);
  await house.clock.advance(299_000);
  house.hear(OK);
  deepEqual(house.done.splice(0), ["prepare"]);
  await house.clock.advance(2_000);
  house.hear(OK);
  deepEqual(house.done.splice(0), ["rest"]);
});

Deno.test("so it is when the next appliance may reach the cap, and not for a reading that no longer holds", async () => {
  const house = await opened();
  house.hear(OK, 2099).hear(OK, 2100);
  deepEqual(house.done.splice(0), ["rest", "prepare"]);
  await house.clock.advance(301_000);
  house.hear(OK, null);
  deepEqual(house.done.splice(0), ["rest"]);
});

Deno.test("quiet hours are asked for at each reading", async () => {
  const house = await opened();
  house.isQuiet = true;
  house.hear(at("warning", 600));
  deepEqual(house.sounds(), []);
  house.isQuiet = false;
  house.hear(at("warning", 300));
  deepEqual(house.sounds(), ["on"]);
});

Deno.test("closed it leaves the pins low and sounds no more, whatever it hears", async () => {
  const house = await opened();
  house.hear(at("critical", 30));
  await house.buzzer.close();
  equal(house.done.at(-1), "close");
  house.hear(at("critical", 20)).buzzer.silence(1);
  await house.clock.advance(120_000);
  equal(house.done.at(-1), "close");
});

Deno.test("within the call that closes it the sound ends, and closed again meanwhile it lets go once", async () => {
  const house = await opened();
  house.hear(at("critical", 30));
  house.done.length = 0;
  const closed = house.buzzer.close();
  deepEqual(house.done, ["off"]);
  await Promise.all([closed, house.buzzer.close()]);
  deepEqual(house.done, ["off", "close"]);
});

Deno.test("where no buzzer is wanted nothing is opened", async () => {
  const house = await opened(false);
  house.hear(at("critical", 30));
  await house.clock.advance(120_000);
  deepEqual([house.done, house.told], [[], []]);
  equal(house.buzzer.status.state, "off");
});
