const UNPACK = `
import struct, zlib

def varints(data, count=None):
    values, at = [], 0
    while at < len(data) if count is None else len(values) < count:
        n = shift = 0
        while True:
            byte = data[at]; at += 1
            n |= (byte & 127) << shift; shift += 7
            if byte < 128: break
        values.append(n // 2 if n % 2 == 0 else -(n + 1) // 2)
    return values, at

def unpack(data):
    assert struct.unpack('<I', data[-4:])[0] == zlib.crc32(data[:-4]) and data[0] == 1
    (count, unit, step, slot, size), at = varints(data[1:-4], 5)
    columns = data[1 + at:-4]
    residuals, _ = varints(zlib.decompress(columns[:size], -15))
    differences, _ = varints(zlib.decompress(columns[size:], -15))
    times, late = [slot] if count else [], 0
    for residual in residuals:
        times.append(slot + step + residual)
        slot += step * (1 + (2 * residual + step) // (2 * step))
        late += times[-1] - slot
        shift = int(late / 8)
        slot += shift
        late -= 8 * shift
    readings, watts = [], 0
    for time, difference in zip(times, differences):
        watts += difference
        readings.append((time * unit, watts))
    return readings  # (epoch milliseconds, watts)
`.trim();

/** What the `about` table of a yearly file tells whoever opens it without this program, by topic. */
export const ABOUT: Readonly<Record<string, string>> = {
  file: "A year of a house's electricity, by MCCE: instantaneous power from an energy meter. One " +
    "file holds a local calendar year; dates and days are those of the time zone. Times are epoch " +
    "milliseconds (UTC), power is in watts, energy in watt-hours (wh). PRAGMA user_version is the " +
    "version of the schema. In this table `since` is the first date at which a fact was seen to hold.",
  days:
    "A row a local day, which begins at start_ms and ends before end_ms. wh is its energy, exact; " +
    "mean_watts is over the covered_s seconds that readings account for: each holds until the next " +
    "one, its pack's hold_ms at the longest, and the rest is a gap. max_at_ms is when the highest power " +
    "began, readings their number, last_at_ms and last_watts the last of those that this program " +
    "measured, base_load_watts the time-weighted 5th percentile of the one-minute means, zeros left " +
    "out. f1_wh, f2_wh and f3_wh are wh by the bands of the Italian tariff (AEEG 181/06), NULL where the " +
    "values are too coarse to tell, or where the row was made before schema version 2. source is 'origin' where any of it was taken over from the program " +
    "before this one: times are approximate then, and what covered_s counts was perhaps not " +
    "measured. A day without readings has no row.",
  history: "A row for each piece of a day, counted from its start in real time; local time is " +
    "start_ms / 1000 + utc_offset_s. Pieces without any reading have no row. six_hourly is the same in " +
    "pieces of six hours. The energy of a row is mean_watts * covered_s / 3600 Wh.",
  packs:
    "Every reading of a day, packed; see `unpack`, a program in Python. Layout: a byte of version (1); " +
    "five numbers: how many readings, milliseconds a unit of time, the grid's step and the first time in " +
    "units, bytes of the first column; two columns; CRC-32 of all before, 4 bytes, low first. A number is a " +
    "zigzag varint; a column is raw deflate of such. The first column tells how far each time but the first " +
    "lies from where the grid expects it, the second the differences of watts, the first from 0.",
  episodes:
    "The times at which the house spent its contract's limits, a row each, cut at midnight: computed from the " +
    "day's measured readings, with what the evening before had spent. limits are those that held, watts:time; " +
    "seconds_left is the least time that was left of the nearest tier (tier_watts), an estimate, since how the grid's " +
    "meter counts is not published; seconds_above is the time during which a tier was being spent, wh_above_cap the " +
    "energy beyond the last tier's watts. Days of source 'origin' alone have none.",
  cut_offs:
    "Probable cut-offs by the grid's meter: readings ceased at at_ms while a tier was being spent, and came back " +
    "with a start of the machine ('boot') or when the meter answered again ('meter'). Power had been at or above " +
    "tier_watts for seconds_above; suggested_limits would have foreseen it where the limits that held did not.",
  unpack: UNPACK,
  views:
    'The view "avg" and the views named by date serve pwrApp, which calls mean power "Wh": their column ' +
    '"Wh" is mean power in watts, "index" is local time; "day_rows" is what they are made from.',
};
