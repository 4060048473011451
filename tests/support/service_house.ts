import { deepEqual } from "node:assert/strict";
import { houseMeter } from "../../lib/meter/simulator/house_meter.ts";
import type { SimulatedMeter } from "../../lib/meter/simulator/simulated_meter.ts";
import type { Reading } from "../../lib/reading.ts";
import { type MergedReadings, mergeReadings, parseLines } from "../../lib/store/journal_lines.ts";
import { journalPaths } from "./journal_paths.ts";
import "./libc_loaded.ts";

const lineOf = ({ at, watts }: Reading) => `${at},${watts}`;

/** A house in a temporary folder: its simulated meter and the service's environment. */
export class ServiceHouse implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "mcce-service-" });
  readonly meter: SimulatedMeter = houseMeter({ link: `${this.folder}/meter`, fast: true });
  readonly env = {
    SERIAL_PORT: `${this.folder}/meter`,
    SAMPLE_SECONDS: "1",
    JOURNAL_DIR: `${this.folder}/journal`,
    RUNTIME_DIRECTORY: `${this.folder}/run`,
    DATABASE_URL: `${this.folder}/years/mcce`,
  };

  /**
   * The readings of the journal's day files in the order of their times. A time that is there twice counts once, as a kill
   * between two steps of a flush leaves it; `conflicts` counts those that came with other watts.
   */
  journal(): MergedReadings {
    return mergeReadings(
      journalPaths(this.env.JOURNAL_DIR).flatMap((path) => {
        const { readings, bad } = parseLines(Deno.readFileSync(path));
        deepEqual(bad, [], path);
        return readings;
      }),
    );
  }

  /** Those of `told` that the journal has not. */
  missing(told: readonly Reading[]): string[] {
    const kept = new Set(this.journal().readings.map(lineOf));
    return told.map(lineOf).filter((line) => !kept.has(line));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.meter.unplug();
    await Deno.remove(this.folder, { recursive: true });
  }
}
