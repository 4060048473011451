import { ignoreAbsent } from "../store/line_file.ts";

/** A file of the journal: its name in a backup, and what it holds. */
export interface JournalFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const NEWLINE = 0x0a;

/**
 * All that the journal consists of: the files of its days, and the spool, which may lie in a folder of its own and goes
 * among the others, where a service takes it in when it starts. Call it while holding the journal's lock, so that no line
 * moves from one file to another meanwhile. The marks (`boot.mark`) are this machine's, and of no use on another day.
 */
export async function readJournal(journalDir: string, spoolDir: string): Promise<JournalFile[]> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const folder of new Set([journalDir, spoolDir])) {
    for (const name of await fileNames(folder)) {
      if (/\.(lock|mark)$/.test(name) || (folder !== journalDir && !name.startsWith("spool"))) {
        continue;
      }
      const bytes = await Deno.readFile(`${folder}/${name}`).catch(ignoreAbsent);
      const other = files.get(name);
      if (bytes) files.set(name, other ? joined(other, bytes) : bytes);
    }
  }
  return Array.from(files, ([name, bytes]) => ({ name, bytes }));
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ isFile }) => isFile).map(({ name }) => name).sort();
  } catch (error) {
    ignoreAbsent(error);
    return [];
  }
}

/** The lines of two files; a last line of the first that is torn would spoil one of the second. */
function joined(
  first: Uint8Array<ArrayBuffer>,
  second: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const whole = first.subarray(0, first.lastIndexOf(NEWLINE) + 1);
  const all = new Uint8Array(whole.length + second.length);
  all.set(whole);
  all.set(second, whole.length);
  return all;
}
