import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { hostOf, isAuthorized, isFromOwnPages, isOwnHost } from "./access.ts";
import type { Env } from "./env.ts";
import alarm from "./alarm.ts";
import digest from "./digest.ts";
import docs from "./docs.tsx";
import health from "./health.ts";
import live from "./live.ts";
import manifest from "./manifest.ts";
import page from "./page.tsx";
import { problem } from "./problem.ts";

/** What is sent here is a few words of JSON. */
const MOST_BODY_BYTES = 16_384;

const app = new Hono<Env>();

app.use(secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: "DENY",
  referrerPolicy: "same-origin",
  // Plain HTTP on a home network is the normal case; a browser that remembers HTTPS would lock the owner out.
  strictTransportSecurity: false,
}));

app.use(async (c, next) => {
  if (!isOwnHost(hostOf(c.req.raw), c.env.hostNames)) {
    return problem(
      c,
      421,
      "Misdirected request",
      "Host: name this machine by its address, or add the name to HOST_NAMES",
    );
  }
  if (c.req.path !== "/health" && !await isAuthorized(c.req.raw, c.env.accessToken)) {
    c.header("www-authenticate", "Bearer");
    return problem(
      c,
      401,
      "Unauthorized",
      "Authorization: send the ACCESS_TOKEN as a Bearer token",
    );
  }
  if (!isFromOwnPages(c.req.raw)) {
    return problem(
      c,
      403,
      "Forbidden",
      "Origin: a page of another site may not change anything here",
    );
  }
  return await next();
});

app.use(bodyLimit({
  maxSize: MOST_BODY_BYTES,
  onError: (c) => problem(c, 413, "Too large", `the body takes ${MOST_BODY_BYTES} bytes at most`),
}));

app.route("/", page);
app.route("/", manifest);
app.route("/", live);
app.route("/", digest);
app.route("/", alarm);
app.route("/", health);
app.route("/", docs);

app.notFound((c) => problem(c, 404, "Not found", `${c.req.path}: there is no such page`));

app.onError((error, c) => {
  if (error instanceof HTTPException) {
    return problem(c, error.status as 400, "Refused", error.message);
  }
  c.env.reportFault(`${c.req.method} ${c.req.path}: ${error.message}`);
  return problem(c, 500, "Internal error", "The service could not answer this; its log says why");
});

export default app;
