/** An encoded word holds at most 75 characters (RFC 2047, section 2), 12 of which are its frame: 45 bytes in base64. */
const MOST_BYTES = 45;

/**
 * A text as an HTTP header carries it. What is not plain ASCII goes as encoded words (RFC 2047), which ntfy reads in any
 * header; each holds whole characters.
 */
export function headerText(text: string): string {
  if (/^[ -~]*$/.test(text) && !text.includes("=?")) return text;
  const encoder = new TextEncoder();
  const words: Uint8Array<ArrayBuffer>[] = [];
  let word = "";
  // By code points, so that no character is cut in two.
  for (const character of text.replace(/\p{Cc}/gu, " ")) {
    if (encoder.encode(word + character).length > MOST_BYTES) {
      words.push(encoder.encode(word));
      word = "";
    }
    word += character;
  }
  words.push(encoder.encode(word));
  return words.map((bytes) => `=?UTF-8?B?${bytes.toBase64()}?=`).join(" ");
}
