import { forget, remember } from "./started.ts";

const SUPPORT = new URL("./", import.meta.url);

/** A program of this folder as a process of its own, which says on its first line where it serves. */
export class Child {
  readonly #process: Deno.ChildProcess;
  readonly #output: Promise<string>;

  private constructor(process: Deno.ChildProcess, readonly url: string, output: Promise<string>) {
    this.#process = process;
    this.#output = output;
  }

  /** Starts `script` and waits for its first line. */
  static async start(script: string, ...args: string[]): Promise<Child> {
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-P=test", new URL(script, SUPPORT).href, ...args],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    remember(process.pid);
    const { promise: first, resolve, reject } = Promise.withResolvers<string>();
    const output = readAll(process.stdout, resolve);
    output.then((text) => reject(new Error(`${script} ended: ${text}`)));
    return new Child(process, await first, output);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Ends it; gives all that it wrote. */
  async end(): Promise<string> {
    this.#process.kill("SIGTERM");
    await this.#process.status;
    forget(this.pid);
    return await this.#output;
  }
}

async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onFirstLine: (line: string) => void,
): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    const end = text.indexOf("\n");
    if (end !== -1) onFirstLine(text.slice(0, end));
  }
  return text;
}
