import { type Bench, type Figure, type Run, spread } from "./bench.ts";
import { Child } from "./support/child.ts";
import { House } from "./support/house.ts";
import { holdings } from "./support/process_use.ts";
import { FIRST_DATE, LAST_DATE, tenYears } from "./support/ten_years.ts";

const YEAR = "query/export?from=2024-01-01&to=2024-12-31&resolution=raw&format=csv";
const TEN_YEARS = `query/export?from=${FIRST_DATE}&to=${LAST_DATE}&resolution=raw&format=csv`;
const ROUNDS = 3;
const NEWLINE = 0x0a;
const PLAIN = "a text a row, a day a piece";

/** How an answer came. */
interface Download {
  readonly firstByteMs: number;
  readonly seconds: number;
  readonly bytes: number;
}

/** Asks for an export and reads it to its end, as fast as it comes; `look` sees each piece. */
async function download(
  url: URL,
  look: (piece: Uint8Array) => void = () => {},
): Promise<Download> {
  const startMs = performance.now();
  const answer = await fetch(url);
  let [bytes, firstByteMs] = [0, 0];
  for await (const piece of answer.body ?? []) {
    if (bytes === 0) firstByteMs = performance.now() - startMs;
    bytes += piece.length;
    look(piece);
  }
  return { firstByteMs, seconds: (performance.now() - startMs) / 1000, bytes };
}

/** The rows of an export, without its header. */
async function countRows(url: URL): Promise<number> {
  let lines = 0;
  await download(url, (piece) => {
    for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, at + 1)) lines++;
  });
  return lines - 1;
}

/** A real service on ten years: the first byte after its start, a year's speed, the memory of all. */
async function ofService(
  folder: string,
  databaseUrl: string,
  tell: Run["tell"],
): Promise<Figure[]> {
  await using house = new House(folder, { sampleSeconds: 1, env: { DATABASE_URL: databaseUrl } });
  const { url, pid } = await house.start();
  using live = house.view(url);
  await live.next();
  const idleMB = holdings(pid).memoryMB;
  tell("ten years");
  const { firstByteMs, seconds, bytes } = await download(new URL(TEN_YEARS, url));
  const aboveMB = holdings(pid).peakMB - idleMB;
  tell(`${ROUNDS} times a year`);
  const rows = await countRows(new URL(YEAR, url));
  const nsARow: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    nsARow.push(1e9 * (await download(new URL(YEAR, url))).seconds / rows);
  }
  const speed = spread(nsARow);
  return [
    {
      name: "a reading of a year, raw CSV over HTTP",
      value: speed.median,
      unit: "ns",
      atMost: 1_000,
      spread: speed,
      note: `${rows} rows on loopback; 1,000 ns are a million rows a second`,
    },
    { name: "ten years: the first byte", value: firstByteMs, unit: "ms", atMost: 100 },
    {
      name: "ten years: memory above idle",
      value: aboveMB,
      unit: "MB",
      atMost: 32,
      note: `VmHWM of the service less VmRSS before it; ${Math.round(bytes / 1e6)} MB in ${
        seconds.toFixed(1)
      } s`,
    },
  ];
}

/** The longest that the event loop of a process was held up while it exported a year, and what a row took. */
async function heldUp(mode: string, databaseUrl: string): Promise<{ ms: number; nsARow: number }> {
  const child = await Child.start("export_service.ts", mode, databaseUrl);
  const rows = await countRows(new URL(YEAR, child.url));
  const { seconds } = await download(new URL(YEAR, child.url));
  const lines = (await child.end()).trim().split("\n");
  return { ms: Number(lines.at(-1)), nsARow: 1e9 * seconds / rows };
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const databaseUrl = await tenYears(tell);
  const figures = await ofService(folder, databaseUrl, tell);
  tell("how long the event loop is held up, and the baseline");
  const [ours, plain] = [await heldUp("ours", databaseUrl), await heldUp("plain", databaseUrl)];
  const [speed, ...rest] = figures;
  return [
    { ...speed!, baseline: { name: PLAIN, value: plain.nsARow } },
    ...rest,
    {
      name: "a year: the event loop held up at most",
      value: ours.ms,
      unit: "ms",
      atMost: 20,
      baseline: { name: PLAIN, value: plain.ms },
      note: "lateness of a timer of 2 ms, the first export after the start included",
    },
  ];
}

export default {
  name: "export",
  about: "ten years and a year of readings as CSV over HTTP, and what else waits meanwhile",
  durationS: 120,
  run,
} satisfies Bench;
