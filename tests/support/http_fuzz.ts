import { randomNumbers } from "../../lib/meter/simulator/random.ts";
import { type OddRequest, oddRequest } from "./odd_requests.ts";
import { rawHttp } from "./raw_http.ts";

/** Longer than an answer takes; after it a stream, or an answer that waits for more, is left. */
const PATIENCE_MS = 300;
/** What no answer may hold: of files that are not the page's. */
const FOREIGN = ["root:x:0:0", "import { ", '"unstable"', "MIT License", "PRIVATE KEY", "at file:"];
/** What a stranger's answer may not hold: of the house. */
const INSIDE = ["kWhToday", "event: snapshot", '"parts"', '"pending"', "mcce_watts"];

/** What came of a storm of odd requests. */
export interface FuzzReport {
  /** How many answers had this status; 0: the connection was ended, or nothing came in time. */
  readonly statuses: Readonly<Record<number, number>>;
  /** What must not be, each with the request. */
  readonly wrong: readonly string[];
}

/** Sends `requests` odd requests, the same for the same seed, several at once, to a service with that token. */
export async function fuzz(
  port: number,
  { token, seed, requests, atOnce }: {
    readonly token: string;
    readonly seed: number;
    readonly requests: number;
    readonly atOnce: number;
  },
): Promise<FuzzReport> {
  const random = randomNumbers(seed);
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  let left = requests;
  const send = async () => {
    while (left-- > 0) {
      const request = oddRequest(random, token);
      const { status, text } = await rawHttp(port, request.parts, PATIENCE_MS);
      statuses[status] = (statuses[status] ?? 0) + 1;
      const why = complaint(request, status, text, token);
      if (why !== null) {
        wrong.push(`${why}: ${JSON.stringify(request.parts.join("")).slice(0, 400)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  return { statuses, wrong };
}

function complaint(
  { isAllowed }: OddRequest,
  status: number,
  text: string,
  token: string,
): string | null {
  if (/^HTTP\/1\.\d 5(?!03)/m.test(text)) return `status ${status}`;
  if (text.includes(token)) return "the token is told";
  const found = [...FOREIGN, ...(isAllowed ? [] : INSIDE)].find((part) => text.includes(part));
  return found === undefined ? null : `${found} is told`;
}
