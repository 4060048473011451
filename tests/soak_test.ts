import { deepEqual, ok } from "node:assert/strict";
import "./support/libc_loaded.ts";
import { canMount } from "./support/small_disk.ts";
import { faultsBySeed, runSoak } from "./support/soak/soak.ts";

Deno.test("twenty seconds of noise, unplugging, kills, a full disk, viewers and clock steps: each good reply is stored once, or lost to a cause that has a name", async () => {
  const folder = await Deno.makeTempDir({ prefix: "mcce-soak-" });
  try {
    const report = await runSoak({
      folder,
      faults: [...faultsBySeed(6, 4200), "clock", "kill"],
      everyMs: 2_500,
      lastsMs: 1_200,
      seed: 4200,
      hasSmallDisk: canMount,
    });
    const { unexplained, twice, invented, goodReplies, stored } = report;
    deepEqual({ unexplained, twice, invented }, { unexplained: 0, twice: 0, invented: 0 });
    ok(goodReplies > 20 && stored > 20, JSON.stringify(report));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
