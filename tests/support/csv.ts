/** The records of a CSV document by RFC 4180: lines end with CRLF, quoted fields may hold anything. Throws for what is none. */
export function parseCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const records: string[][] = [];
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const start = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`no CSV: ${JSON.stringify(text.slice(start, start + 40))}`);
    const [, quoted, plain, end] = found;
    record.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}
