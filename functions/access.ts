import { timingSafeEqual } from "node:crypto";
import { createHash } from "node:crypto";

/** Whether a request may see all: nobody asks for a token, or it brings `Authorization: Bearer` with the right one. */
export function isAuthorized(request: Request, accessToken: string | null): boolean {
  if (accessToken === null) return true;
  const [, given] = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(accessToken));
}

/** Equal lengths for a comparison that takes the same time wherever two tokens differ. */
function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

/**
 * Whether the service answers to this `Host`: an IP literal, `localhost`, `*.local` or a name of `HOST_NAMES`. A page
 * of another site cannot make a browser send these for an address it does not own (DNS rebinding).
 */
export function isOwnHost(host: string | undefined, hostNames: readonly string[]): boolean {
  if (!host) return false;
  const name = host.replace(/:\d+$/, "").toLowerCase().replace(/\.$/, "");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)) return true;
  return name === "localhost" || name.endsWith(".local") || hostNames.includes(name);
}
