import { SimulatedMeter } from "../../../lib/meter/simulator/simulated_meter.ts";
import { Service } from "../service.ts";

/** The service asks twice as often as its settings allow: its time runs twice as fast. */
const SPEED = 2;
/** Each reply says a power of its own, so that a stored reading can be told from every other. */
const FIRST_WATTS = 100;

/** A house whose service asks each 0.5 s and lives through an evening and its midnight. */
export class SoakHouse implements AsyncDisposable {
  readonly meter: SimulatedMeter;
  readonly env: Readonly<Record<string, string>>;
  readonly #clockPath: string;
  readonly #logs: (readonly string[])[] = [];
  #asked = 0;
  #service: Service | null = null;

  /** @param disk where the service's folders lie; @param folder where the rest lies */
  constructor(folder: string, readonly disk: string, seed: number) {
    this.#clockPath = `${folder}/clock`;
    this.setClock(0);
    this.meter = new SimulatedMeter({
      link: `${folder}/meter`,
      load: () => FIRST_WATTS + this.#asked++,
      baud: Infinity,
      replyDelayMs: 20,
      seed,
    });
    this.env = {
      SERIAL_PORT: `${folder}/meter`,
      SAMPLE_SECONDS: "1",
      FLUSH_SECONDS: "20",
      JOURNAL_DIR: `${disk}/journal`,
      RUNTIME_DIRECTORY: `${disk}/run`,
      DATABASE_URL: `${disk}/years/mcce`,
      TIME_ZONE: eveningZone(),
      // No tier is reached: the flush with every reading has tests of its own.
      LIMITS: "90000:180m,99000:2m",
      SOAK_SPEED: String(SPEED),
      SOAK_CLOCK: this.#clockPath,
    };
  }

  get service(): Service {
    if (!this.#service) throw new Error("the service does not run");
    return this.#service;
  }

  /** How many readings its digests have told to be left out, because the wall clock was set back to the time of another. */
  get sameTime(): number {
    const told = this.#logs.flat().map((line) => /(\d+) readings? left out for/.exec(line)?.[1]);
    return told.reduce((sum, count) => sum + Number(count ?? 0), 0);
  }

  async start(): Promise<void> {
    const preload = new URL("warped_time.ts", import.meta.url).pathname;
    this.#service = await Service.startBundled(this.env, [`--preload=${preload}`]);
    this.#logs.push(this.#service.lines);
  }

  /** Sets the service's wall clock so many milliseconds beside what it would be. */
  setClock(offsetMs: number): void {
    Deno.writeTextFileSync(this.#clockPath, String(offsetMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
    await this.meter.unplug();
  }
}

/** A zone in which it is half past eleven in the evening or a little later, whenever the soak is started. */
function eveningZone(): string {
  const hoursToMidnight = 23 - new Date().getUTCHours();
  // Etc/GMT+5 is five hours west of Greenwich.
  return hoursToMidnight <= 12 ? `Etc/GMT-${hoursToMidnight}` : `Etc/GMT+${24 - hoursToMidnight}`;
}
