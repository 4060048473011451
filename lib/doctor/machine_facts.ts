import { LIBC_PATH, readText } from "../libc.ts";
import type { MemoryFacts, PermissionFacts } from "./machine.ts";
import { memoryBytes } from "./proc_text.ts";

/** Which permissions this process has, without asking for any. */
export async function readPermissions(): Promise<PermissionFacts> {
  const names = ["read", "write", "net", "env", "run", "sys"] as const;
  const states = await Promise.all(names.map((name) => Deno.permissions.query({ name })));
  const granted = names.map((name, i) => [name, states[i]?.state === "granted"] as const);
  const ffi = await Deno.permissions.query({ name: "ffi", path: LIBC_PATH ?? "" });
  return { ...Object.fromEntries(granted), ffi: ffi.state === "granted" };
}

/** `null` where the kernel does not tell. Throws SystemError. */
export function readMemory(): MemoryFacts | null {
  const text = readText("/proc/meminfo");
  const [total, available] = ["MemTotal", "MemAvailable"].map((name) => memoryBytes(text, name));
  return total && available ? { total, available } : null;
}
