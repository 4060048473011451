/** Attributes by name; `null` and `false` leave one out, `true` sets it without a value. */
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An element with its attributes and children; a text becomes a text node, `null` nothing. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : `${value}`);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The element of the page with that id. Throws when the page has none: then page and script do not belong together. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no place "${id}"`);
  return found as Kind;
}
