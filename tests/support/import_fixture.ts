import { type Config, type Environment, parseConfig } from "../../lib/config.ts";
import { addDays } from "../../lib/calendar.ts";
import { YearFile } from "../../lib/store/year_file.ts";
import { runImport } from "../../lib/task/import.ts";
import { houseDay } from "./house_day.ts";
import { adjusted } from "./origin_installation.ts";

/** A house's days as the origin has closed them, by date. */
export function originDays(firstDate: string, count: number): Map<string, number[]> {
  const days = Array.from({ length: count }, (_, i): [string, number[]] => {
    const values = houseDay({ startMs: 0, jitterMs: 0, seed: i + 1 }).map(({ watts }) => watts);
    return [addDays(firstDate, i), adjusted(values)];
  });
  return new Map(days);
}

/** A temporary folder with an installation of this program, and room for one of the origin. */
export class ImportFolder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "mcce-import-" });
  readonly env: Environment;
  readonly config: Config;

  constructor(environment: Environment = {}) {
    this.env = {
      TIME_ZONE: "Europe/Rome",
      DATABASE_URL: `${this.path}/years/mcce`,
      JOURNAL_DIR: `${this.path}/journal`,
      ...environment,
    };
    this.config = parseConfig(this.env);
    Deno.mkdirSync(`${this.path}/origin`);
  }

  /** Imports what lies at these paths of `origin/`; the lines of the report. */
  async import(...paths: string[]): Promise<string[]> {
    const lines: string[] = [];
    const full = paths.map((path) => `${this.path}/origin/${path}`);
    const print = (line: string) => void lines.push(line.replaceAll(`${this.path}/origin/`, ""));
    await runImport(full, this.config, { print, progress() {} });
    return lines;
  }

  yearPath(year: number | string): string {
    return `${this.config.databasePath}.${year}`;
  }

  /** Looks into a yearly file of this program. */
  inYear<T>(year: number | string, look: (file: YearFile) => T): T {
    using file = YearFile.open(this.yearPath(year));
    return look(file);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
