import { UserError } from "../lib/user_error.ts";
import app from "./app.ts";
import type { Services } from "./env.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
}

/** A port that is being served. */
export interface Server {
  /** With the address as a browser on this machine takes it. */
  readonly url: string;
  readonly port: number;
  /** Ends it when the answers under way are sent, or after a second; open streams must have been closed before. */
  shutdown(): Promise<void>;
}

/** The first makes the router; the page of the history asks for days, figures and curves. */
const REHEARSED = ["/health", "/history", "/query/history"];

/** Serves the app. Throws a {@linkcode UserError} when the address cannot be had. */
export async function serve(options: ListenOptions, services: Services): Promise<Server> {
  const { host, port, tls } = options;
  const pair = tls && {
    cert: await readPem("TLS_CERT", tls.certPath),
    key: await readPem("TLS_KEY", tls.keyPath),
  };
  await withinASecond(rehearse(services));
  try {
    // The app answers every other fault itself; left alone, Deno prints a stack trace for each viewer that is dropped.
    const onError = (error: unknown) => {
      services.reportFault(`an answer broke off: ${reason(error)}`);
      return new Response(null, { status: 500 });
    };
    const server = Deno.serve(
      { hostname: host, port, ...pair, onListen: () => {}, onError },
      (request, { remoteAddr }) => app.fetch(request, { ...services, peer: remoteAddr }),
    );
    const shownHost = host === "0.0.0.0" || host === "::" ? "localhost" : bracketed(host);
    const url = `${tls ? "https" : "http"}://${shownHost}:${server.addr.port}/`;
    return { url, port: server.addr.port, shutdown: () => withinASecond(server.shutdown()) };
  } catch (error) {
    if (tls && canListen(host, port)) {
      throw new UserError(
        `TLS_CERT="${tls.certPath}" and TLS_KEY="${tls.keyPath}" cannot be used (${
          reason(error)
        }): ` +
          "they take a certificate and the unencrypted private key that belongs to it, both as PEM.",
      );
    }
    throw new UserError(`${host}:${port} cannot be listened on: ${reason(error)}`);
  }
}

/** Answers, to nobody, what a page asks for first: the first time takes several times as long as any other. */
async function rehearse(services: Services): Promise<void> {
  const nobody = { ...services, accessToken: null, peer: { hostname: "localhost", port: 0 } };
  for (const path of REHEARSED) {
    await app.request(path, { headers: { host: "localhost" } }, nobody);
  }
}

async function readPem(variable: string, path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const remedy = "correct the path, or let the service's user read the file.";
    throw new UserError(`${variable}="${path}" cannot be read (${reason(error)}): ${remedy}`);
  }
}

/** Whether the address is free, so that what it is refused for is something else. */
function canListen(hostname: string, port: number): boolean {
  try {
    Deno.listen({ hostname, port }).close();
    return true;
  } catch {
    return false;
  }
}

/** What takes long, an answer to a slow viewer or a question to a slow disk, must hold up neither end nor start. */
async function withinASecond(ended: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, 1_000);
  await Promise.race([ended, late]);
  clearTimeout(timer);
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "another program has it; end that or set PORT to another number";
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return "HOST is no address of this machine";
  }
  return error instanceof Error ? error.message : String(error);
}
