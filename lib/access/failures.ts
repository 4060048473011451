/** More are remembered of no address, and addresses beyond these push out the oldest. */
const MOST_ADDRESSES = 1_000;
const MOST_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

interface Window {
  readonly endMs: number;
  readonly failures: number;
}

/**
 * Counts wrong tokens by address. It refuses no right one: behind a reverse proxy all have one address, and a stranger
 * could lock the family out. What keeps guessers out is the token's length; the count makes them wait, and spares the log.
 */
export class Failures {
  readonly #windows = new Map<string, Window>();

  /** Notes a wrong token at a monotonic time; how many seconds to wait when it was one too many, else `null`. */
  add(address: string, monoMs: number): number | null {
    const key = networkOf(address);
    const open = this.#windows.get(key);
    const window = open !== undefined && open.endMs > monoMs
      ? { ...open, failures: open.failures + 1 }
      : { endMs: monoMs + WINDOW_MS, failures: 1 };
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size > MOST_ADDRESSES) this.#forgetOldest();
    return window.failures > MOST_FAILURES ? Math.ceil((window.endMs - monoMs) / 1000) : null;
  }

  #forgetOldest(): void {
    for (const key of this.#windows.keys()) {
      this.#windows.delete(key);
      return;
    }
  }
}

/** What one guesser holds: an IPv4 address, or the /64 of an IPv6 address, of which every machine has as many as it likes. */
export function networkOf(address: string): string {
  const [, v4] = /^(?:::ffff:)?(\d+(?:\.\d+){3})$/i.exec(address) ?? [];
  if (v4 !== undefined) return v4;
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...after];
  return `${all.slice(0, 4).join(":")}::/64`;
}
