import type { Order, Receipts } from "./crowd_worker.ts";

/** Many viewers of `/live` on plain connections, on a thread of their own in this process. */
export class Crowd implements Disposable {
  readonly #worker = new Worker(new URL("crowd_worker.ts", import.meta.url), { type: "module" });

  private constructor() {}

  /** Connects `viewers` to the page at `url`. */
  static async connect(url: string, viewers: number): Promise<Crowd> {
    const { hostname, port } = new URL(url);
    const crowd = new Crowd();
    const order: Order = { hostname, port: Number(port), viewers };
    await crowd.#ask(order);
    return crowd;
  }

  /** Collects what all of them get while `during` lasts, and disconnects them. */
  async collect(during: () => Promise<void>): Promise<Receipts> {
    this.#worker.postMessage("collect");
    await during();
    return await this.#ask<Receipts>("stop");
  }

  #ask<Answer>(question: Order | "stop"): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#worker.onmessage = ({ data }) =>
      "error" in data ? reject(new Error(data.error)) : resolve(data);
    this.#worker.onerror = (event) => reject(new Error(event.message));
    this.#worker.postMessage(question);
    return promise;
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
