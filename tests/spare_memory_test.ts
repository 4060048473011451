import { equal } from "node:assert/strict";

Deno.test("memory that nothing uses any more goes back to the machine", async () => {
  const program = new URL("support/leave_garbage.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=test", "--v8-flags=--expose-gc", program],
    cwd: new URL("../", import.meta.url),
  });
  const { code, stdout, stderr } = await command.output();
  equal(code, 0, new TextDecoder().decode(stderr));
  equal(new TextDecoder().decode(stdout), "given back\n");
});
