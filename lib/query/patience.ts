import { YearFileError } from "../store/year_error.ts";

const RETRY_MS = 20;
/** A commit of another process takes as long as its disk. */
const TRIES = 100;

/** Does `work` again while another process keeps a yearly file locked, and lets everything else go on meanwhile. */
export async function patiently<Result>(work: () => Result): Promise<Awaited<Result>> {
  for (let tries = 1;; tries++) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof YearFileError && error.problem === "busy";
      if (!isBusy || tries === TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
