import { deepEqual, ok } from "node:assert/strict";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { OverloadedHouse } from "./support/overloaded_house.ts";
import { rawHttp } from "./support/raw_http.ts";
import { Service } from "./support/service.ts";

const TOKEN = "SECRET-of-the-house-itself";

/** What people and programs do with the token, right and wrong. */
const REQUESTS = [
  `GET /?token=${TOKEN} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /login?next=/${TOKEN} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /live/now HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
  `GET /live/now HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}-wrong\r\n\r\n`,
  `POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 32\r\n\r\ntoken=${TOKEN}`,
  `GET /${TOKEN} HTTP/9\r\nHost: ${TOKEN}\r\n\r\n`,
];

Deno.test("no secret ever stands in the log, whoever cannot be reached and whoever knocks", async () => {
  await using house = new OverloadedHouse();
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr;
  closed.close();
  const secretly = (scheme: string) => `${scheme}://SECRET:SECRET@127.0.0.1:${port}/SECRET?SECRET`;
  await using service = await Service.start({
    ...house.env,
    ACCESS_TOKEN: TOKEN,
    NOTIFY_URL: secretly("http"),
    HEARTBEAT_URL: secretly("http"),
    MQTT_URL: `mqtt://SECRET:SECRET@127.0.0.1:1`,
    LOG_LEVEL: "debug",
  });
  house.draw(9_000);
  for (const request of REQUESTS) {
    await rawHttp(Number(new URL(service.url).port), [request], 300);
  }
  const says = (words: RegExp) => service.lines.some((line) => words.test(line));
  await eventually("the knocking", () => says(/a wrong access token came from 127\.0\.0\.1/));
  await eventually("the broker", () => says(/MQTT/));
  await eventually("the notification", () => says(/NOTIFY_URL/), 15_000);
  ok((await service.end("SIGTERM")).success);
  deepEqual(service.lines.filter((line) => line.includes("SECRET")), []);
  deepEqual(service.lines.filter((line) => !/^\S+Z (debug|info|warn|error) \S/.test(line)), []);
});
