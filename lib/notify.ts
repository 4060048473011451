import type { Tier } from "./alarm/tiers.ts";
import type { AlarmStatus } from "./live/wire.ts";
import { damp, type Damping, UNTOLD } from "./notify/damping.ts";
import type { NotifyEvent } from "./notify/event.ts";
import { messageOf, type Reader } from "./notify/message.ts";
import { Outbox, type OutboxOptions } from "./notify/outbox.ts";

/** What the notifier needs from outside. */
export type NotifierOptions = OutboxOptions & Reader;

/** Tells a person by `NOTIFY_URL` what is worth their attention. Nothing here is waited for, and nothing throws. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #outbox: Outbox;
  #damping: Damping = UNTOLD;
  /** The tier that was told last: an all-clear names it. */
  #tierWatts: number | null = null;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options);
  }

  /** Messages that were never taken. */
  get dropped(): number {
    return this.#outbox.dropped;
  }

  /**
   * Takes the alarm as it is now: after each reading, and every 15 s between them. A change is told when it is worth it.
   *
   * @param tier whose time runs down, `null` when none is being spent
   * @param watts the newest reading's, `null` when none holds
   */
  alarm(alarm: AlarmStatus, tier: Tier | null, watts: number | null): void {
    const { nowMs, monoMs } = this.#options.clock;
    const before = this.#damping.told;
    const { damping, isToTell } = damp(this.#damping, alarm.state, watts !== null, monoMs());
    this.#damping = damping;
    if (!isToTell || watts === null) return;
    this.#tierWatts = tier?.watts ?? this.#tierWatts;
    const said = { ...alarm, before, watts, tierWatts: this.#tierWatts };
    this.tell({ kind: "alarm", at: nowMs(), ...said });
  }

  /** Tells an event; whoever calls sees to it that it is told once. */
  tell(event: NotifyEvent): void {
    this.#outbox.put({ event, message: messageOf(event, this.#options) });
  }

  /** Sends what waits until `signal` aborts. */
  close(signal: AbortSignal): Promise<void> {
    return this.#outbox.close(signal);
  }
}
