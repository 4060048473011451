import { systemClock as clock } from "../clock.ts";
import { type DiskRoom, diskRoom } from "../disk_room.ts";
import { SystemError } from "../libc.ts";
import { metricFamilies } from "../metrics/families.ts";
import { openMetrics } from "../metrics/openmetrics.ts";
import { healthOf } from "./health_parts.ts";
import type { Parts } from "./service_parts.ts";
import project from "../../deno.json" with { type: "json" };

/** What `/metrics` tells at this moment. */
export function metricsText(parts: Parts): string {
  const { config, house, feed, journal, digests, years, startedAt } = parts;
  const { journalDir, spoolDir, databasePath } = config;
  const { kWhToday } = feed.now();
  const { ageMs } = house.meterEvidence(clock.monoMs());
  return openMetrics(metricFamilies({
    version: project.version,
    startedAt,
    watts: house.heldWatts,
    readingAgeMs: ageMs,
    kWh: house.kWh,
    kWhToday,
    meter: house.meter,
    alarm: house.alarm,
    viewers: feed.viewers,
    droppedViewers: feed.droppedViewers,
    waitingReadings: journal.status().waiting,
    flushes: journal.flushes,
    digests,
    health: healthOf(parts),
    disks: roomsOf({ journal: journalDir, spool: spoolDir, years: databasePath }),
    yearBytes: years.bytes(),
    residentBytes: Deno.memoryUsage().rss,
  }));
}

/** The room of the disks on which these paths lie, by the same names; a disk that does not tell is left out. */
export function roomsOf(paths: Readonly<Record<string, string>>): Record<string, DiskRoom> {
  const rooms = Object.entries(paths).map(([name, path]) => [name, roomOf(path)] as const);
  return Object.fromEntries(rooms.flatMap(([name, room]) => room ? [[name, room]] : []));
}

function roomOf(path: string): DiskRoom | null {
  try {
    return diskRoom(path);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return null;
  }
}
