import assert from "node:assert/strict";
// @ts-types="axe-core"
import axe from "axe-core/axe.min.js";
import type { Page } from "playwright-core";

/** Fails with each rule of axe-core that the page breaks. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  // Once for a document: to load its half a megabyte takes longer than to run it.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  const broken = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
  assert.deepEqual(broken, [], what);
}
