// Appends readings to a journal, flushing now and then, and prints the number of each once append has resolved, until it
// is killed. Arguments: the two folders, the number of the first reading, and of the one at which the clock is set.
import { ClockHold } from "../../lib/store/clock_hold.ts";
import { Journal } from "../../lib/store/journal.ts";
import { numberedAt, STALE_MS } from "./numbered_reading.ts";

const [journalDir = "", spoolDir = "", from = "", setAt = ""] = Deno.args;
let number = Number(from);
const monoMs = () => 100 * number;
const nowMs = () => numberedAt(number) - (number < Number(setAt) ? STALE_MS : 0);
const isSynchronised = () => Promise.resolve(number >= Number(setAt));
const journal = new Journal({
  ...{ journalDir, spoolDir, nowMs, monoMs },
  timeZone: "Europe/Rome",
  mostWaiting: 17_280,
  hold: new ClockHold({
    ...{ journalDir, spoolDir, nowMs, monoMs, isSynchronised },
    bootId: "boot-1",
    bootMs: monoMs,
  }),
  onStamped: () => {},
});
await journal.open();

async function flushNowAndThen(): Promise<never> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 6 * Math.random()));
    await journal.flush();
  }
}

flushNowAndThen();
for (;; number++) {
  await journal.append({ at: nowMs(), watts: number, monoMs: monoMs() });
  Deno.stdout.writeSync(new TextEncoder().encode(`${number}\n`));
}
