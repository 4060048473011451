import type { MiddlewareHandler } from "hono";
import { hostOf, isFromOwnPages, isOwnHost } from "./access.ts";
import type { Env } from "./env.ts";
import { problem } from "./problem.ts";

/** What is sent here is a few words of JSON or of a form. */
const MOST_BODY_BYTES = 16_384;
const LONGEST_BODY_MS = 5_000;
const MOST_HEADER_CHARACTERS = 16_384;
const MOST_ADDRESS_CHARACTERS = 8_192;

type Body = Uint8Array<ArrayBuffer>;

/** Refuses what no page and no program of this house would send, before anything looks at it. */
export const limits: MiddlewareHandler<Env> = async (c, next) => {
  const { raw } = c.req;
  if (!isOwnHost(hostOf(raw), c.env.hostNames)) {
    const detail = "Host: name this machine by its address, or add the name to HOST_NAMES";
    return problem(c, 421, "Misdirected request", detail);
  }
  if (raw.url.length > MOST_ADDRESS_CHARACTERS) {
    const detail = `the address takes ${MOST_ADDRESS_CHARACTERS} characters at most`;
    return problem(c, 414, "Address too long", detail);
  }
  if (headerCharacters(raw.headers) > MOST_HEADER_CHARACTERS) {
    const detail = `the headers take ${MOST_HEADER_CHARACTERS} characters at most`;
    return problem(c, 431, "Headers too large", detail);
  }
  if (!isFromOwnPages(raw)) {
    const detail = "Origin: a page of another site may not change anything here";
    return problem(c, 403, "Forbidden", detail);
  }
  if (raw.body === null) return await next();
  const body = await readBody(raw.body, () => c.env.hangUp(c.env.peer));
  if (body === "large") {
    return problem(c, 413, "Too large", `the body takes ${MOST_BODY_BYTES} bytes at most`);
  }
  if (body === "broken") {
    return problem(c, 408, "Too slow", "the body broke off, or was not here in time");
  }
  // What Hono's `text()` and the like read first; a Request made of the old one touches its signal, which Deno warns of.
  Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(body.buffer) });
  return await next();
};

function headerCharacters(headers: Headers): number {
  let sum = 0;
  for (const [name, value] of headers) sum += name.length + value.length;
  return sum;
}

/**
 * The whole body, or what is wrong with it. A slow one's connection is ended before the answer: a read that still waits
 * when its request is answered never ends in Deno 2.9, and keeps 65 kB for good (denoland/deno#36624).
 */
async function readBody(
  stream: ReadableStream<Uint8Array>,
  hangUp: () => void,
): Promise<Body | "large" | "broken"> {
  const late = setTimeout(hangUp, LONGEST_BODY_MS);
  try {
    return await readAll(stream.getReader());
  } catch {
    return "broken";
  } finally {
    clearTimeout(late);
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Body | "large"> {
  const body = new Uint8Array(MOST_BODY_BYTES);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body.slice(0, length);
    if (length + value.length > MOST_BODY_BYTES) {
      reader.cancel().catch(() => {});
      return "large";
    }
    body.set(value, length);
    length += value.length;
  }
}
