import assert from "node:assert/strict";
import { parse } from "acorn";

const DIST = new URL("../functions/page/dist/", import.meta.url);
/** All pages' bundles. */
const read = (name: string) => Deno.readTextFileSync(new URL(name, DIST));
const NAMES = ["live.js", "notice_worker.js", "history.js", "history_day.js", "login.js"];
const scripts = NAMES.map(read);
const js = scripts.join("\n");
const css = ["live.css", "history.css", "login.css"].map(read).join("\n");

Deno.test("the bundles are modules of ECMAScript 2021, which browsers of late 2021 run", () => {
  for (const script of scripts) {
    assert.ok(parse(script, { ecmaVersion: 2021, sourceType: "module" }).body.length > 0);
  }
});

Deno.test("the bundles call nothing that browsers of late 2021 lack", () => {
  const tooNew = [
    /\.at\(-?\w+\)/,
    /\.findLast(?:Index)?\(/,
    /Object\.(?:hasOwn|groupBy)\b/,
    /\bstructuredClone\(/,
    /\.to(?:Sorted|Reversed|Spliced)\(/,
    /\bAbortSignal\.(?:timeout|any)\b/,
    /\bTemporal\./,
    /\bPromise\.withResolvers\b/,
    /\bscheduler\./,
    /\bnavigator\.userAgentData\b/,
  ];
  assert.deepEqual(tooNew.filter((pattern) => pattern.test(js)).map(String), []);
});

Deno.test("the bundles build no HTML from text and evaluate none", () => {
  for (
    const danger of ["innerHTML=", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
  ) {
    assert.equal(js.includes(danger), false, danger);
  }
});

Deno.test("the style sheets use nothing that browsers of late 2021 lack", () => {
  const tooNew = [
    /:has\(/,
    /@container|container-type/,
    /@layer|@scope|@property|@starting-style/,
    /light-dark\(|color-mix\(|oklch\(|oklab\(|lch\(|lab\(/,
    /\d(?:[dsl]v[hwib]|dvmin|dvmax|cq[whib])\b/,
    /(?:^|[{;}])\s*&/,
    /@media[^{]*[<>]=?/,
    /text-wrap:|field-sizing:|interpolate-size:/,
    /\b(?:rotate|scale|translate):/,
  ];
  assert.deepEqual(tooNew.filter((pattern) => pattern.test(css)).map(String), []);
  assert.equal(nesting(css), false, "a rule within a rule");
});

Deno.test("the style sheets ask no other host for anything", () => {
  assert.doesNotMatch(css, /url\(|@import/);
  assert.doesNotMatch(js, /https?:\/\/(?!www\.w3\.org\/)/);
});

/** Whether a style rule stands within another; at-rules may hold rules. */
function nesting(text: string): boolean {
  const open: ("at" | "rule")[] = [];
  for (const [, prelude = "", brace] of text.matchAll(/([^{};]*)([{}])/g)) {
    if (brace === "}") open.pop();
    else {
      if (open.includes("rule")) return true;
      open.push(prelude.trim().startsWith("@") ? "at" : "rule");
    }
  }
  return false;
}
