import { bootMs } from "../../../lib/libc.ts";
import { ClockHold } from "../../../lib/store/clock_hold.ts";
import { Journal } from "../../../lib/store/journal.ts";

/** The service's journal in given folders, on a machine whose clock is set. */
export async function openJournal(
  journalDir: string,
  spoolDir: string,
  timeZone: string,
): Promise<Journal> {
  const nowMs = () => Date.now();
  const monoMs = () => performance.now();
  const isSynchronised = () => Promise.resolve(true);
  const journal = new Journal({
    journalDir,
    spoolDir,
    timeZone,
    mostWaiting: 17_280,
    hold: new ClockHold({
      spoolDir,
      journalDir,
      bootId: "bench",
      bootMs,
      nowMs,
      monoMs,
      isSynchronised,
    }),
    nowMs,
    monoMs,
    onStamped: () => {},
  });
  await journal.open();
  return journal;
}
