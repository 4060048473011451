import "./login.css";

const form = document.querySelector<HTMLFormElement>("#login");
const field = document.querySelector<HTMLInputElement>("#token");
const next = document.querySelector<HTMLInputElement>("[name=next]");
const { hash, pathname, search } = location;

if (form !== null && field !== null && next !== null) {
  const token = tokenIn(hash);
  if (token !== null) {
    // Out of the address before anything else, so that the tab's history does not keep it.
    history.replaceState(null, "", pathname + search);
    field.value = token;
    form.submit();
  } else if (!next.value.includes("#")) {
    // A browser carries the fragment of the page that was asked for over to this one.
    next.value += hash;
  }
}

/** What a log-in link carries: `#token=…`, with the few signs escaped that an address does not take. */
function tokenIn(hash: string): string | null {
  const [, text] = /^#token=(.+)$/.exec(hash) ?? [];
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
