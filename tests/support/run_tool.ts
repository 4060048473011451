/** What a program printed, and how it ended. */
export interface ToolResult {
  readonly code: number;
  /** Standard output and standard error. */
  readonly text: string;
}

/** Runs a program to its end. A missing one throws a sentence that names its package of Debian. */
export async function runTool(
  name: string,
  args: readonly string[],
  options: {
    readonly debian?: string;
    readonly env?: Record<string, string>;
    readonly cwd?: string;
  } = {},
): Promise<ToolResult> {
  const { debian = name, ...rest } = options;
  try {
    const command = new Deno.Command(name, { args: [...args], stdin: "null", ...rest });
    const { code, stdout, stderr } = await command.output();
    const decoder = new TextDecoder();
    return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`${name} is missing on this machine: apt-get install ${debian}`);
  }
}
