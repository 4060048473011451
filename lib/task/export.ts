import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { type Config, ConfigError } from "../config.ts";
import { EXPORT_PARAMETERS, readExport } from "../export/request.ts";
import { type Given, ParameterError, readAll } from "../query/parameters.ts";
import { readJournalDay } from "../store/journal_day.ts";
import { journalDates } from "../store/journal_overview.ts";
import { nextTurn } from "../turn.ts";
import { UserError } from "../user_error.ts";
import { outsideData } from "./data_folders.ts";
import { makeExports } from "./export_parts.ts";
import { writeOutput, writeWholeFile } from "./out_file.ts";
import { makeQuery, type QueryParts } from "./query_parts.ts";

/** What the task is given besides its words. */
export interface ExportTask {
  readonly config: Config;
  readonly clock: QueryParts["clock"];
  /** Ends the export before its time. */
  readonly stop: AbortSignal;
  readonly print: (line: string) => void;
}

/**
 * `deno task export --from --to --resolution --format [--source] [--out FILE]`: what `GET /query/export` answers, to
 * standard output or a file. Throws ConfigError for bad use, and UserError when the export is not whole.
 */
export async function runExport(args: readonly string[], task: ExportTask): Promise<void> {
  const { config, clock, print } = task;
  const { out, ...given } = options(args);
  const path = out === undefined ? null : await checkedPath(out, config);
  const beside = besideService(config);
  const query = makeQuery(config, { clock, ...beside });
  const days = await query.known();
  const request = readGiven((problems) => readExport(given, days, problems));
  const document = makeExports(config, { query, journal: beside.journal, clock }).open(request);
  const pieces = untilStopped(document, task.stop);
  try {
    if (path === null) return await writeOutput(pieces);
    const bytes = await writeWholeFile(path, pieces);
    print(`${path}: ${(bytes / 1e6).toFixed(1)} MB`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const left = path === null ? "The export is not whole" : `${path} was not written`;
    throw new UserError(`${left}: ${error.message}`, { cause: error });
  }
}

/** What a running service would know better is read from where it rests. */
function besideService(config: Config): Omit<QueryParts, "clock"> {
  return {
    journal: {
      dates: () => journalDates(config),
      readDay: (date) => readJournalDay(config, date),
    },
    feed: { held: () => null },
    log: {
      lasting: (_, sentence) => {
        throw new UserError(sentence);
      },
    },
  };
}

function options(args: readonly string[]): Given {
  const names = [...EXPORT_PARAMETERS, "out"];
  const takes = names.map((name) => `--${name}`).join(", ").replace(/, (\S+)$/, " and $1");
  try {
    const taking = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
    return parseArgs({ args: [...args], options: taking }).values;
  } catch (error) {
    const [what] = (error as Error).message.split(". ");
    throw new ConfigError([`${what}: export takes ${takes}, each with a value.`]);
  }
}

function readGiven<Result>(read: (problems: string[]) => Result): Result {
  try {
    return readAll(read);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    throw new ConfigError(error.problems.map((problem) => `--${problem}.`));
  }
}

async function checkedPath(out: string, config: Config): Promise<string> {
  await outsideData(out, config, "name a file elsewhere");
  const isFolder = (path: string) =>
    Deno.stat(path).then((found) => found.isDirectory, () => false);
  if (await isFolder(out)) throw new ConfigError([`--out: ${out} is a folder, it takes a file.`]);
  if (await isFolder(dirname(out))) return out;
  throw new ConfigError([`--out: there is no folder ${dirname(out)}, make it first.`]);
}

/** Gives signals their turn between the pieces. */
async function* untilStopped(
  pieces: AsyncIterable<Uint8Array>,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    await nextTurn();
    if (stop.aborted) throw new UserError("it was stopped");
    yield piece;
  }
}
