import { C, libc, unwrap } from "../../lib/libc.ts";

const PATH_BYTES = 64;

/** A pseudo-terminal whose near side is left to others: unlike the simulator's, this process has it not open. */
export class BarePty implements Disposable {
  readonly path: string;
  readonly #master: number;

  constructor() {
    const flags = C.O_RDWR | C.O_NOCTTY | C.O_CLOEXEC;
    this.#master = unwrap(libc().posix_openpt(flags), "posix_openpt");
    unwrap(libc().grantpt(this.#master), "grantpt");
    unwrap(libc().unlockpt(this.#master), "unlockpt");
    const name = new Uint8Array(PATH_BYTES);
    unwrap(libc().ptsname_r(this.#master, name, BigInt(PATH_BYTES)), "ptsname_r");
    this.path = new TextDecoder().decode(name.subarray(0, name.indexOf(0)));
  }

  [Symbol.dispose](): void {
    libc().close(this.#master);
  }
}
