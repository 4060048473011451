import app from "../../functions/app.ts";
import type { Services } from "../../functions/env.ts";
import { NOW } from "./live_fixture.ts";
import { house, TODAY, until } from "./query_house.ts";
import { servicesFixture } from "./services_fixture.ts";
import { localHouseDay } from "./year_fixture.ts";

/** What the route of a path answers about a house. */
export function get(path: string, query: Services["query"], headers: Record<string, string> = {}) {
  const init = { headers: { host: "localhost", ...headers } };
  return app.request(path, init, servicesFixture({ query }));
}

/** The answer about a house that has a few days of this month. */
export async function asked<T>(
  work: (get: (path: string, headers?: Record<string, string>) => Promise<Response>) => Promise<T>,
): Promise<T> {
  await using one = house();
  for (const date of ["2026-11-17", "2026-11-18"]) one.store(date, localHouseDay(date));
  one.show(until(TODAY, NOW));
  return await work(async (path, headers) => await get(path, one.query, headers));
}
