// A service that lives fast: a reading a minute by a clock of its own, which waits for nothing, flushes and digests at
// random, until its standard input ends. Prints "up", and at its end how many readings it has made and the days that failed.
import { parseConfig } from "../../lib/config.ts";
import type { FailedDay } from "../../lib/store/digest_run.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { makeDigestRun } from "../../lib/task/digest_parts.ts";
import { JournalFolders } from "./journal_folders.ts";
import { fastReading } from "./two_writers.ts";

const [variables] = Deno.args;
const config = parseConfig(JSON.parse(variables!));
const { journalDir, spoolDir, timeZone } = config;
await using folders = new JournalFolders({ journalDir, spoolDir });
const journal = await folders.opened({ timeZone });
using years = new YearFiles(config.databasePath);
const failed: FailedDay[] = [];
const digest = makeDigestRun(config, years, {
  nowMs: () => folders.clock.wallMs,
  flush: () => journal.flush(),
  onDigested: () => {},
  onFailed: (days) => failed.push(...days),
});

let isEnding = false;
Deno.stdin.readable.pipeTo(new WritableStream()).then(() => isEnding = true);
console.log("up");
let made = 0;
for (; !isEnding; made++) {
  const reading = fastReading(made);
  folders.clock.wallMs = reading.at;
  await journal.append({ ...reading, monoMs: made });
  if (Math.random() < 0.01) await journal.flush();
  if (Math.random() < 0.003) await digest.run();
}
await journal.flush();
console.log(JSON.stringify({ made, failed, ok: journal.status().ok }));
