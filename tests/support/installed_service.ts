import type { Installation } from "./installation.ts";

/** The service of an installation in a throw-away folder, started as its unit does, with nothing else in its environment. */
export class InstalledService implements AsyncDisposable {
  private constructor(readonly process: Deno.ChildProcess, readonly url: string) {}

  /** Starts it, with the file of settings and what `env` says besides; throws with what it said when it ends instead. */
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
    return new InstalledService(process, await addressIn(process.stderr));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGTERM");
    await this.process.status;
    await this.process.stderr.cancel();
  }
}

/** The page's address, once the log tells it. */
async function addressIn(log: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = log.getReader();
  for (let text = "";;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the service ended: ${text}`);
    text += new TextDecoder().decode(value);
    const url = /the page is at (\S+)/.exec(text)?.[1];
    if (!url) continue;
    reader.releaseLock();
    return url;
  }
}
