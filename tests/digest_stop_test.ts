import { deepEqual, doesNotMatch, equal } from "node:assert/strict";
import { addDays, localDate } from "../lib/calendar.ts";
import { JOURNAL_LOCK } from "../lib/store/folder_lock.ts";
import { DigestHouse } from "./support/digest_house.ts";
import { OtherProcess } from "./support/other_process.ts";
import { Service } from "./support/service.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

Deno.test("a stop does not wait for a digest that waits for a backup; the day rests in the journal and has not failed", async () => {
  const wall = new Date();
  const yesterday = addDays(localDate(wall.getTime(), ROME), -1);
  await using house = new DigestHouse({
    wall: wall.toISOString(),
    env: { SERIAL_PORT: "/nowhere" },
  });
  await using service = await Service.start(house.env);
  const { journalDir } = house.folders;
  await using backup = new OtherProcess("hold_lock.ts", [journalDir, JOURNAL_LOCK]);
  await backup.firstLine();
  house.write(yesterday, localHouseDay(yesterday));
  const digest = fetch(new URL("digest", service.url), { method: "POST" })
    .then(({ body }) => body?.cancel(), () => {});
  // Until it is asked for again, the digest has begun to wait.
  await fetch(new URL("digest", service.url)).then((answer) => answer.body?.cancel());
  // 1 would say that the stop ran into its limit of less than 2 s.
  equal((await service.end("SIGTERM")).code, 0, service.lines.join("\n"));
  await digest;
  doesNotMatch(service.lines.join("\n"), /not digested|has held/);
  deepEqual(house.folders.names().filter((name) => name.endsWith(".csv")), [`${yesterday}.csv`]);
  await backup.end();
});
