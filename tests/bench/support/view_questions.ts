import { addDays, localDate } from "../../../lib/calendar.ts";
import { randomNumbers } from "../../../lib/meter/simulator/random.ts";
import { FIRST_DATE, ZONE } from "./ten_years.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORTEST_MS = 10 * MINUTE_MS;

/** Paths of questions about a house since `FIRST_DATE`, spans of all lengths from anywhere, the same for the same seed. */
export class ViewQuestions {
  readonly #random: () => number;
  readonly #firstMs = Date.parse(FIRST_DATE);

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
  }

  /** The days of a span; each tenth is all that is known. */
  days(): string {
    if (this.#random() < 0.1) return "/query/days";
    const { fromMs, toMs } = this.#span(DAY_MS);
    const from = localDate(fromMs, ZONE);
    const days = Math.floor((toMs - fromMs) / DAY_MS) - 1;
    return `/query/days?from=${from}&to=${addDays(from, Math.max(0, days))}`;
  }

  /** The power curve of a span, at the default points; each tenth is of all that is known. */
  history(): string {
    if (this.#random() < 0.1) return "/query/history";
    const { fromMs, toMs } = this.#span(SHORTEST_MS);
    return `/query/history?from=${fromMs}&to=${toMs}`;
  }

  /** What a page asks for that opens: the year's days and statistics, the month's curve, or today's. */
  page(): string {
    const { year, month } = Temporal.Now.plainDateISO(ZONE);
    const some = year - Math.floor(10 * this.#random());
    const of = `${some}-${String(month).padStart(2, "0")}`;
    const paths = [
      `/query/days?from=${some}-01-01&to=${some}-12-31`,
      `/query/stats?year=${some}`,
      `/query/history?from=${of}-01&to=${of}-28`,
      `/query/history?from=${of}-15&to=${of}-15`,
      `/query/history?from=${localDate(Date.now(), ZONE)}`,
    ];
    return paths[Math.floor(paths.length * this.#random())]!;
  }

  /** Each length is as likely as one ten times as long. */
  #span(shortestMs: number): { readonly fromMs: number; readonly toMs: number } {
    const allMs = Date.now() - this.#firstMs;
    const lengthMs = Math.floor(shortestMs * (allMs / shortestMs) ** this.#random());
    const fromMs = Math.floor(this.#firstMs + this.#random() * (allMs - lengthMs));
    return { fromMs, toMs: fromMs + lengthMs };
  }
}
