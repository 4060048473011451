import { DatabaseSync } from "node:sqlite";

/** To so many values the origin brings a day before it digests it. */
const DAY_VALUES = 17_281;

/** What the origin makes of the values that it logged in a day: cut, or as many of the last repeated as are missing. */
export function adjusted(watts: readonly number[]): number[] {
  const missing = DAY_VALUES - watts.length;
  if (missing <= 0) return watts.slice(0, DAY_VALUES);
  return [...watts, ...watts.slice(-missing)];
}

/** The text of a file `days/YYYY-MM-DD`. */
export function daysText(watts: readonly number[]): string {
  return watts.map((value) => `${value}\n`).join("");
}

/** The rows of a day's table: means over so many minutes, the first value of the next day at the end. */
export function tableRows(date: string, watts: readonly number[], minutes: number) {
  const perRow = minutes * 12;
  const rows: [index: string, Wh: number][] = [];
  for (let i = 0; i < watts.length; i += perRow) {
    const values = watts.slice(i, i + perRow);
    const label = new Date(Date.parse(date) + i * 5000).toISOString().slice(0, 19);
    rows.push([label.replace("T", " "), rounded(values.reduce((a, b) => a + b) / values.length)]);
  }
  return rows;
}

/** The day's energy as the origin has it in `avg`. */
export function originKWh(watts: readonly number[]): number {
  return rounded(watts.reduce((sum, value) => sum + value, 0) * 5 / 3.6e6);
}

/** Writes yearly files `NAME.YYYY` with the tables that pandas makes for the origin; each day's values are adjusted ones. */
export function writeOriginYears(
  prefix: string,
  days: ReadonlyMap<string, readonly number[]>,
  minutes: number,
): void {
  const years = Map.groupBy(days, ([date]) => date.slice(0, 4));
  for (const [year, ofYear] of years) {
    const db = new DatabaseSync(`${prefix}.${year}`);
    db.exec(`PRAGMA synchronous = OFF; BEGIN; CREATE TABLE "avg" ("index" TEXT, "kWh" REAL);
      CREATE INDEX "ix_avg_index" ON "avg" ("index")`);
    for (const [date, watts] of ofYear) {
      db.exec(`CREATE TABLE "${date}" ("index" TIMESTAMP, "Wh" REAL);
        CREATE INDEX "ix_${date}_index" ON "${date}" ("index")`);
      const insert = db.prepare(`INSERT INTO "${date}" VALUES (?, ?)`);
      for (const row of tableRows(date, watts, minutes)) insert.run(...row);
      db.prepare("INSERT INTO avg VALUES (?, ?)").run(date, originKWh(watts));
    }
    db.exec("COMMIT");
    db.close();
  }
}

/** Writes a folder `days/`. */
export function writeOriginDays(
  folder: string,
  days: ReadonlyMap<string, readonly number[]>,
): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const [date, watts] of days) Deno.writeTextFileSync(`${folder}/${date}`, daysText(watts));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
