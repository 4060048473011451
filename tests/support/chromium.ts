import type { Browser } from "playwright-core";

/** The headless shell first: the same engine without windows, which takes two thirds of the processor's time. */
const USUAL_PATHS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page of a test lives too briefly for its script to be optimised: without, and in fewer processes, a fifth less work. */
const BRIEF_FLAGS = ["--in-process-gpu", "--js-flags=--single-threaded,--no-opt,--no-maglev"];

/** The Chromium of this machine: the variable `CHROMIUM`, else where Debian puts it; `null` when there is none. */
export function chromiumPath(): string | null {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  return USUAL_PATHS.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  }) ?? null;
}

/** Starts headless Chromium with a new, empty profile (playwright's own, gone with the browser). */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(MISSING);
  // playwright-core looks for WSL in /proc when it is loaded, which Deno refuses short of -A; this leaves that out.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags] });
}

const MISSING =
  "no Chromium: apt-get install chromium-headless-shell, or chromium, or name one in CHROMIUM";

let shared: Browser | undefined;

/**
 * Registers the tests of a browser: `name` runs `body` with it, in contexts that are closed after it. One browser serves
 * all tests of a runtime, as its start takes a second of a core. Without a Chromium they are registered as ignored, with
 * the reason in the name; under CI (`CI=true`) they fail, so that nothing is skipped unseen.
 */
export function browserTest(
  name: string,
  body: (t: Deno.TestContext, browser: Browser) => Promise<void>,
) {
  const isMissing = chromiumPath() === null;
  Deno.test({
    name: isMissing ? `${name} (ignored: ${MISSING})` : name,
    ignore: isMissing && Deno.env.get("CI") !== "true",
    fn: async (t) => {
      if (shared === undefined) throw new Error(MISSING);
      try {
        await body(t, shared);
      } finally {
        for (const context of shared.contexts()) await context.close();
      }
    },
  });
}

/** Tries a second time, since Chromium itself dies at its start now and then (a segmentation fault in some hundred launches). */
async function launchShared(): Promise<Browser> {
  try {
    return await launchChromium(BRIEF_FLAGS);
  } catch (error) {
    console.error(`once more, since Chromium did not start: ${String(error).split("\n")[0]}`);
    return await launchChromium(BRIEF_FLAGS);
  }
}

Deno.test.beforeAll(async () => {
  if (chromiumPath() !== null) shared = await launchShared();
});

Deno.test.afterAll(() => shared?.close());
