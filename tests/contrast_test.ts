import assert from "node:assert/strict";
import { SHADES } from "../functions/page/history/heat.ts";

const PAGE = new URL("../functions/page/", import.meta.url);
const [light = "", dark = ""] = Deno.readTextFileSync(new URL("colours.css", PAGE)).split("@media");
const night = Deno.readTextFileSync(new URL("wall.css", PAGE)).split(".wall.night")[1] ?? "";

/** WCAG 2.2, 1.4.3: what text needs against its ground. */
const LEAST = 4.5;

const SCHEMES = {
  light: colours(light),
  dark: { ...colours(light), ...colours(dark) },
  night: { ...colours(light), ...colours(dark), ...colours(night) },
};

for (const [name, scheme] of Object.entries(SCHEMES)) {
  Deno.test(`text stands out from its ground by ${LEAST} to 1: ${name}`, () => {
    const grounds = { paper: true, panel: true, "bad-ground": false, "warn-ground": false };
    for (const [ground, isPage] of Object.entries(grounds)) {
      const texts = isPage
        ? ["ink", "muted", "accent", "stale", "bad", "good"]
        : ["ink", "muted", "bad"];
      for (const text of texts) {
        const ratio = contrast(scheme[text] ?? "", scheme[ground] ?? "");
        assert.ok(ratio >= LEAST, `${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}

for (const name of ["light", "dark"] as const) {
  Deno.test(`a day's number stands out from its shade in the calendar: ${name}`, () => {
    const scheme = SCHEMES[name];
    for (let shade = 0; shade < SHADES; shade++) {
      const text = scheme[shade < 4 ? "on-pale" : "on-deep"] ?? "";
      const ratio = contrast(text, scheme[`heat-${shade}`] ?? "");
      assert.ok(ratio >= LEAST, `shade ${shade}: ${ratio.toFixed(2)}`);
    }
  });
}

function colours(css: string): Record<string, string> {
  const found = css.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

/** The contrast ratio of two `#rrggbb` colours (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const channel = parseInt(hex.slice(i, i + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
