import { SimulatedMeter } from "../../../lib/meter/simulator/simulated_meter.ts";
import { journalPaths } from "../../support/journal_paths.ts";
import { Service } from "../../support/service.ts";
import { Child } from "./child.ts";
import { Live } from "./live.ts";
import { forget, remember } from "./started.ts";

/** Watts that tell one reply from those near it, and that no tier of the limiter minds. */
const LEAST_WATTS = 100;
const DIFFERENT_WATTS = 2_900;

/** How the house is to be. */
export interface HouseOptions {
  readonly sampleSeconds: number;
  /** The line's 9600 baud and the display's delay, instead of each reply at once and in one piece. */
  readonly atLineSpeed?: boolean;
  /** Settings besides the usual ones, or in their place. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A house in a folder: its simulated meter, in this process, and the environment of a service. */
export class House implements AsyncDisposable {
  readonly meter: SimulatedMeter;
  readonly env: Readonly<Record<string, string>>;
  readonly #started: { end(): Promise<unknown> }[] = [];
  #log: readonly string[] = [];

  constructor(readonly folder: string, options: HouseOptions) {
    Deno.mkdirSync(folder, { recursive: true });
    let asked = 0;
    this.meter = new SimulatedMeter({
      link: `${folder}/meter`,
      load: () => LEAST_WATTS + asked++ % DIFFERENT_WATTS,
      ...(options.atLineSpeed ? {} : { baud: Infinity, replyDelayMs: 0 }),
    });
    this.env = {
      SERIAL_PORT: `${folder}/meter`,
      SAMPLE_SECONDS: String(options.sampleSeconds),
      JOURNAL_DIR: `${folder}/journal`,
      RUNTIME_DIRECTORY: `${folder}/run`,
      DATABASE_URL: `${folder}/years/mcce`,
      ...options.env,
    };
  }

  /** Starts the service by the task's own command line, with `env` and `flags` of Deno besides. */
  async start(env: Record<string, string> = {}, ...flags: string[]): Promise<Service> {
    const service = await Service.startBundled({ ...this.env, ...env }, flags);
    remember(service.pid);
    this.#started.push({
      end: () => service.end("SIGTERM").finally(() => forget(service.pid)),
    });
    this.#log = service.lines;
    return service;
  }

  /** Starts the same parts as a process that asks the meter every `intervalMs`, which may be far below a second. */
  async startFast(intervalMs: number): Promise<Child> {
    const { SERIAL_PORT = "" } = this.env;
    const args = [SERIAL_PORT, this.folder, String(intervalMs)];
    const child = await Child.start("fast_service.ts", ...args);
    this.#started.push(child);
    return child;
  }

  /** A viewer of the page at `url`. */
  view(url: string): Live {
    const evidence = () =>
      `${this.meter.replies.length} replies sent; log: ${this.#log.slice(-3).join(" / ")}`;
    return new Live(url, evidence);
  }

  /** When the newest reply that said `watts` was sent, by `performance.now()`. */
  sentMs(watts: number): number {
    const reply = this.meter.replies.findLast((sent) => sent.watts === watts);
    if (!reply) throw new Error(`the meter never said ${watts} W`);
    return reply.monoMs;
  }

  /** Every line of the journal's day files. */
  journal(): string[] {
    const { JOURNAL_DIR = "" } = this.env;
    return journalPaths(JOURNAL_DIR)
      .flatMap((path) => Deno.readTextFileSync(path).split("\n")).filter(Boolean);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Those that a bench has ended itself refuse.
    await Promise.allSettled(this.#started.map((started) => started.end()));
    await this.meter.unplug();
  }
}
