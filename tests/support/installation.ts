import { dirname } from "node:path";
import { runTool, type ToolResult } from "./run_tool.ts";
import { UnitFile } from "./unit_file.ts";

/** The project's folder. */
export const PROJECT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

/** The folders of an installation, as its units name them. */
const FOLDERS = /(?<!\w)\/(?=(usr\/local\/lib|var\/lib|var\/cache|run|etc)\/mcce\b)/g;

/** An installation in a throw-away folder. */
export class Installation implements AsyncDisposable {
  readonly root = Deno.makeTempDirSync({ prefix: "mcce-installed-" });
  readonly #denoDir = denoDir();

  /** Runs the installer of `sources`, by default this project's. */
  async install(words: readonly string[] = [], sources = PROJECT): Promise<ToolResult> {
    return await this.installBy(
      `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
      words,
      sources,
    );
  }

  /** The same where only the programs of `path` are there. */
  async installBy(
    path: string,
    words: readonly string[] = [],
    sources = PROJECT,
  ): Promise<ToolResult> {
    const env = { DESTDIR: this.root, DENO_DIR: await this.#denoDir, PATH: path };
    return await runTool("/bin/bash", [`${sources}/deploy/install.sh`, ...words], { env });
  }

  /** An installed unit. */
  unit(name: string): UnitFile {
    return new UnitFile(this.moved(this.text(`etc/systemd/system/${name}`)));
  }

  text(path: string): string {
    return Deno.readTextFileSync(`${this.root}/${path}`);
  }

  has(path: string): boolean {
    try {
      Deno.lstatSync(`${this.root}/${path}`);
      return true;
    } catch {
      return false;
    }
  }

  /** A text with the folders that it names below this one. */
  moved(text: string): string {
    return text.replaceAll(FOLDERS, `${this.root}/`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

/** Where this Deno keeps what it has fetched, so that an installation need not do so again. */
async function denoDir(): Promise<string> {
  const { text } = await runTool(Deno.execPath(), ["info", "--json"], { cwd: "/" });
  return JSON.parse(text).denoDir;
}
