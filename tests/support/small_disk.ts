// A real disk that is small or read-only; making one takes root.

/** A test that needs such a disk; where there can be none its name says so. */
export function diskTest(name: string, test: () => Promise<void>): void {
  if (canMount) Deno.test(name, test);
  else Deno.test.ignore(`${name} (not run: only root may mount a disk)`, test);
}

/** Runs a command of the system; throws what it printed when it fails. */
export async function run(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args }).output();
  if (!success) {
    throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }
}

/** A disk of a few KiB in memory. */
export class SmallDisk implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async mount(kiB: number): Promise<SmallDisk> {
    const folder = await Deno.makeTempDir({ prefix: "mcce-disk-" });
    await run("mount", "-t", "tmpfs", "-o", `size=${kiB}k`, "tmpfs", folder);
    return new SmallDisk(folder);
  }

  readOnly(is: boolean): Promise<void> {
    return run("mount", "-o", `remount,${is ? "ro" : "rw"}`, this.folder);
  }

  /** Takes all the room but `bytes`, rounded down to pages of 4 KiB. */
  async fill(bytes = 0): Promise<void> {
    const page = new Uint8Array(4096);
    using file = await Deno.open(`${this.folder}/filler`, { append: true, create: true });
    try {
      for (;;) await file.write(page);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
    const { size } = await file.stat();
    await Deno.truncate(`${this.folder}/filler`, size - Math.ceil(bytes / 4096) * 4096);
  }

  /** Gives the room back that {@linkcode fill} took. */
  free(): Promise<void> {
    return Deno.remove(`${this.folder}/filler`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("umount", this.folder);
    await Deno.remove(this.folder);
  }
}

/** Whether {@linkcode SmallDisk.mount} works here. */
export const canMount = Deno.uid() === 0 && await SmallDisk.mount(4).then(
  (disk) => disk[Symbol.asyncDispose]().then(() => true),
  () => false,
);
