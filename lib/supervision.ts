import type { Clock } from "./clock.ts";
import type { MeterStatus } from "./meter/status.ts";

/** What the service tells the program that watches it. */
export interface Supervision {
  /** The port is served, and the loop is about to turn. */
  ready(): void;
  /** The loop has turned: asked the meter, or tried in vain to open its port. */
  turned(meter: MeterStatus): void;
  /** The service has begun to end. */
  stopping(): void;
}

/** Where signs of life go, and how often they are expected. */
export interface SupervisionOptions {
  readonly clock: Pick<Clock, "monoMs">;
  /** Takes lines of `NAME=value`, as sd_notify(3) lists them. */
  readonly notify: (lines: string) => void;
  /** The unit's patience with a loop that does not turn; 0: endless. */
  readonly watchdogMs: number;
  readonly sampleSeconds: number;
}

/** A loop that asks seldom turns seldom: this many of its turns may be awaited. */
const PATIENCE_TURNS = 3;

/** Signs of life for systemd: sent by the loop's own turns and by no timer, so that none comes when it stands still. */
export function superviseLoop(options: SupervisionOptions): Supervision {
  const { notify, watchdogMs, sampleSeconds, clock } = options;
  const patienceMs = Math.max(watchdogMs, PATIENCE_TURNS * 1000 * sampleSeconds);
  let fedMs = -Infinity;
  return {
    ready() {
      const watchdog = watchdogMs > 0 ? `\nWATCHDOG_USEC=${Math.round(1000 * patienceMs)}` : "";
      notify(`READY=1${watchdog}`);
    },
    turned({ state, good, wrong, missed, zero }) {
      // systemd wakes for each.
      if (clock.monoMs() - fedMs < patienceMs / (2 * PATIENCE_TURNS)) return;
      fedMs = clock.monoMs();
      const replies = `${good} good, ${wrong} wrong, ${missed} missed, ${zero} zero replies`;
      notify(`${watchdogMs > 0 ? "WATCHDOG=1\n" : ""}STATUS=meter ${state}; ${replies}`);
    },
    stopping: () => notify("STOPPING=1"),
  };
}

/** For a service that nothing watches. */
export const unsupervised: Supervision = { ready() {}, turned() {}, stopping() {} };
