import type { Language } from "../texts.ts";

/** Numbers of years and months in one language. */
export interface Numbers {
  /** Energy with two decimals: `7,41`. */
  kWh(kWh: number): string;
  /** 0..1 as whole per cent, rounded down: 99.9 % measured is not 100 %. */
  percent(share: number): string;
  /** A part of a whole with one decimal: `8.4%`. */
  share(part: number): string;
  /** How much more or less than before: `+3.9%`, `−12.0%`. */
  change(by: number): string;
  /** A number with as many decimals as it needs, two at most. */
  number(value: number): string;
}

/**
 * Writes numbers without Intl: to load that takes a browser longer than all else that a month's first picture needs.
 * Pure.
 */
export function createNumbers(language: Language): Numbers {
  const decimals = (value: number, count: number) => {
    const text = value.toFixed(count);
    return language === "it" ? text.replace(".", ",") : text;
  };
  const perCent = (part: number) => `${decimals(Math.abs(part) * 100, 1)}%`;
  return {
    kWh: (kWh) => decimals(kWh, 2),
    percent: (share) => `${Math.floor(share * 100)}%`,
    share: perCent,
    change(by) {
      const text = perCent(by);
      if (!/[1-9]/.test(text)) return text;
      return by > 0 ? `+${text}` : `−${text}`;
    },
    number: (value) => decimals(value, 2).replace(/[.,]?0+$/, ""),
  };
}
