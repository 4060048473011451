import { appendLines, syncFolder } from "./append.ts";
import { ignoreAbsent } from "./line_file.ts";

/** Puts a text in the place of a small file's, and waits until the disk has it: marks are there for power cuts. */
export async function replaceMark(folder: string, name: string, text: string): Promise<void> {
  const next = `${folder}/${name}.new`;
  await Deno.remove(next).catch(ignoreAbsent);
  await appendLines(next, text, { durable: true });
  await Deno.rename(next, `${folder}/${name}`);
  await syncFolder(folder);
}
