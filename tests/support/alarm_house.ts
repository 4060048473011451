import { SimulatedMeter } from "../../lib/meter/simulator/simulated_meter.ts";
import { GpioTree } from "./gpio_tree.ts";
import { MAIN_MODULE } from "./main_module.ts";
import { type Program, Service, startProgram } from "./service.ts";

const MAIN = new URL(`../../${MAIN_MODULE}`, import.meta.url).href;
const LIBC = `/lib/${Deno.build.arch}-linux-gnu/libc.so.6`;

/** A house in a temporary folder whose power a test sets, with pins that are plain files. */
export class AlarmHouse implements AsyncDisposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "mcce-alarm-" });
  readonly pins = new GpioTree();
  watts = 500;
  readonly meter = new SimulatedMeter({
    link: `${this.#folder}/meter`,
    load: () => this.watts,
    baud: Infinity,
    replyDelayMs: 0,
  });
  /** Above 4200 W the siren sounds at once and without pause. */
  readonly env = {
    SERIAL_PORT: `${this.#folder}/meter`,
    SAMPLE_SECONDS: "1",
    JOURNAL_DIR: `${this.#folder}/journal`,
    RUNTIME_DIRECTORY: `${this.#folder}/run`,
    DATABASE_URL: `${this.#folder}/years/mcce`,
    LIMITS: "3300:180m,4200:1m",
    ALARM_GPIO: "on",
    GPIO_ROOT: this.pins.root,
  };

  start(env: Record<string, string> = {}): Promise<Service> {
    return Service.start({ ...this.env, ...env });
  }

  /** The same from the bundle that users start. */
  startBundled(): Promise<Service> {
    return Service.startBundled(this.env);
  }

  begin(command: string, env: Record<string, string> = {}): Program {
    return startProgram(command, { ...this.env, ...env });
  }

  /** Runs a command to its end; gives its status and what it wrote. */
  async run(command: string, env: Record<string, string> = {}) {
    const program = this.begin(command, env);
    return { code: await ended(program), lines: program.lines, printed: program.printed };
  }

  /** Runs `pins-low` as systemd does after the service's end; gives its status and what it wrote. */
  async pinsLow(env: Record<string, string> = {}) {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        `--allow-ffi=${LIBC}`,
        "--allow-read",
        "--allow-env",
        MAIN,
        "pins-low",
      ],
      cwd: this.#folder,
      env: { ...this.env, ...env },
    }).output();
    return { code, said: new TextDecoder().decode(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.meter.unplug();
    this.pins[Symbol.dispose]();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function ended({ process, drained }: Program): Promise<number> {
  const { code } = await process.status;
  await drained;
  return code;
}
