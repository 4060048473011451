// Imports the paths of its arguments as `deno task import` does, with the settings of its environment.
import { loadConfig } from "../../lib/config.ts";
import { runImport } from "../../lib/task/import.ts";

await runImport(Deno.args, await loadConfig({}, "/nowhere"), {
  print: console.log,
  progress: console.error,
});
