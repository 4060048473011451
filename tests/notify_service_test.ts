import { deepEqual, doesNotMatch, equal, ok } from "node:assert/strict";
import type { LiveNow } from "../lib/live/wire.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { NotifyServer } from "./support/notify_server.ts";
import { OverloadedHouse } from "./support/overloaded_house.ts";
import { Service } from "./support/service.ts";

Deno.test("an overload is notified at once, in the house's language, and no secret stands in the log", async () => {
  await using server = new NotifyServer();
  await using house = new OverloadedHouse();
  const env = { ...house.env, NOTIFY_URL: server.url, LANGUAGE: "it" };
  await using service = await Service.start(env);
  house.draw(500);
  await eventually("a reading", async () => {
    return (await service.get<LiveNow>("live/now")).watts === 500;
  });
  equal(server.received.length, 0);
  house.draw(4840);
  await eventually("the notification", () => server.received.length === 1);
  const { headers, body } = server.received[0]!;
  deepEqual([headers.get("priority"), headers.get("tags")], ["5", "rotating_light"]);
  equal(headers.get("title"), "Circa 2 min: spegni 690 W");
  equal(body["title"], "Circa 2 min: spegni 690 W");
  deepEqual([body["kind"], body["state"], body["before"], body["watts"]], [
    "alarm",
    "critical",
    "ok",
    4840,
  ]);
  equal((await service.end("SIGTERM")).code, 0);
  doesNotMatch(service.lines.join("\n"), /SECRET/);
});

Deno.test("a server that never answers holds up neither readings nor the end", async () => {
  await using server = new NotifyServer();
  const never = Promise.withResolvers<Response>();
  server.answer = () => never.promise;
  await using house = new OverloadedHouse();
  await using service = await Service.start({ ...house.env, NOTIFY_URL: server.url });
  house.draw(4840);
  await eventually("the attempt", () => server.received.length === 1);
  house.draw(700);
  await eventually("a reading", async () => {
    return (await service.get<LiveNow>("live/now")).watts === 700;
  });
  // 1 would say that the stop ran into its limit of less than 2 s.
  equal((await service.end("SIGTERM")).code, 0, service.lines.join("\n"));
  ok(service.lines.some((line) => line.includes("left unsent at the end")));
  never.resolve(new Response());
});
