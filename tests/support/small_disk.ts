// Real disks that are small, read-only or hung; making them takes root.

/** Whether this machine lets the tests mount: root, with the right to. */
const canMount = Deno.uid() === 0 && await mountsWork();

async function mountsWork(): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  try {
    await run("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", folder);
    await run("umount", folder);
    return true;
  } catch {
    return false;
  } finally {
    await Deno.remove(folder);
  }
}

/** A test that needs such a disk; elsewhere its name says why it does not run. */
export function diskTest(name: string, test: () => Promise<void>): void {
  if (canMount) Deno.test(name, test);
  else Deno.test.ignore(`${name} (not run: only root may mount a disk)`, test);
}

async function run(command: string, ...args: string[]): Promise<void> {
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

  resize(kiB: number): Promise<void> {
    return run("mount", "-o", `remount,size=${kiB}k`, this.folder);
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
