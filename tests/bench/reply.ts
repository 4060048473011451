import { ReplyParser } from "../../lib/meter/reply.ts";
import { encodeReply } from "../../lib/meter/simulator/reply_encode.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";

const BYTES = 10_000_000;
const RANDOM_CHUNK = 65_536;
const ROUNDS = 15;
const LINE_BYTES_A_SECOND = 960;

function randomBytes(): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  for (let start = 0; start < BYTES; start += RANDOM_CHUNK) {
    crypto.getRandomValues(bytes.subarray(start, start + RANDOM_CHUNK));
  }
  return bytes;
}

function replies(): Uint8Array {
  const reply = encodeReply([{ number: 2, id: [0x32, 0x32], watts: 1999, active: true }]);
  const bytes = new Uint8Array(BYTES);
  for (let start = 0; start + reply.length <= BYTES; start += reply.length) bytes.set(reply, start);
  return bytes;
}

/** MB a second of each round, the bytes in pieces as a tty gives them. */
function rates(bytes: Uint8Array): number[] {
  const piece = 64;
  return Array.from({ length: ROUNDS }, () => {
    const parser = new ReplyParser();
    const startMs = performance.now();
    for (let start = 0; start < BYTES; start += piece) {
      parser.push(bytes.subarray(start, start + piece));
    }
    return BYTES / 1000 / (performance.now() - startMs);
  });
}

function figure(name: string, bytes: Uint8Array): Figure {
  const all = spread(rates(bytes), "more");
  const note = `the line itself brings ${LINE_BYTES_A_SECOND} bytes a second`;
  return { name, value: all.median, unit: "MB/s", spread: all, note };
}

function run({ tell }: Run): Promise<Figure[]> {
  tell(`${ROUNDS} rounds of 10 MB each`);
  return Promise.resolve([
    figure("10 MB of random bytes", randomBytes()),
    figure("10 MB of replies", replies()),
  ]);
}

export default {
  name: "reply",
  about: "how fast bytes become replies",
  durationS: 10,
  run,
} satisfies Bench;
