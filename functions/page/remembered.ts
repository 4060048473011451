/** Keeps a wish for this browser's next visits; where storage is forbidden it lasts as long as the page. */
export function remember(name: string, isWanted: boolean): void {
  try {
    if (isWanted) localStorage.setItem(name, "yes");
    else localStorage.removeItem(name);
  } catch { // storage is forbidden
  }
}

/** Whether the wish was kept. */
export function recall(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}
