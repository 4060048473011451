/** One value by its name and labels, such as `mcce_meter_replies_total{kind="good"}`. */
export type Metrics = ReadonlyMap<string, number>;

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  gauge: [""],
  counter: ["_total", "_created"],
  summary: ["_count", "_sum", "_created"],
  stateset: [""],
  info: ["_info"],
};

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
);

interface Family {
  readonly name: string;
  readonly type: string;
}

/**
 * Reads OpenMetrics text as strictly as the standard has it (OpenMetrics 1.0): one block a family with TYPE, UNIT and HELP
 * before its values, no value twice, suffixes by type, units at the end of names, sums and totals that are not negative.
 */
export function parseOpenMetrics(text: string): Metrics {
  if (!text.endsWith("# EOF\n")) throw new Error("it does not end with # EOF and a line feed");
  const metrics = new Map<string, number>();
  const seen = new Set<string>();
  let family: Family | null = null;
  for (const line of text.split("\n").slice(0, -2)) {
    const [, kind, name = "", rest = ""] = /^# (TYPE|UNIT|HELP) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === "TYPE") {
      if (seen.has(name) || !(rest in SUFFIXES)) throw new Error(`a second time or odd: ${line}`);
      seen.add(name);
      family = { name, type: rest };
    } else if (kind) {
      if (family?.name !== name) throw new Error(`not of the family before it: ${line}`);
      if (kind === "UNIT" && !name.endsWith(`_${rest}`)) {
        throw new Error(`unit not in name: ${line}`);
      }
      if (/(?<!\\)(\\\\)*\\[^"\\n]/.test(rest)) throw new Error(`badly escaped: ${line}`);
    } else addSample(line, family, metrics);
  }
  return metrics;
}

function addSample(line: string, family: Family | null, metrics: Map<string, number>): void {
  const [, name = "", labels, text] = SAMPLE.exec(line) ?? [];
  if (text === undefined || !family) throw new Error(`no value: ${line}`);
  const suffix = name.slice(family.name.length);
  if (!name.startsWith(family.name) || !SUFFIXES[family.type]?.includes(suffix)) {
    throw new Error(`no name of ${family.type} ${family.name}: ${line}`);
  }
  const value = Number(text);
  if (family.type !== "gauge" && !(value >= 0)) throw new Error(`less than nothing: ${line}`);
  if (family.type === "stateset" && value !== 0 && value !== 1) throw new Error(line);
  if (family.type === "info" && value !== 1) throw new Error(line);
  const key = labels === undefined ? name : `${name}{${labels}}`;
  if (metrics.has(key)) throw new Error(`told twice: ${line}`);
  metrics.set(key, value);
}
