import assert from "node:assert/strict";
import { digestBesideService, killDigests, oldHouse } from "./support/digest_faults.ts";

Deno.test("kill -9 at random moments of a digest: after the next run every day is stored, once and whole", async () => {
  await using house = oldHouse();
  const { readings } = await killDigests(house, 12);
  assert.equal(readings, 26 * 4_320);
});

Deno.test("a service that flushes and digests, and digests in other processes: nothing is lost, nothing is there twice", async () => {
  await using house = oldHouse();
  const { readings } = await digestBesideService(house, 20);
  assert.ok(readings > 1_440, `${readings} readings`);
});
