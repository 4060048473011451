/** A second process on a script of tests/support/, until it is disposed of. */
export class OtherProcess implements AsyncDisposable {
  readonly child: Deno.ChildProcess;

  constructor(script: string, args: readonly string[]) {
    const path = new URL(script, import.meta.url).pathname;
    this.child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-lock", "--allow-all", path, ...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  }

  /** Waits for the first line that it prints. */
  async firstLine(): Promise<string> {
    const reader = this.child.stdout.getReader();
    let text = "";
    while (!text.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    reader.releaseLock();
    return text.split("\n")[0]!;
  }

  /** Ends its standard input, upon which it ends. */
  async end(): Promise<void> {
    await this.child.stdin.close();
    await this.child.status;
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.child.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child.stdin.close().catch(() => {});
    await this.child.status;
    await this.child.stdout.cancel().catch(() => {});
  }
}
