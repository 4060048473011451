import type { Child } from "hono/jsx";
import type { Texts } from "./texts.ts";

/** What a page needs to be rendered. */
export interface PageProps {
  readonly language: string;
  readonly texts: Texts;
  readonly version: string;
  /** The address of an asset, with its content's tag in it. */
  readonly asset: (name: string) => string;
  /** A sentence with the newest reading for browsers without JavaScript. */
  readonly withoutScript: string;
}

/** The frame of every page: head, styles, script, and the region that screen readers are told from. */
export function Document(
  props: PageProps & { readonly className: string; readonly children?: Child },
) {
  const { language, texts, version, asset, className, children } = props;
  return (
    <html lang={language} data-version={version}>
      <head>
        <meta charset="utf-8" />
        <title>MCCE</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={texts.description} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f3f5f6" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d1316" />
        <link rel="icon" type="image/svg+xml" href={asset("icon.svg")} />
        <link rel="stylesheet" href={asset("live.css")} />
        <script type="module" src={asset("live.js")}></script>
      </head>
      <body class={className}>
        {children}
        <p id="spoken" class="unseen" role="status" aria-live="polite"></p>
      </body>
    </html>
  );
}

/** The line on top of every page: name, pages, and the state in words. */
export function Header({ texts, asset }: Pick<PageProps, "texts" | "asset">) {
  return (
    <header class="site">
      <a class="brand" href="/">
        <img src={asset("icon.svg")} alt="" width="28" height="28" />
        MCCE
      </a>
      <nav aria-label={texts.pages}>
        <ul>
          <li>
            <a href="/" aria-current="page">{texts.live}</a>
          </li>
        </ul>
      </nav>
      <State />
    </header>
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
