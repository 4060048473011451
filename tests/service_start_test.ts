import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Service, startProgram } from "./support/service.ts";
import { ServiceHouse } from "./support/service_house.ts";

Deno.test("a second service on the same folders ends with one sentence, and the first goes on", async () => {
  await using house = new ServiceHouse();
  await using first = await Service.start(house.env);
  const second = startProgram("start", { PORT: "0", ...house.env });
  equal((await second.process.status).code, 1);
  await second.drained;
  deepEqual(second.lines.length, 1);
  match(second.lines[0]!, /Another MCCE already runs on .*journal/);
  equal((await first.end("SIGTERM")).code, 0);
});

Deno.test("bad variables end the start with a line each and status 2", async () => {
  const program = startProgram("start", { SAMPLE_SECONDS: "0", PORT: "70000", LOG_LEVEL: "loud" });
  equal((await program.process.status).code, 2);
  await program.drained;
  deepEqual(program.lines.map((line) => /^\w+/.exec(line)?.[0]).toSorted(), [
    "LOG_LEVEL",
    "PORT",
    "SAMPLE_SECONDS",
  ]);
});

Deno.test("an address that another program has ends the start with one sentence", async () => {
  await using house = new ServiceHouse();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const program = startProgram("start", { ...house.env, PORT: String(taken.addr.port) });
  equal((await program.process.status).code, 1);
  await program.drained;
  match(program.lines.join("\n"), /cannot be listened on: another program has it/);
  ok(!program.lines.some((line) => line.includes("at file:")));
});

Deno.test("words that a command does not take end it with status 2", async () => {
  const program = startProgram("start", {}, "now");
  equal((await program.process.status).code, 2);
  await program.drained;
  deepEqual(program.lines, ["now is not understood: this takes no words."]);
});
