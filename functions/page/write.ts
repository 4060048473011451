/** Writes a text where the page has a place for it, and only when it differs, so that nothing is laid out in vain. */
export function write(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element !== null && element.textContent !== text) element.textContent = text;
}

/** Shows or hides an element, if the page has it. */
export function show(id: string, isShown: boolean): void {
  const element = document.getElementById(id);
  if (element !== null) element.hidden = !isShown;
}
