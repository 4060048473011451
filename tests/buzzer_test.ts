import { deepEqual, equal, ok } from "node:assert/strict";
import { Buzzer } from "../lib/alarm/buzzer.ts";
import type { SounderStatus } from "../lib/alarm/held_sounder.ts";
import { ABSENT, PinError } from "../lib/alarm/pin_error.ts";
import type { OnFault, OnLate, Sounder } from "../lib/alarm/sounder.ts";
import type { AlarmStatus } from "../lib/live/wire.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const NOW = Date.UTC(2026, 10, 21, 22);
const OK: AlarmStatus = { state: "ok", secondsToTrip: null, shedWatts: 0 };
const at = (state: AlarmStatus["state"], secondsToTrip: number): AlarmStatus => ({
  state,
  secondsToTrip,
  shedWatts: 100,
});

/** A buzzer on a circuit that notes what is done with it. */
class House {
  readonly clock = new VirtualClock(NOW);
  readonly told: string[] = [];
  readonly done: string[] = [];
  /** What the circuit refuses with. */
  refusal: PinError | null = null;
  openMs = 0;
  isQuiet = false;
  onFault: OnFault = () => {};
  onLate: OnLate = () => {};
  readonly buzzer: Buzzer;

  constructor(isWanted = true) {
    this.buzzer = new Buzzer({
      open: isWanted ? (onFault, onLate) => this.#open(onFault, onLate) : null,
      clock: this.clock,
      readyWatts: 2100,
      isQuiet: () => this.isQuiet,
      onStatus: ({ state, problem }: SounderStatus) => this.told.push(problem ?? state),
    });
  }

  async #open(onFault: OnFault, onLate: OnLate): Promise<Sounder> {
    [this.onFault, this.onLate] = [onFault, onLate];
    await this.clock.sleep(this.openMs, new AbortController().signal);
    this.#do("open");
    return {
      prepare: () => this.#do("prepare"),
      start: () => this.#do("on"),
      stop: () => this.#do("off"),
      rest: () => this.#do("rest"),
      close: () => Promise.resolve(void this.done.push("close")),
    };
  }

  #do(what: string): void {
    if (this.refusal) throw this.refusal;
    this.done.push(what);
  }

  /** What has sounded or fallen silent since the last look. */
  sounds(): string[] {
    let last = "";
    return this.done.splice(0).filter((what) => {
      const isNew = what !== last && (what === "on" || what === "off");
      if (isNew) last = what;
      return isNew;
    });
  }

  hear(alarm: AlarmStatus, watts: number | null = 2000): this {
    this.buzzer.hear(alarm, watts, this.clock.monoMs());
    return this;
  }
}

async function opened(isWanted = true): Promise<House> {
  const house = new House(isWanted);
  const opening = house.buzzer.open();
  await house.clock.advance(0);
  await opening;
  house.done.length = 0;
  return house;
}

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

Deno.test("a sound that is due while the pins are being taken begins once they are", async () => {
  const house = new House();
  house.openMs = 300;
  house.buzzer.open();
  house.hear(at("critical", 30));
  deepEqual(house.sounds(), []);
  await house.clock.advance(300);
  deepEqual(house.sounds(), ["on"]);
});

Deno.test("a machine without pins is told once; its silence works all the same", async () => {
  const house = new House();
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
