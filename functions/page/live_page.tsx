import { Alarm, Appliances, CutOffNotice, DeviceAlarm } from "./alarm_parts.tsx";
import { Document, Header, LogOut, type PageProps, State } from "./document.tsx";
import { Figure } from "./figure.tsx";
import type { Texts } from "./texts.ts";

/** What the live page needs besides. */
export interface LivePageProps extends PageProps {
  /** A sentence with the newest reading for browsers without JavaScript. */
  readonly withoutScript: string;
}

/** The live view: power now, today's totals, the curves, and how the meter does. */
export function LivePage(props: LivePageProps) {
  const { texts, logOut } = props;
  return (
    <Document {...props} bundle="live" title="MCCE" description={texts.description}>
      <Header texts={texts} current="live">
        <State />
      </Header>
      <main>
        <section class="now" aria-labelledby="power-label">
          <Power {...props} />
          <CutOffNotice texts={texts} />
          <Appliances texts={texts} />
        </section>
        <Totals texts={texts} />
        <Figure id="hour" title={texts.lastHour} />
        <Figure id="today" title={texts.today}>
          <ul class="keys">
            <li class="key-range">{texts.range}</li>
            <li id="yesterday-key" class="key-yesterday" hidden>{texts.yesterday}</li>
          </ul>
        </Figure>
      </main>
      <footer>
        <Meter texts={texts} />
        <DeviceAlarm texts={texts} />
        <a href="/?view=wall">{texts.wallView}</a>
        <LogOut label={logOut} />
      </footer>
    </Document>
  );
}

/** The wall view: what a tablet on the kitchen wall shows, and nothing else while all is well. */
export function WallPage(props: LivePageProps) {
  const { texts } = props;
  return (
    <Document
      {...props}
      bundle="live"
      className="wall"
      title="MCCE"
      description={texts.description}
    >
      <main>
        <section class="now" aria-labelledby="power-label">
          <Power {...props} />
          <Appliances texts={texts} />
        </section>
        <dl class="totals">
          <div>
            <dt>{texts.energyToday}</dt>
            <dd>
              <span id="kwh">—</span> <span class="unit">kWh</span>
            </dd>
          </div>
        </dl>
        <Figure id="hour" title={texts.lastHour} />
      </main>
      <footer>
        <DeviceAlarm texts={texts} />
        <a href="/">{texts.fullView}</a>
      </footer>
    </Document>
  );
}

function Power({ texts, withoutScript }: LivePageProps) {
  return (
    <>
      <h1 id="power-label">{texts.powerNow}</h1>
      <p id="power" class="power" data-freshness="none">
        <span id="power-value">—</span> <span id="power-unit" class="unit"></span>
      </p>
      <p class="age">
        <time id="age"></time>
      </p>
      <Alarm texts={texts} />
      <ul id="notices" class="notices" hidden></ul>
      <noscript>
        <p class="notices">{withoutScript}</p>
      </noscript>
    </>
  );
}

function Totals({ texts }: { readonly texts: Texts }) {
  return (
    <dl class="totals">
      <div>
        <dt>{texts.energyToday}</dt>
        <dd>
          <span id="kwh">—</span> <span class="unit">kWh</span>
        </dd>
      </div>
      <div>
        <dt>{texts.highest}</dt>
        <dd>
          <span id="highest">—</span> <time id="highest-at"></time>
        </dd>
      </div>
      <div>
        <dt>{texts.lowest}</dt>
        <dd>
          <span id="lowest">—</span> <time id="lowest-at"></time>
        </dd>
      </div>
      <div id="coverage-row" hidden>
        <dt>{texts.measured}</dt>
        <dd id="coverage">—</dd>
      </div>
    </dl>
  );
}

function Meter({ texts }: { readonly texts: Texts }) {
  const { counters } = texts;
  return (
    <section class="meter" aria-labelledby="meter-title">
      <h2 id="meter-title">{texts.meter}</h2>
      <p id="meter-state">—</p>
      <div class="replies">
        <p id="replies" class="muted">{texts.replies}</p>
        <dl aria-labelledby="replies">
          {(["good", "wrong", "missed", "zero"] as const).map((name) => (
            <div>
              <dt>{counters[name]}</dt>
              <dd id={name}>—</dd>
            </div>
          ))}
        </dl>
      </div>
      <p id="last-wrong" hidden>
        <span class="muted">{texts.lastWrong}</span> <span id="last-wrong-why" lang="en"></span>
      </p>
    </section>
  );
}
