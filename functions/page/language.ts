import type { Language } from "./texts.ts";

/**
 * The page's language by an `Accept-Language` header (RFC 9110, 12.5.4): the first of highest quality that the pages
 * speak, whatever its region; `fallback` when the browser asks for none of them.
 */
export function chooseLanguage(header: string, fallback: Language): Language {
  let chosen = fallback;
  let best = 0;
  for (const range of header.split(",")) {
    const [name = "", ...parameters] = range.trim().toLowerCase().split(/\s*;\s*/);
    const primary = name.split("-")[0];
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if ((primary === "en" || primary === "it") && quality > best) {
      chosen = primary;
      best = quality;
    }
  }
  return chosen;
}
