import assert from "node:assert/strict";
import { digestHealth } from "../lib/health.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";

const WALL = "2026-01-02T23:00:01Z";
const LAST = "2025-12-31";

Deno.test("a journal that cannot be read is told in a sentence that names it", async () => {
  await using house = new DigestHouse({ wall: WALL });
  Deno.writeTextFileSync(house.folders.journalDir, "");
  await assert.rejects(house.digest().run(), /journal: Not a directory/);
});

Deno.test("a failing day shows in /health after an hour, and no longer when it is done", async () => {
  await using house = new DigestHouse({ wall: WALL });
  const { clock } = house.folders;
  const startedAt = clock.wallMs;
  const digest = house.digest();
  const health = () => digestHealth({ ...digest.evidence(), startedAt, nowMs: clock.wallMs });
  assert.deepEqual(health(), {
    ok: true,
    since: startedAt,
    detail: "no day has been digested since the start",
  });
  clock.pass(5 * 3_600_000);
  house.write(LAST, evenDay(LAST));
  Deno.mkdirSync(house.yearPath(2025), { recursive: true });
  await digest.run();
  const seenAt = clock.wallMs;
  assert.equal(health().ok, true, "a journal of old that has just come is not late");
  assert.match(health().detail, /^2025-12-31 waits for its digest: .*mcce\.2025: /);
  clock.pass(3_600_000);
  await digest.run();
  assert.equal(health().ok, true);
  clock.pass(1);
  assert.deepEqual([health().ok, health().since], [false, seenAt + 3_600_000]);
  Deno.removeSync(house.yearPath(2025));
  await digest.run();
  assert.deepEqual(health(), {
    ok: true,
    since: clock.wallMs,
    detail: "the newest digested day is 2025-12-31",
  });
});

Deno.test("a named day that fails is told to whoever asked, journal or not", async () => {
  await using house = new DigestHouse({ wall: WALL });
  Deno.mkdirSync(house.yearPath(2025), { recursive: true });
  const digest = house.digest();
  const { pending, failed } = await digest.run([LAST]);
  assert.deepEqual([pending, failed.map(({ date }) => date)], [[], [LAST]]);
  assert.deepEqual((await digest.run()).failed, []);
});
