/** How much lateness in a row moves the grid: jitter hardly does, and the shifted beat after a restart is found within minutes. */
const PATIENCE = 8;

/**
 * The grid on which readings come. The display answers a little early or late, but around a steady beat: told against
 * the grid a time costs two bits, told against the reading before it would carry two readings' jitter.
 */
class Grid {
  #slot: number;
  #lateness = 0;

  constructor(start: number, readonly step: number) {
    this.#slot = start;
  }

  /** Where the next reading is due. */
  get due(): number {
    return this.#slot + this.step;
  }

  /** Moves to the slot nearest to a reading, over a gap as well, and towards a beat that has shifted. */
  advance(at: number): void {
    if (at === this.due) {
      this.#slot = at;
      return;
    }
    this.#slot += this.step * (1 + Math.round((at - this.due) / this.step));
    this.#lateness += at - this.#slot;
    const shift = Math.trunc(this.#lateness / PATIENCE);
    this.#slot += shift;
    this.#lateness -= shift * PATIENCE;
  }
}

/** The beat of rising times: the median of their distances, or of a thousand of these; at least 1. */
export function samplingStep(times: Float64Array): number {
  const stride = Math.ceil(times.length / 1000);
  const distances: number[] = [];
  for (let i = 1; i < times.length; i += stride) distances.push(times[i]! - times[i - 1]!);
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 1;
}

/** How far each time but the first is from where the grid expects it. */
export function toResiduals(times: Float64Array, step: number): Float64Array {
  const grid = new Grid(times[0] ?? 0, step);
  const residuals = new Float64Array(Math.max(0, times.length - 1));
  for (let i = 0; i < residuals.length; i++) {
    const at = times[i + 1]!;
    residuals[i] = at - grid.due;
    grid.advance(at);
  }
  return residuals;
}

/** The inverse of {@linkcode toResiduals}: the times from `start` on. */
export function fromResiduals(residuals: Float64Array, start: number, step: number): Float64Array {
  const grid = new Grid(start, step);
  const times = new Float64Array(residuals.length + 1);
  times[0] = start;
  for (let i = 0; i < residuals.length; i++) {
    const at = grid.due + residuals[i]!;
    times[i + 1] = at;
    grid.advance(at);
  }
  return times;
}
