import assert from "node:assert/strict";
import { killDigests, oldHouse } from "./support/digest_faults.ts";
import { runBesideService } from "./support/two_writers.ts";

Deno.test("kill -9 at random moments of a digest: after the next run every day is stored, once and whole", async () => {
  await using house = oldHouse();
  const { readings } = await killDigests(house, 6);
  assert.equal(readings, 14 * 4_320);
});

Deno.test("a service that flushes and digests; digest, import and backup in other processes: nothing is lost, nothing is there twice", async () => {
  await using house = oldHouse();
  const { readings } = await runBesideService(house, 4);
  // From 13:00 on the last of December in Rome: over the turn of the year.
  assert.ok(readings > 660, `${readings} readings`);
});
