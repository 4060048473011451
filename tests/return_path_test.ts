import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { returnPath } from "../lib/access/return_path.ts";

Deno.test("a path of this host comes back with its query and fragment", () => {
  for (const path of ["/", "/?view=wall", "/history?from=2026-11-01#day", "/a%2Fb"]) {
    equal(returnPath(path), path);
  }
});

Deno.test("what leads to another host, by whatever spelling, becomes the first page", () => {
  for (
    const wanted of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "/.//evil.example",
      "/x/..//evil.example",
      "/%2e//evil.example",
      " //evil.example",
      "///evil.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "http:///evil.example",
      "http://",
    ]
  ) {
    equal(returnPath(wanted), "/", JSON.stringify(wanted));
  }
});

Deno.test("whatever is wanted, a browser that follows the answer stays on this host", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "/",
      "\\",
      "//",
      ".",
      "..",
      "%2f",
      "%5c",
      "@",
      ":",
      "?",
      "#",
      "\t",
      "\n",
      "evil.example",
      "http:",
    ),
    fc.string({ maxLength: 4 }),
  );
  const wanted = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(wanted, (wanted) => {
      const path = returnPath(wanted);
      ok(/^\/(?!\/)[\x21-\x7e]*$/.test(path), path);
      equal(new URL(path, "https://mcce.example").origin, "https://mcce.example");
    }),
    { numRuns: 2000 },
  );
});
