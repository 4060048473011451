import { Buzzer } from "../../lib/alarm/buzzer.ts";
import type { SounderStatus } from "../../lib/alarm/held_sounder.ts";
import type { PinError } from "../../lib/alarm/pin_error.ts";
import type { OnFault, OnLate, Sounder } from "../../lib/alarm/sounder.ts";
import type { AlarmStatus } from "../../lib/live/wire.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** When the virtual clock starts. */
export const NOW = Date.UTC(2026, 10, 21, 22);
/** Nothing to be told. */
export const OK: AlarmStatus = { state: "ok", secondsToTrip: null, shedWatts: 0 };
/** An alarm of that state, with a time left. */
export const at = (state: AlarmStatus["state"], secondsToTrip: number): AlarmStatus => ({
  state,
  secondsToTrip,
  shedWatts: 100,
});

/** A buzzer on a circuit that notes what is done with it. */
export class BuzzerHouse {
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

/** The same once its circuit is open, with nothing noted. */
export async function opened(isWanted = true): Promise<BuzzerHouse> {
  const house = new BuzzerHouse(isWanted);
  const opening = house.buzzer.open();
  await house.clock.advance(0);
  await opening;
  house.done.length = 0;
  return house;
}
