import { libc } from "../../lib/libc.ts";

// The library stays open as long as the process: opened inside a test, the resource sanitizer would call it leaked.
libc();
