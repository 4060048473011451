import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { ParameterError } from "../lib/query/parameters.ts";
import { UserError } from "../lib/user_error.ts";
import type { Env } from "./env.ts";
import alarm from "./alarm.ts";
import digest from "./digest.ts";
import docs from "./docs.tsx";
import { guard } from "./guard.ts";
import exports from "./export.ts";
import health from "./health.ts";
import history from "./history.tsx";
import { limits } from "./limits.ts";
import live from "./live.ts";
import login, { logout } from "./login.tsx";
import manifest from "./manifest.ts";
import metrics from "./metrics.ts";
import page from "./page.tsx";
import { problem } from "./problem.ts";
import query from "./query.ts";

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
  // Means nothing over plain HTTP, and costs the first page a process of its own: 100 ms until anything is seen.
  crossOriginOpenerPolicy: false,
}));

app.use(limits);

// Whatever stands above the guard answers everybody.
app.route("/", login);
app.route("/", health);
app.use(guard);
app.route("/", logout);
app.route("/", page);
app.route("/", history);
app.route("/", manifest);
app.route("/", live);
app.route("/", digest);
app.route("/", alarm);
app.route("/", query);
app.route("/", exports);
app.route("/", docs);
app.route("/", metrics);

app.notFound((c) => problem(c, 404, "Not found", `${c.req.path}: there is no such page`));

app.onError((error, c) => {
  if (error instanceof HTTPException) {
    return problem(c, error.status as 400, "Refused", error.message);
  }
  if (error instanceof ParameterError) return problem(c, 400, "Bad request", error.message);
  // Something in the house that its owner can mend, such as a yearly file that is damaged.
  if (error instanceof UserError) return problem(c, 503, "Not available", error.message);
  c.env.reportFault(`${c.req.method} ${c.req.path}: ${error.message}`);
  return problem(c, 500, "Internal error", "The service could not answer this; its log says why");
});

export default app;
