import { ok } from "node:assert/strict";
import { nextTurn } from "../lib/turn.ts";

/** Works in parts until `isDone`; gives their number. */
async function workUntil(isDone: () => boolean): Promise<number> {
  let turns = 0;
  for (; !isDone() && turns < 500; turns++) {
    const startMs = performance.now();
    while (performance.now() - startMs < 2);
    await nextTurn();
  }
  return turns;
}

Deno.test("input is seen between the parts of long work, not only after many of them", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  let answered = false;
  const server = listener.accept().then(async (connection) => {
    await connection.read(new Uint8Array(1));
    await connection.write(Uint8Array.of(1));
    connection.close();
  });
  const client = Deno.connect({ port, hostname: "127.0.0.1" }).then(async (connection) => {
    await connection.write(Uint8Array.of(1));
    await connection.read(new Uint8Array(1));
    connection.close();
    answered = true;
  });
  const turns = await workUntil(() => answered);
  await Promise.all([server, client]);
  listener.close();
  ok(turns <= 30, `an answer took ${turns} turns`);
});

Deno.test("a timer that is due comes at the next turn or soon after", async () => {
  let rang = false;
  setTimeout(() => rang = true, 0);
  const turns = await workUntil(() => rang);
  ok(turns <= 5, `it took ${turns} turns`);
});
