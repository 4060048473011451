const KEY = "mcce-reloaded-for";

/**
 * Loads the page anew when the server runs another version than the one that sent it: once for each version, so that
 * a page held by some cache cannot make it go round in circles. True when it does.
 */
export function reloadForVersion(serverVersion: string): boolean {
  const pageVersion = document.documentElement.dataset["version"];
  if (pageVersion === serverVersion || pageVersion === undefined) return false;
  try {
    if (sessionStorage.getItem(KEY) === serverVersion) return false;
    sessionStorage.setItem(KEY, serverVersion);
  } catch { // storage is forbidden: without it nothing stops a second reload
    return false;
  }
  location.reload();
  return true;
}

/** Loads the page anew when this browser is not logged in any more: the server then shows the log-in page instead. */
export async function reloadWhenLoggedOut(): Promise<void> {
  try {
    const { status } = await fetch("/live/now", { cache: "no-store" });
    if (status === 401) location.reload();
  } catch { // no connection: whoever asks tries again by itself
  }
}
