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
    this.#slot += this.step * (1 + Math.round((at - this.due) / this.step));
    this.#lateness += at - this.#slot;
    const shift = Math.trunc(this.#lateness / PATIENCE);
    this.#slot += shift;
    this.#lateness -= shift * PATIENCE;
  }
}

/** The beat of rising times: the median of their distances, at least 1. */
export function samplingStep(times: Float64Array): number {
  const distances = times.slice(1).map((at, i) => at - times[i]!).sort();
  return distances[distances.length >> 1] ?? 1;
}

/** How far each time but the first is from where the grid expects it. */
export function toResiduals(times: Float64Array, step: number): Float64Array {
  const grid = new Grid(times[0] ?? 0, step);
  return times.slice(1).map((at) => {
    const residual = at - grid.due;
    grid.advance(at);
    return residual;
  });
}

/** The inverse of {@linkcode toResiduals}: the times after `start`. */
export function fromResiduals(residuals: Float64Array, start: number, step: number): Float64Array {
  const grid = new Grid(start, step);
  return residuals.map((residual) => {
    const at = grid.due + residual;
    grid.advance(at);
    return at;
  });
}
