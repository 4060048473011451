import type { Child } from "hono/jsx";
import type { Texts } from "./texts.ts";

/** What a page needs to be rendered. */
export interface PageProps {
  readonly language: string;
  readonly texts: Texts;
  readonly version: string;
  /** The address of an asset, with its content's tag in it. */
  readonly asset: (name: string) => string;
  /** The name of the button that logs out; `null` where nobody is logged in. */
  readonly logOut: string | null;
}

/** The frame of the pages that show measurements: head, styles, script, and the region that screen readers are told from. */
export function Document(
  props: PageProps & {
    readonly bundle: Bundle;
    readonly title: string;
    readonly description: string;
    /** A module that the script will import, so that it is there by then. */
    readonly module?: string;
    readonly children?: Child;
    /** Of the body; the bundle's name unless given. */
    readonly className?: string;
  },
) {
  const { language, version, bundle, children } = props;
  return (
    <html lang={language} data-version={version}>
      <Head {...props} />
      <body class={props.className ?? bundle}>
        {children}
        <p id="spoken" class="unseen" role="status" aria-live="polite"></p>
      </body>
    </html>
  );
}

/** The script and the style sheet of a page have its name. */
export type Bundle = "live" | "history" | "docs" | "login";

/** What every page has in its head. */
export function Head({ title, description, asset, bundle, module }: HeadProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="description" content={description} />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f3f5f6" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d1316" />
      <link rel="icon" type="image/svg+xml" href={asset("icon.svg")} />
      {bundle === "login" ? null : <AppLinks asset={asset} />}
      <link rel="stylesheet" href={asset(`${bundle}.css`)} />
      {/* Run as soon as it is there: what it makes once takes a while, and the parser need not have ended. */}
      {module && <script type="module" async src={module}></script>}
      {bundle !== "docs" && <script type="module" src={asset(`${bundle}.js`)}></script>}
    </head>
  );
}

/** What lets a phone keep the page as an app. */
function AppLinks({ asset }: Pick<PageProps, "asset">) {
  return (
    <>
      <link rel="apple-touch-icon" href={asset("icon-maskable.png")} />
      {/* Without the cookie of the log-in there is no manifest where ACCESS_TOKEN is set. */}
      <link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials" />
    </>
  );
}

interface HeadProps extends Pick<PageProps, "asset"> {
  readonly title: string;
  readonly description: string;
  readonly bundle: Bundle;
  readonly module?: string;
}

/** The line on top of every page: name, pages, and what a page has to tell of itself. */
export function Header(
  { texts, current, children }: Pick<PageProps, "texts"> & {
    readonly current: Bundle;
    readonly children?: Child;
  },
) {
  const pages = [
    { bundle: "live", href: "/", name: texts.live },
    { bundle: "history", href: "/history", name: texts.history },
  ] as const;
  return (
    <header class="site">
      <Brand />
      <nav aria-label={texts.pages}>
        <ul>
          {pages.map(({ bundle, href, name }) => (
            <li>
              <a href={href} aria-current={bundle === current ? "page" : undefined}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </header>
  );
}

/** The name, which leads to the first page. */
export function Brand() {
  return (
    <a class="brand" href="/">
      <Icon />
      MCCE
    </a>
  );
}

/** What `icon.svg` shows. As an image it would be a document of its own, which takes a browser 20 ms before the first paint. */
function Icon() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b6b75" />
      <path
        d="M5 18.5h5l3-9 5.5 14 3-9.5 1.5 4.5h4"
        fill="none"
        stroke="#fff"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Ends this browser's log-in. */
export function LogOut({ label }: { readonly label: string | null }) {
  if (label === null) return null;
  return (
    <form class="log-out" method="post" action="/logout">
      <button type="submit">{label}</button>
    </form>
  );
}

/** The state in words, once the script knows it; its dot only repeats them. */
export function State() {
  return (
    <p id="state" class="state" data-tone="quiet" hidden>
      <span id="state-text"></span>
    </p>
  );
}
