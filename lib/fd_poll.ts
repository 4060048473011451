import { C, libc, unwrap } from "./libc.ts";

const POLLFD_BYTES = 8;

/** Waits for a file descriptor on behalf of its owner, until the owner ends it. The descriptor itself is not its own. */
export class FdPoll {
  /** An eventfd that every wait watches too: once written to, it ends them all. */
  readonly #wake: number;
  #waits = 0;
  #ended = false;

  /** @throws SystemError when there are no descriptors left. */
  constructor(readonly fd: number) {
    this.#wake = unwrap(libc().eventfd(0, C.EFD_NONBLOCK | C.EFD_CLOEXEC), "eventfd");
  }

  /**
   * Resolves to what is ready (`POLLIN`, `POLLOUT`, and unasked `POLLERR`, `POLLHUP`, `POLLNVAL`): nothing when a signal came
   * between or the wait was ended.
   */
  async wait(events: number): Promise<number> {
    if (this.#ended) return 0;
    const fds = new DataView(new ArrayBuffer(2 * POLLFD_BYTES));
    fds.setInt32(0, this.fd, true);
    fds.setInt16(4, events, true);
    fds.setInt32(POLLFD_BYTES, this.#wake, true);
    fds.setInt16(POLLFD_BYTES + 4, C.POLLIN, true);
    this.#waits++;
    try {
      await libc().poll(fds, 2n, -1);
    } finally {
      this.#waits--;
      if (this.#ended) this.#closeUnwatched();
    }
    // Once ended, the number may already be another file's.
    return this.#ended ? 0 : fds.getInt16(6, true);
  }

  /** Ends every wait, within a fraction of a millisecond; the owner may close its descriptor straight after. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    libc().write(this.#wake, new BigUint64Array([1n]), 8n);
    this.#closeUnwatched();
  }

  #closeUnwatched(): void {
    if (this.#waits === 0) libc().close(this.#wake);
  }
}
