import assert, { match } from "node:assert/strict";
import "./support/libc_loaded.ts";
import { bootMs, cString, libc, readFile, readText, SystemError, unwrap } from "../lib/libc.ts";

Deno.test("a failed call gives an error with the number and the name of its errno", () => {
  assert.throws(() => readText("/nowhere/at all"), (error) => {
    assert(error instanceof SystemError);
    assert.equal(error.errno, 2);
    assert.equal(error.code, "ENOENT");
    match(error.message, /open \/nowhere\/at all: ENOENT/);
    return true;
  });
});

Deno.test("errno belongs to the call just made, not to an earlier one", () => {
  const missing = () => unwrap(libc().open(cString("/nowhere"), 0, 0), "open");
  const unknown = () => unwrap(libc().close(-1), "close");
  for (let i = 0; i < 1000; i++) {
    assert.throws(missing, { code: "ENOENT" });
    assert.throws(unknown, { code: "EBADF" });
  }
});

Deno.test("a result that is not negative is passed on as a number", () => {
  assert.equal(unwrap(0, "x"), 0);
  assert.equal(unwrap(7n, "x"), 7);
});

Deno.test("a file of /proc is read whole, however long", () => {
  match(readText("/proc/sys/kernel/random/boot_id"), /^[0-9a-f-]{36}\n$/);
  match(readText("/proc/self/stat"), new RegExp(`^${Deno.pid} `));
  const status = readText("/proc/self/status");
  match(status, /^Name:/);
  assert(status.endsWith("\n"));
});

Deno.test("a file longer than the first buffer arrives as it is, and so does an empty one", async () => {
  const path = await Deno.makeTempFile();
  try {
    const bytes = crypto.getRandomValues(new Uint8Array(50_000));
    await Deno.writeFile(path, bytes);
    assert.deepEqual(readFile(path), bytes);
    await Deno.writeFile(path, new Uint8Array());
    assert.equal(readFile(path).length, 0);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a directory cannot be read as a file and says so", () => {
  assert.throws(() => readFile("/proc"), { code: "EISDIR" });
});

Deno.test("the time since the start of the machine agrees with the kernel's and never goes back", () => {
  const [uptimeS] = readText("/proc/uptime").split(" ");
  const first = bootMs();
  assert(Math.abs(first - Number(uptimeS) * 1000) < 5000, `${first} against ${uptimeS} s`);
  let last = first;
  for (let i = 0; i < 1000; i++) {
    const now = bootMs();
    assert(now >= last);
    last = now;
  }
  assert(last > first);
});

/** What a program of its own is told that wants the C library, as `Deno.build` says of the machine. */
async function refusal(build: Partial<typeof Deno.build>, ...permissions: string[]) {
  const code = `
    Object.defineProperty(Deno, "build", { value: ${JSON.stringify({ ...Deno.build, ...build })} });
    const { libc } = await import("${new URL("../lib/libc.ts", import.meta.url)}");
    try { libc(); } catch (error) { console.log(error.name + ": " + error.message); }`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...permissions,
      `data:text/javascript,${encodeURIComponent(code)}`,
    ],
  }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test("where the C library cannot be had the user is told why in a sentence", async () => {
  match(await refusal({}), /^UserError: .*--allow-ffi=\/lib\/\S+\/libc\.so\.6.*\.\n$/);
  match(
    await refusal({ os: "darwin" }, "--allow-ffi"),
    /^UserError: .* 64-bit Linux .* darwin on /,
  );
  const arch = Deno.build.arch === "x86_64" ? "aarch64" : "x86_64";
  match(await refusal({ arch }, "--allow-ffi"), /^UserError: .* at \/lib\/.*needs .* glibc\.\n$/);
});
