import { Hono } from "hono";
import { fileName, mediaType } from "../lib/export/file_name.ts";
import { EXPORT_PARAMETERS, readExport } from "../lib/export/request.ts";
import { namedOnly, readAll } from "../lib/query/parameters.ts";
import type { Env } from "./env.ts";

const app = new Hono<Env>();

app.get("/query/export", async (c) => {
  const { exports, query, timeZone } = c.env;
  const { searchParams } = new URL(c.req.url);
  const days = await query.known();
  const request = readAll((problems) =>
    readExport(namedOnly(searchParams, EXPORT_PARAMETERS, problems), days, problems)
  );
  const headers = {
    "content-type": mediaType(request.format),
    "content-disposition": `attachment; filename="${fileName(request, timeZone)}"`,
    // no-transform: to compress a year takes far longer than to send it.
    "cache-control": "no-store, no-transform",
  };
  if (c.req.method === "HEAD") return new Response(null, { headers });
  return new Response(await begun(exports.open(request)), { headers });
});

/**
 * Pieces as a stream that asks for one when the reader has taken the last, and ends the work when the reader goes. The
 * first one is there: what cannot be read at all throws now, while the status can still tell it.
 */
async function begun(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  let first: IteratorResult<Uint8Array<ArrayBuffer>> | null = await pieces.next();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = first ?? await pieces.next();
      first = null;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void await pieces.return(undefined),
  }, { highWaterMark: 0 });
}

export default app;
