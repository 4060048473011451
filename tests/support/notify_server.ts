/** What the server was sent. */
export interface Received {
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A server that takes notifications, as real as ntfy's; `answer` says how, 200 by default. */
export class NotifyServer implements AsyncDisposable {
  readonly received: Received[] = [];
  answer: (nth: number) => Response | Promise<Response> = () => new Response("{}");
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(port = 0) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, async (request) => {
      this.received.push({ headers: request.headers, body: await request.json() });
      return await this.answer(this.received.length);
    });
  }

  get port(): number {
    return this.#server.addr.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/topic?auth=SECRET-TOKEN`;
  }

  get titles(): unknown[] {
    return this.received.map(({ body }) => body["title"]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
