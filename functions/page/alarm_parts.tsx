import type { Texts } from "./texts.ts";

/** How long the buzzer may be silenced, in minutes, at a tap. */
const SILENCE_MINUTES = [5, 10, 30, 60];

/** How much is free, or how long the house may go on so; and the buzzer's silence. Its script fills it. */
export function Alarm({ texts }: { readonly texts: Texts }) {
  return (
    <section id="alarm" class="alarm" data-state="none" aria-labelledby="alarm-headline" hidden>
      <p id="alarm-headline" class="headline"></p>
      <p id="alarm-note" class="note"></p>
      <Silence texts={texts} />
    </section>
  );
}

function Silence({ texts: { alarm } }: { readonly texts: Texts }) {
  return (
    <div id="silence" class="silence" hidden>
      <form id="silence-form">
        <label for="silence-minutes">{alarm.silenceFor}</label>
        <select id="silence-minutes">
          {SILENCE_MINUTES.map((minutes) => (
            <option value={minutes} selected={minutes === 10}>{alarm.minutes(minutes)}</option>
          ))}
        </select>
        <button type="submit">{alarm.silence}</button>
      </form>
      <p id="silenced" hidden>
        <span id="silenced-text"></span>
        <button id="unsilence" type="button">{alarm.unsilence}</button>
      </p>
      <p id="silence-problem" class="problem" role="alert" hidden>{alarm.silenceFailed}</p>
    </div>
  );
}

/** What the newest cut-off taught. Its script fills it. */
export function CutOffNotice({ texts: { alarm } }: { readonly texts: Texts }) {
  return (
    <div id="cut-off" class="cut-off" hidden>
      <p id="cut-off-text"></p>
      <p id="cut-off-lesson"></p>
      <p class="ways">
        <a id="cut-off-curve" href="/history">{alarm.cutOffCurve}</a>
        <button id="cut-off-read" type="button">{alarm.cutOffRead}</button>
      </p>
    </div>
  );
}

/** What each appliance may do now; without `APPLIANCES` there is nothing to see. */
export function Appliances({ texts }: { readonly texts: Texts }) {
  return (
    <section id="appliances" class="appliances" aria-labelledby="appliances-title" hidden>
      <h2 id="appliances-title">{texts.alarm.appliances}</h2>
      <dl id="appliance-list"></dl>
    </section>
  );
}

/** The sound and the notifications of this very browser, as far as it has them. */
export function DeviceAlarm({ texts: { alarm } }: { readonly texts: Texts }) {
  return (
    <section id="device" class="device" aria-labelledby="device-title" hidden>
      <h2 id="device-title">{alarm.device}</h2>
      <button id="sound" type="button" aria-pressed="false" hidden>
        {alarm.sound}: <span id="sound-state">{alarm.soundArm}</span>
      </button>
      <button id="notify" type="button" aria-pressed="false" hidden>
        {alarm.notify}: <span id="notify-state">{alarm.notifyOff}</span>
      </button>
    </section>
  );
}
