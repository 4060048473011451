/** A family of metrics in one type of the OpenMetrics standard; each value with its labels. */
export interface MetricFamily {
  /** Without the suffixes that a type adds; ends with `unit` where there is one. */
  readonly name: string;
  readonly type: "gauge" | "counter" | "summary" | "stateset" | "info";
  readonly unit?: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** One line: `suffix` such as `_total` behind the family's name. */
export interface Sample {
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What `openMetrics` writes, to be named in the answer. */
export const OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/**
 * The families as text (OpenMetrics 1.0, "Text format"). A family without samples is left out: what is not known has
 * no line, since any number would be taken for measured.
 */
export function openMetrics(families: readonly MetricFamily[]): string {
  const known = families.filter(({ samples }) => samples.length > 0);
  return `${known.map(familyText).join("")}# EOF\n`;
}

function familyText({ name, type, unit, help, samples }: MetricFamily): string {
  const unitLine = unit === undefined ? "" : `# UNIT ${name} ${unit}\n`;
  const head = `# TYPE ${name} ${type}\n${unitLine}# HELP ${name} ${escaped(help)}\n`;
  const lines = samples.map(({ suffix = "", labels = {}, value }) =>
    `${name}${suffix}${labelText(labels)} ${value}\n`
  );
  return head + lines.join("");
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** A gauge of one value; `null`: not known. */
export function gauge(
  name: string,
  help: string,
  value: number | null,
  unit?: string,
): MetricFamily {
  const samples = value === null ? [] : [{ value }];
  return { name, type: "gauge", help, samples, ...(unit && { unit }) };
}

/** A gauge of a value for each of a label's values. */
export function gauges(
  name: string,
  help: string,
  label: string,
  values: Readonly<Record<string, number>>,
  unit?: string,
): MetricFamily {
  const samples = Object.entries(values).map(([is, value]) => ({ labels: { [label]: is }, value }));
  return { name, type: "gauge", help, samples, ...(unit && { unit }) };
}

/** A counter of one value. */
export function counter(name: string, help: string, value: number): MetricFamily {
  return { name, type: "counter", help, samples: [{ suffix: "_total", value }] };
}

/** One state out of several: 1 for the present one, 0 for the others. */
export function stateSet(
  name: string,
  help: string,
  states: readonly string[],
  present: string,
): MetricFamily {
  const samples = states.map((state) => ({
    labels: { [name]: state },
    value: state === present ? 1 : 0,
  }));
  return { name, type: "stateset", help, samples };
}
