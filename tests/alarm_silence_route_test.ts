import { deepEqual, equal, match } from "node:assert/strict";
import app from "../functions/app.ts";
import { NOW } from "./support/live_fixture.ts";
import { servicesFixture } from "./support/services_fixture.ts";

function ask(method: string, body: string | null, headers: HeadersInit = {}) {
  const asked: number[] = [];
  const { alarm } = servicesFixture();
  const silence = (minutes: number) => {
    asked.push(minutes);
    return alarm.silence(minutes);
  };
  const init = { method, body, headers: { host: "localhost", ...headers } };
  const answer = app.request(
    "/alarm/silence",
    init,
    servicesFixture({ alarm: { ...alarm, silence } }),
  );
  return { asked, answer: Promise.resolve(answer) };
}

Deno.test("the buzzer is silenced for so many minutes, and may sound again before", async () => {
  const { asked, answer } = ask("POST", '{"minutes": 10}');
  const silenced = await answer;
  equal(silenced.status, 200);
  equal(silenced.headers.get("cache-control"), "no-store");
  deepEqual(await silenced.json(), { silencedUntil: NOW + 600_000 });
  deepEqual(asked, [10]);
  const ended = ask("DELETE", null);
  deepEqual(await (await ended.answer).json(), { silencedUntil: null });
  deepEqual(ended.asked, [0]);
});

Deno.test("anything but 1 to 60 whole minutes is refused with a sentence that says what it takes", async () => {
  const bodies = ["", "10", "{}", "[]", "null", '{"minutes":"10"}', '{"minutes":0}', "{"];
  bodies.push('{"minutes":61}', '{"minutes":1.5}', '{"minutes":-1}', '{"minutes":1e9}');
  bodies.push('{"minutes":10,"seconds":3}', '{"minutes":null}');
  for (const body of bodies) {
    const { asked, answer } = ask("POST", body);
    const refused = await answer;
    equal(refused.status, 400, body);
    equal(refused.headers.get("content-type"), "application/problem+json");
    match((await refused.json()).detail, /^minutes: .* from 1 to 60$/);
    deepEqual(asked, []);
  }
});

Deno.test("a page of another site silences nothing", async () => {
  const { asked, answer } = ask("POST", '{"minutes":10}', { origin: "https://evil.example" });
  equal((await answer).status, 403);
  deepEqual(asked, []);
});
