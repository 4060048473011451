/** What a question gave, by name; an empty value counts as not given. */
export type Given = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with a question's parameters: a sentence each, which names it and what it takes. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("; "));
  }
}

/** What a power curve has at most, unless it is asked for otherwise. */
export const DEFAULT_POINTS = 1000;
export const LEAST_POINTS = 10;
export const MOST_POINTS = 5000;

/** The longest part of a refused value that is told back. */
const MOST_SHOWN = 40;

/** Gives what `read` makes of the parameters; throws ParameterError when it names problems. */
export function readAll<Result>(read: (problems: string[]) => Result): Result {
  const problems: string[] = [];
  const result = read(problems);
  if (problems.length > 0) throw new ParameterError(problems);
  return result;
}

/** The values of the parameters that a question knows; one that it does not know, or that comes twice, is a problem. */
export function namedOnly(
  search: Iterable<readonly [name: string, value: string]>,
  names: readonly string[],
  problems: string[],
): Given {
  const given: Record<string, string> = {};
  for (const [name, value] of search) {
    const takes = names.length > 0 ? names.join(", ") : "none";
    if (!names.includes(name)) {
      problems.push(`${shown(name)} is no parameter here, which takes ${takes}`);
    } else if (given[name] !== undefined) problems.push(`${name}: comes twice, it takes one value`);
    else given[name] = value;
  }
  return given;
}

/** Reads a whole number; what is wrong joins `problems`. `null` when none, or none that is right, was given. */
export function readWhole(
  given: Given,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
  problems: string[],
): number | null {
  const text = given[name];
  if (!text) return null;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  problems.push(refuse(name, text, `it takes a whole number from ${least} to ${most}`));
  return null;
}

/** How many rows a power curve may have. */
export function readPoints(given: Given, problems: string[]): number {
  const bounds = { least: LEAST_POINTS, most: MOST_POINTS };
  return readWhole(given, "points", bounds, problems) ?? DEFAULT_POINTS;
}

/** The year, and the month (1 to 12) where one is given, of which statistics are asked. */
export function readYearAndMonth(
  given: Given,
  problems: string[],
): { readonly year: number; readonly month: number | null } {
  const year = readWhole(given, "year", { least: 1000, most: 9999 }, problems);
  const month = readWhole(given, "month", { least: 1, most: 12 }, problems);
  if (!given.year) problems.push("year: is missing, it takes a year such as 2026");
  return { year: year ?? 0, month };
}

/** One sentence that names a parameter, its value and what is wrong with it. */
export function refuse(name: string, value: string | undefined, reason: string): string {
  return `${name}: ${shown(value)} is refused, ${reason}`;
}

/** A value in quotes, and not all of it when it is long. */
export function shown(text = ""): string {
  const cut = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return JSON.stringify(cut.toWellFormed());
}
