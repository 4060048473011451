/** A process, as a person knows it. */
export interface Program {
  readonly pid: number;
  /** Of its program and script: `ser2net`, `python3 mcce.py`. */
  readonly name: string;
  /** Of systemd, such as `mcce.service`; `null` for what a person started. */
  readonly unit: string | null;
}

/** `python3 mcce.py (pid 77)`. */
export function shown({ name, pid }: Program): string {
  return `${name} (pid ${pid})`;
}

/** How to end it, so that it stays away. */
export function ending({ unit, pid }: Program): string {
  return unit ? `sudo systemctl disable --now ${unit}` : `sudo kill ${pid}`;
}
