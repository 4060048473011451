const ALGORITHM = { name: "HMAC", hash: "SHA-256" } as const;
/** Keeps this use of the token's key apart from any other. */
const PURPOSE = "mcce session until ";

/** How long a log-in holds. */
export const SESSION_S = 365 * 86_400;

/**
 * A browser's log-in: the second of the epoch at which it ends and an HMAC of that, keyed by the access token. Nothing
 * is stored, so it outlives restarts; another token ends them all.
 */
export async function issueSession(token: string, nowMs: number): Promise<string> {
  const until = String(Math.floor(nowMs / 1000) + SESSION_S);
  const mac = await crypto.subtle.sign("HMAC", await keyOf(token, "sign"), signed(until));
  return `${until}.${new Uint8Array(mac).toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

/** Whether it was issued with this token and has not ended; the comparison takes the same time wherever it fails. */
export async function isSession(value: string, token: string, nowMs: number): Promise<boolean> {
  const [, until, text] = /^(\d{1,12})\.([\w-]{43})$/.exec(value) ?? [];
  if (until === undefined || text === undefined) return false;
  const mac = macBytes(text);
  if (mac === null || Number(until) * 1000 <= nowMs) return false;
  return await crypto.subtle.verify("HMAC", await keyOf(token, "verify"), mac, signed(until));
}

function keyOf(token: string, use: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new TextEncoder().encode(token), ALGORITHM, false, [use]);
}

function signed(until: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(PURPOSE + until);
}

function macBytes(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(`${text}=`, {
      alphabet: "base64url",
      lastChunkHandling: "strict",
    });
  } catch { // the last character holds bits that no bytes have
    return null;
  }
}
