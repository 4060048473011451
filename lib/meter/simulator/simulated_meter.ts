import { systemClock } from "../../clock.ts";
import { type Fault, FAULTS, withFault } from "./line_noise.ts";
import { type Pace, sendPaced } from "./paced_send.ts";
import { pointLink } from "./port_link.ts";
import { Pty } from "./pty.ts";
import { randomNumbers } from "./random.ts";
import { encodeReply } from "./reply_encode.ts";
import { type Request, takeRequests } from "./request_decode.ts";

/** How the simulated meter behaves; what is left out is as the real one. */
export interface SimulatorOptions {
  /** Path of the symbolic link that leads to the meter's port. */
  readonly link: string;
  /** Watts at an instant in epoch milliseconds. */
  readonly load: (epochMs: number) => number;
  /** Of the line, 9600 by default; `Infinity`: a reply in one piece. */
  readonly baud?: number;
  /** From a request to the first byte of its reply, 200 by default. */
  readonly replyDelayMs?: number;
  /** The mains' channel, 1 by default. */
  readonly channel?: number;
  /** Rules the noise, 1 by default; the same seed gives the same noise. */
  readonly seed?: number;
}

/** What was answered to one request for readings. */
export interface SentReply {
  /** The power before any fault. */
  readonly watts: number;
  /** Epoch milliseconds, and `performance.now()`, when its last byte was written. */
  readonly at: number;
  readonly monoMs: number;
  /** What was wrong with it on purpose, `null` for nothing. */
  readonly fault: Fault | null;
}

/** Ways of the meter that can be switched while it runs. */
export interface Ways {
  /** Every other reply has a fault, each of `FAULTS` in turn. */
  noisy: boolean;
  /** Replies come in pieces of 1 to 3 bytes with uneven pauses. */
  split: boolean;
  /** Requests are heard and not answered. */
  mute: boolean;
  /** The display says 0 W, as when its radio misses the transmitter; such replies count as faulty. */
  zero: boolean;
  /** Fixed power in watts; `null`: the load's. */
  watts: number | null;
}

const HELLO_REPLY = Uint8Array.of(0xaa, 0xf0, 0x00, 0xad, 0x01, 0x00, 0x01, 0x00);
// The origin's transmitter: both bytes look like a digit.
const TRANSMITTER = [0x32, 0x32] as const;
const BITS_A_BYTE = 10; // 8N1: start, eight, stop
const KEPT_REPLIES = 20_000;
const KEPT_REQUESTS = 16;

/** One pseudo-terminal's life, from plug to unplug. */
interface Cable {
  readonly pty: Pty;
  readonly unplugged: AbortController;
  readonly served: Promise<void>;
}

/** A meter on a pseudo-terminal, silent until asked; plugged in from the start. */
export class SimulatedMeter {
  readonly ways: Ways = { noisy: false, split: false, mute: false, zero: false, watts: null };
  /** The newest 20,000 answers, oldest first. */
  readonly replies: SentReply[] = [];
  /** Answers without fault since the start. */
  goodReplies = 0;
  readonly #options: SimulatorOptions;
  readonly #random: () => number;
  readonly #msPerByte: number;
  #noisyReplies = 0;
  #cable: Cable | null = null;

  /** @throws Error when the link's place is taken by something else. */
  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#random = randomNumbers(options.seed ?? 1);
    this.#msPerByte = BITS_A_BYTE * 1000 / (options.baud ?? 9600);
    this.replug();
  }

  /** Makes a new pseudo-terminal under the same link, unless there is one. */
  replug(): void {
    if (this.#cable) return;
    const pty = new Pty();
    try {
      pointLink(this.#options.link, pty.path);
    } catch (error) {
      pty.close();
      throw error;
    }
    const unplugged = new AbortController();
    this.#cable = { pty, unplugged, served: this.#serve(pty, unplugged.signal) };
  }

  /** Takes the link away and hangs up, in the middle of a reply if need be; resolves once nothing of it is left. */
  async unplug(): Promise<void> {
    const cable = this.#cable;
    if (!cable) return;
    this.#cable = null;
    Deno.removeSync(this.#options.link);
    cable.unplugged.abort();
    cable.pty.close();
    await cable.served;
  }

  async #serve(pty: Pty, unplugged: AbortSignal): Promise<void> {
    let heard: readonly number[] = [];
    let answered = Promise.resolve();
    let waiting = 0;
    for (let bytes = await pty.read(); bytes !== null; bytes = await pty.read()) {
      const { requests, rest } = takeRequests([...heard, ...bytes]);
      heard = rest;
      for (const request of requests) {
        if (waiting === KEPT_REQUESTS) break;
        waiting++;
        answered = answered.then(() => this.#answer(request, pty, unplugged))
          .finally(() => waiting--);
      }
    }
    await answered;
  }

  async #answer(request: Request, pty: Pty, unplugged: AbortSignal): Promise<void> {
    await systemClock.sleep(this.#options.replyDelayMs ?? 200, unplugged);
    if (this.ways.mute || unplugged.aborted) return;
    const { bytes, watts, fault } = this.#reply();
    const pace: Pace = {
      msPerByte: this.#msPerByte,
      split: this.ways.split,
      random: this.#random,
    };
    const sent = request === "hello" ? HELLO_REPLY : bytes;
    await sendPaced(sent, (part) => pty.write(part), pace, unplugged);
    if (request === "hello" || unplugged.aborted) return;
    if (fault === null) this.goodReplies++;
    this.replies.push({ watts, at: Date.now(), monoMs: performance.now(), fault });
    if (this.replies.length > KEPT_REPLIES) this.replies.shift();
  }

  #reply(): { bytes: Uint8Array<ArrayBuffer>; watts: number; fault: Fault | null } {
    const { load, channel: number = 1 } = this.#options;
    const watts = this.ways.watts ?? load(Date.now());
    const whole = encodeReply([{ number, id: TRANSMITTER, watts, active: true }]);
    const fault = this.#fault();
    const bytes = fault ? withFault(whole, fault, number, this.#random) : whole;
    return { bytes, watts, fault };
  }

  #fault(): Fault | null {
    if (this.ways.zero) return "zero";
    if (!this.ways.noisy || this.#noisyReplies++ % 2 === 1) return null;
    return FAULTS[(this.#noisyReplies - 1) / 2 % FAULTS.length] ?? null;
  }
}
