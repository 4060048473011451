/** What a program may ask the display: its greeting, or the instantaneous readings. */
export type Request = "hello" | "readings";

const REQUESTS: readonly { readonly request: Request; readonly bytes: readonly number[] }[] = [
  { request: "hello", bytes: [0xaa, 0x00, 0x00, 0xad] },
  { request: "readings", bytes: [0xaa, 0x02, 0x00, 0xad] },
];
const REQUEST_BYTES = 4;

/** The requests in what was heard so far, and the bytes at its end that may yet become one (3 at most). */
export function takeRequests(
  heard: readonly number[],
): { readonly requests: readonly Request[]; readonly rest: readonly number[] } {
  const requests: Request[] = [];
  let at = 0;
  while (heard.length - at >= REQUEST_BYTES) {
    const found = REQUESTS.find(({ bytes }) => bytes.every((byte, i) => heard[at + i] === byte));
    if (found) requests.push(found.request);
    at += found ? REQUEST_BYTES : 1;
  }
  return { requests, rest: heard.slice(at) };
}
