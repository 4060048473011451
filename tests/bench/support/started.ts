/** Processes that benches have started and that may still run: an interrupted bench must not leave them behind, asking another's meter. */
const started = new Set<number>();

/** To be called for each process as it starts. */
export function remember(pid: number): void {
  started.add(pid);
}

/** To be called once it has ended. */
export function forget(pid: number): void {
  started.delete(pid);
}

/** Ends them all. */
export function endStarted(): void {
  for (const pid of started) {
    try {
      Deno.kill(pid, "SIGTERM");
    } catch {
      // It has ended by itself.
    }
  }
}
