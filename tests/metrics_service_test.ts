import { equal, match, ok } from "node:assert/strict";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { type Metrics, parseOpenMetrics } from "./support/openmetrics.ts";
import { OverloadedHouse } from "./support/overloaded_house.ts";
import { Service } from "./support/service.ts";

const TOKEN = "a-token-of-the-metrics-test";
const AUTHORIZED = { headers: { authorization: `Bearer ${TOKEN}` } };

async function metricsOf(service: Service): Promise<Metrics> {
  const answer = await fetch(new URL("metrics", service.url), AUTHORIZED);
  equal(answer.status, 200);
  return parseOpenMetrics(await answer.text());
}

Deno.test("a service's figures are those of its house, its disk and its viewers", async () => {
  await using house = new OverloadedHouse();
  const env = { ...house.env, ACCESS_TOKEN: TOKEN, FLUSH_SECONDS: "1" };
  await using service = await Service.start(env);
  house.draw(1234);
  const holds = async (name: string, isSo: (value: number) => boolean) =>
    await eventually(name, async () => isSo((await metricsOf(service)).get(name) ?? NaN));
  await holds("mcce_power_watts", (watts) => watts === 1234);
  await holds("mcce_energy_kwh_total", (kWh) => kWh > 0);
  await holds("mcce_flush_duration_seconds_sum", (seconds) => seconds > 0);
  equal((await metricsOf(service)).get("mcce_viewers"), 0);
  const viewer = await fetch(new URL("live", service.url), AUTHORIZED);
  await holds("mcce_viewers", (viewers) => viewers === 1);
  await viewer.body!.cancel();
  await holds("mcce_viewers", (viewers) => viewers === 0);
  const metrics = await metricsOf(service);
  const of = (name: string) => metrics.get(name) ?? NaN;
  ok(of('mcce_meter_replies_total{kind="good"}') > 0);
  ok(of('mcce_disk_free_bytes{folder="years"}') > 1e6);
  ok(of('mcce_disk_size_bytes{folder="years"}') > of('mcce_disk_free_bytes{folder="years"}'));
  ok(of("process_resident_memory_bytes") > 2e7);
  ok(Math.abs(of("process_start_time_seconds") - Date.now() / 1000) < 600);
  equal(of("mcce_flush_failures_total"), 0);
  const stranger = await fetch(new URL("metrics", service.url));
  match(await stranger.text(), /"title":"Unauthorized"/);
});
