import type { Page } from "playwright-core";

/** What hears the page's loudspeaker: ears each of which is as late as the one before it reaches back. */
interface Hearing {
  readonly ears: readonly AnalyserNode[];
  /** By the sound's own clock; what was before does not count. */
  since: number;
}

/** Lets a test listen to the last six seconds of what the page's loudspeaker is given: a busy machine looks late at a short beep. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
    Object.assign(AudioNode.prototype, {
      connect(this: AudioNode, to: AudioNode | AudioParam) {
        if (to instanceof AudioDestinationNode) {
          const { context } = this;
          const fftSize = 32_768;
          const ears = Array.from({ length: 8 }, (_, i) => {
            const delayTime = i * fftSize / context.sampleRate;
            const delay = new DelayNode(context, { delayTime, maxDelayTime: delayTime + 1 });
            connect.call(this, delay);
            return connect.call(delay, new AnalyserNode(context, { fftSize }));
          });
          Object.assign(globalThis, { hearing: { ears, since: 0 } });
        }
        return connect.call(this, to as AudioNode);
      },
    });
  });
}

/**
 * Seconds from the first to the last moment that was louder than `least` (0 to 1) since what does not count, or in the last
 * `lastS` seconds; 0: none was.
 */
export function heardS(page: Page, least: number, lastS = Infinity): Promise<number> {
  return page.evaluate(([least, lastS]) => {
    const { hearing } = globalThis as unknown as { hearing?: Hearing };
    let [firstAt, lastAt] = [Infinity, -Infinity];
    hearing?.ears.forEach((ear, i) => {
      const { currentTime, sampleRate } = ear.context;
      const samples = new Float32Array(ear.fftSize);
      ear.getFloatTimeDomainData(samples);
      samples.forEach((sample, k) => {
        const at = currentTime - (i * samples.length + samples.length - 1 - k) / sampleRate;
        const counts = at >= Math.max(hearing.since, currentTime - lastS);
        if (!counts || Math.abs(sample) <= least) return;
        firstAt = Math.min(firstAt, at);
        lastAt = Math.max(lastAt, at);
      });
    });
    return Math.max(0, lastAt - firstAt);
  }, [least, lastS] as const);
}

/** What has sounded so far does not count any more. */
export async function listenAnew(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { hearing } = globalThis as unknown as { hearing?: Hearing };
    if (hearing) hearing.since = hearing.ears[0]!.context.currentTime;
  });
}

/** Whether there was a sound; it does not count any more then. */
export async function isLoud(page: Page): Promise<boolean> {
  const isHeard = await heardS(page, 0.1) > 0;
  if (isHeard) await listenAnew(page);
  return isHeard;
}

/** Whether there was none for half a second; what was before does not count any more then. */
export async function isQuiet(page: Page): Promise<boolean> {
  const isHeard = await heardS(page, 0.01, 0.5) > 0;
  if (!isHeard) await listenAnew(page);
  return !isHeard;
}
