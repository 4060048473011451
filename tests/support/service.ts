import project from "../../deno.json" with { type: "json" };
import { MAIN_MODULE } from "./main_module.ts";

const ROOT = new URL("../../", import.meta.url);

/** What a started program says of itself. */
export interface Program {
  readonly process: Deno.ChildProcess;
  /** Lines of standard error so far. */
  readonly lines: string[];
  /** Lines of standard output so far. */
  readonly printed: string[];
  /** Resolves once all output has been read. */
  readonly drained: Promise<unknown>;
}

/** Starts `main.ts COMMAND` by the task's own command line, with the permissions that users give it. */
export function startProgram(
  command: string,
  env: Record<string, string>,
  ...parameters: string[]
): Program {
  const isMain = (word: string) => /^(\.build\/main\.js|main\.ts)$/.test(word);
  const line = commandLine(command).map((word) => isMain(word) ? MAIN_MODULE : word);
  return start([...line, ...parameters], env);
}

function commandLine(command: string): string[] {
  const tasks: Record<string, { command?: string } | string> = project.tasks;
  const task = tasks[command];
  return typeof task === "object" ? task.command?.split(" ") ?? [] : [];
}

function start([, run = "", ...args]: string[], env: Record<string, string>): Program {
  const process = new Deno.Command(Deno.execPath(), {
    // Without the lines of what Deno downloads on a machine where nothing has run yet.
    args: [run, "--quiet", ...args],
    cwd: ROOT,
    env: { TIME_ZONE: "Europe/Rome", ALARM_GPIO: "off", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [lines, printed]: [string[], string[]] = [[], []];
  const drained = Promise.all([
    readLines(process.stderr, lines),
    readLines(process.stdout, printed),
  ]);
  return { process, lines, printed, drained };
}

async function readLines(stream: ReadableStream<Uint8Array>, lines: string[]): Promise<void> {
  let rest = "";
  for await (
    const text of stream.pipeThrough(
      new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>,
    )
  ) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  }
  if (rest) lines.push(rest);
}

/** A service that serves its page. */
export class Service implements AsyncDisposable {
  readonly #program: Program;
  readonly url: string;

  private constructor(program: Program, url: string) {
    this.#program = program;
    this.url = url;
  }

  /** Starts it on a free port and waits until it serves; throws with what it said when it ends instead. */
  static start(env: Record<string, string>): Promise<Service> {
    return Service.#served(startProgram("start", { PORT: "0", ...env }));
  }

  /** The same from the bundle of its sources, as users start it. @param flags further ones of `deno run` */
  static startBundled(env: Record<string, string>, flags: string[] = []): Promise<Service> {
    const [deno = "", run = "", ...rest] = commandLine("start");
    return Service.#served(start([deno, run, ...flags, ...rest], { PORT: "0", ...env }));
  }

  static async #served(program: Program): Promise<Service> {
    let ended = false;
    program.process.status.then(() => ended = true);
    for (;;) {
      const url = program.lines.join("\n").match(/the page is at (\S+)/)?.[1];
      if (url) return new Service(program, url);
      if (ended) throw new Error(`the service ended: ${program.lines.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  get pid(): number {
    return this.#program.process.pid;
  }

  /** Lines of its log so far. */
  get lines(): readonly string[] {
    return this.#program.lines;
  }

  async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(new URL(path, this.url));
    return await response.json();
  }

  /** Sends the signal and waits for the end. */
  async end(signal: Deno.Signal): Promise<Deno.CommandStatus> {
    this.#program.process.kill(signal);
    const status = await this.#program.process.status;
    await this.#program.drained;
    return status;
  }

  /** Kills it when a test has failed before its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#program.process.kill("SIGKILL");
    } catch {
      // It has ended as it should.
    }
    await this.#program.process.status;
    await this.#program.drained;
  }
}
