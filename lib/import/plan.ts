/** Where a day of the origin can be read: a file `days/YYYY-MM-DD`, or a table of a yearly file. */
export interface Found {
  readonly date: string;
  readonly kind: "days" | "table";
  readonly path: string;
}

/** Something of the origin that is not taken over. */
export interface Skipped {
  readonly path: string;
  /** `null`: all of the file. */
  readonly date: string | null;
  readonly reason: string;
}

/** What is to be read. */
export interface Plan {
  /** In order; each with the places where it can be read, the best first. */
  readonly days: readonly { readonly date: string; readonly places: readonly Found[] }[];
  readonly skipped: readonly Skipped[];
}

/**
 * Orders what was found: by date, and of one day its file in `days/` before any table, whatever the order in which they
 * were named; of the same kind the first. Days that are not over before `today` are for later.
 */
export function planImport(found: readonly Found[], today: string): Plan {
  const skipped: Skipped[] = [];
  const over: Found[] = [];
  for (const place of found) {
    if (place.date < today) over.push(place);
    else skipped.push({ ...place, reason: "not over yet; import it again when it is" });
  }
  const byDate = Map.groupBy(over, ({ date }) => date);
  const days = [...byDate].sort(([a], [b]) => a < b ? -1 : 1).map(([date, places]) => {
    const rank = ({ kind }: Found) => kind === "days" ? 0 : 1;
    return { date, places: places.sort((a, b) => rank(a) - rank(b)) };
  });
  return { days, skipped };
}
