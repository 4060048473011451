import { deepEqual, equal } from "node:assert/strict";
import { Failures, networkOf } from "../lib/access/failures.ts";

const MINUTE_MS = 60_000;

Deno.test("the eleventh wrong token within a quarter of an hour has to wait for its end", () => {
  const failures = new Failures();
  for (let i = 0; i < 10; i++) equal(failures.add("192.168.1.7", i * MINUTE_MS), null);
  equal(failures.add("192.168.1.7", 10 * MINUTE_MS), 300);
  equal(failures.add("192.168.1.7", 14.5 * MINUTE_MS), 30);
  equal(failures.add("192.168.1.8", 14.5 * MINUTE_MS), null, "another address does not wait");
  equal(failures.add("192.168.1.7", 15 * MINUTE_MS), null, "then it begins anew");
});

Deno.test("a guesser with many IPv6 addresses of one network is one guesser", () => {
  const failures = new Failures();
  const waits = Array.from(
    { length: 12 },
    (_, i) => failures.add(`2001:db8:0:7::${i.toString(16)}`, 0),
  );
  deepEqual(waits, [...Array.from({ length: 10 }, () => null), 900, 900]);
});

Deno.test("an address is told by its network however it is written", () => {
  equal(networkOf("::ffff:10.0.0.1"), "10.0.0.1");
  equal(networkOf("10.0.0.1"), "10.0.0.1");
  equal(networkOf("::1"), "0:0:0:0::/64");
  equal(networkOf("2001:db8:0:7:1:2:3:4"), "2001:db8:0:7::/64");
  equal(networkOf("2001:DB8:0:7::4"), "2001:db8:0:7::/64");
  equal(networkOf("fe80::1%eth0"), "fe80:0:0:0::/64");
});

Deno.test("a thousand addresses are remembered and no more: the oldest goes", () => {
  const failures = new Failures();
  const fail = (address: string, times = 1) =>
    Array.from({ length: times }, () => failures.add(address, 0)).at(-1);
  equal(fail("10.0.0.1", 11), 900);
  equal(fail("10.0.0.2", 11), 900);
  const others = (from: number, to: number) => {
    for (let i = from; i < to; i++) fail(`10.1.${i >> 8}.${i & 255}`);
  };
  others(0, 998);
  equal(fail("10.0.0.2"), 900, "still known, and the newest again");
  others(998, 999);
  equal(fail("10.0.0.1"), null, "forgotten");
  equal(fail("10.0.0.2"), 900);
});
