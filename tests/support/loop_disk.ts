// A real disk that fails at the last moment or does not answer; making one takes root, loop devices and mkfs.
import { run, SmallDisk } from "./small_disk.ts";

/** A test that needs such a disk; where there can be none its name says so. */
export function loopTest(name: string, test: () => Promise<void>): void {
  if (canMount) Deno.test(name, test);
  else Deno.test.ignore(`${name} (not run: only root may mount a loop device)`, test);
}

/** An ext4 file system on a loop device whose sectors come from a {@linkcode SmallDisk}, so that they can run out. */
export class LoopDisk implements AsyncDisposable {
  private constructor(readonly folder: string, readonly backing: SmallDisk) {}

  static async mount(backingKiB: number): Promise<LoopDisk> {
    const backing = await SmallDisk.mount(backingKiB);
    const folder = await Deno.makeTempDir({ prefix: "mcce-loop-" });
    try {
      const image = `${backing.folder}/image`;
      await run("truncate", "-s", "8M", image);
      await run("mkfs.ext4", "-q", "-b", "4096", "-O", "^has_journal", "-E", "nodiscard", image);
      await run("mount", "-o", "loop", image, folder);
    } catch (error) {
      await Deno.remove(folder);
      await backing[Symbol.asyncDispose]();
      throw error;
    }
    return new LoopDisk(folder, backing);
  }

  /** From now on every write hangs, as on a card that no longer answers, until {@linkcode thaw}. */
  freeze(): Promise<void> {
    return run("fsfreeze", "-f", this.folder);
  }

  thaw(): Promise<void> {
    return run("fsfreeze", "-u", this.folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("umount", this.folder);
    await Deno.remove(this.folder);
    await this.backing[Symbol.asyncDispose]();
  }
}

const canMount = Deno.uid() === 0 && await LoopDisk.mount(256).then(
  (disk) => disk[Symbol.asyncDispose]().then(() => true),
  () => false,
);
