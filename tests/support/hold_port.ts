// Has the tty that its first argument names open until its standard input ends, and locked if "locked" follows; prints "held" once it does.
import { C, cString, libc, unwrap } from "../../lib/libc.ts";

const [path, how] = Deno.args;
const fd = unwrap(libc().open(cString(path!), C.O_RDWR | C.O_NOCTTY | C.O_NONBLOCK, 0), path!);
if (how === "locked") unwrap(libc().flock(fd, C.LOCK_EX | C.LOCK_NB), "flock");
console.log("held");
await Deno.stdin.readable.pipeTo(new WritableStream());
