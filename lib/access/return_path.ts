const HERE = "http://here.invalid";

/**
 * Where to go after the log-in: the path, query and fragment of `wanted` on this very host, `/` for whatever leads
 * elsewhere or makes no sense. It is read as a browser reads it (WHATWG URL), so that no spelling of another host gets by.
 */
export function returnPath(wanted: string): string {
  const url = URL.parse(wanted, HERE);
  // Without a scheme, two slashes name a host again.
  if (url === null || url.origin !== HERE || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search + url.hash;
}
