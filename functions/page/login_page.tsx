import { Brand, Head, LogOut } from "./document.tsx";
import type { LoginTexts } from "./login_texts.ts";

/** Nobody is logged in yet; with a wrong token; with one too many; somebody is; nobody needs to be. */
export type LoginState = "out" | "wrong" | "many" | "in" | "open";

interface LoginPageProps {
  readonly language: string;
  readonly texts: LoginTexts;
  readonly asset: (name: string) => string;
  /** The path to go to afterwards. */
  readonly next: string;
  readonly state: LoginState;
}

/** The log-in: one field and one button, which need no script. */
export function LoginPage({ language, texts, asset, next, state }: LoginPageProps) {
  return (
    <html lang={language}>
      <Head title={`${texts.title} · MCCE`} description={texts.why} asset={asset} bundle="login" />
      <body class="login">
        <header class="site">
          <Brand />
        </header>
        <main>
          <h1>{texts.title}</h1>
          {state === "in" || state === "open"
            ? <Through texts={texts} next={next} state={state} />
            : null}
          {state === "open" ? null : <LoginForm texts={texts} next={next} state={state} />}
        </main>
      </body>
    </html>
  );
}

function LoginForm({ texts, next, state }: Pick<LoginPageProps, "texts" | "next" | "state">) {
  const isRefused = state === "wrong" || state === "many";
  return (
    <form id="login" method="post" action="/login" hidden={state === "in"}>
      <p>{texts.why}</p>
      <input type="hidden" name="next" value={next} />
      {/* Keepers of passwords want a name beside it. */}
      <input type="text" name="username" value="mcce" autocomplete="username" hidden />
      <label for="token">{texts.token}</label>
      <input
        id="token"
        name="token"
        type="password"
        autocomplete="current-password"
        autocapitalize="none"
        spellcheck={false}
        required
        autofocus
        aria-describedby={isRefused ? "refusal where" : "where"}
        aria-invalid={isRefused ? "true" : undefined}
      />
      {isRefused ? <p id="refusal" class="refusal" role="alert">{texts[state]}</p> : null}
      <p id="where" class="muted">{texts.where}</p>
      <button type="submit">{texts.submit}</button>
    </form>
  );
}

function Through({ texts, next, state }: Pick<LoginPageProps, "texts" | "next" | "state">) {
  return (
    <div class="through">
      <p>
        {state === "in" ? texts.isIn : texts.isOpen} <a href={next}>{texts.goOn}</a>
      </p>
      <LogOut label={state === "in" ? texts.logOut : null} />
    </div>
  );
}
