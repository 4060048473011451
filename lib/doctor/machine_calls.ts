import { openLibc } from "../libc.ts";

const SYMBOLS = {
  statx: { parameters: ["i32", "buffer", "i32", "u32", "buffer"], result: "i32" },
  access: { parameters: ["buffer", "i32"], result: "i32" },
  realpath: { parameters: ["buffer", "buffer"], result: "pointer" },
  readlink: { parameters: ["buffer", "buffer", "usize"], result: "isize" },
  getuid: { parameters: [], result: "u32" },
  getegid: { parameters: [], result: "u32" },
  getgroups: { parameters: ["i32", "buffer"], result: "i32" },
  adjtimex: { parameters: ["buffer"], result: "i32" },
} as const;

let opened: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"] | undefined;

/**
 * Functions of the C library that look at the machine and change nothing: Deno's own want `--allow-sys`, and refuse /dev,
 * /proc and /sys. Throws UserError without permission.
 */
export function machineCalls(): NonNullable<typeof opened> {
  return opened ??= openLibc(SYMBOLS);
}
