import { eventually } from "./eventually.ts";
import type { Installation } from "./installation.ts";

/** The service of an installation in a throw-away folder, started as its unit does, with nothing else in its environment. */
export class InstalledService implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #drained: Promise<void>;
  /** What it has said so far. */
  log = "";

  private constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#drained = this.#drain();
  }

  /** Starts it, with the file of settings and what `env` says besides; throws with what it said when it does not serve. */
  static async start(
    installation: Installation,
    env: Record<string, string>,
  ): Promise<InstalledService> {
    const unit = installation.unit("mcce.service");
    const [program, ...args] = unit.command;
    const settings = installation.text("etc/mcce/mcce.env").matchAll(/^([A-Z_]+)=(.*)$/gm);
    const process = new Deno.Command(program!, {
      args,
      cwd: unit.one("WorkingDirectory"),
      clearEnv: true,
      env: {
        ...unit.environment,
        RUNTIME_DIRECTORY: `${installation.root}/run/mcce`,
        ...Object.fromEntries([...settings].map(([, name, value]) => [name, value])),
        ...env,
      },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const service = new InstalledService(process);
    let ended = false;
    process.status.then(() => ended = true);
    await eventually("the page", () => ended || service.url !== "", 20_000);
    if (ended) throw new Error(`the service ended: ${service.log}`);
    return service;
  }

  /** The page's address; empty before it is served. */
  get url(): string {
    return /the page is at (\S+)/.exec(this.log)?.[1] ?? "";
  }

  async #drain(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of this.#process.stderr) this.log += decoder.decode(bytes);
  }

  /** Stops it as systemd does; its exit status. */
  async stop(): Promise<number> {
    this.#process.kill("SIGTERM");
    const { code } = await this.#process.status;
    await this.#drained;
    return code;
  }

  /** Kills it when a test has failed before its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended as it should.
    }
    await this.#process.status;
    await this.#drained;
  }
}
