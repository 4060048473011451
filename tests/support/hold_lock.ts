// Holds the lock that its arguments name (a folder and a name) until its standard input ends; prints "held" once it does.
import { lockFolder } from "../../lib/store/folder_lock.ts";

const [folder, name] = Deno.args;
using _lock = await lockFolder(folder!, name!);
console.log("held");
await Deno.stdin.readable.pipeTo(new WritableStream());
