#!/usr/bin/env python3
"""The rows that flight_departures.weir must give, computed in the plainest way: all rows in memory, integers only.

usage: flight_departures.py DEPARTURES.ndjson FOLDER

Writes departures_per_hour.ndjson and late_departures.ndjson into FOLDER; what it once wrote is kept beside it.
The rule, in whole microseconds:
    watermark before a row = greatest departed_at of the rows before it - disorder - 1
    a row is late when that watermark has reached the end of its window - 1 + grace
"""
import json
import sys
from collections import defaultdict
from pathlib import Path

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DISORDER = 5 * HOUR
GRACE = 30 * MINUTE
DECLARED = ["flight_id", "carrier", "origin", "dest", "scheduled_at", "departed_at", "dep_delay"]


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    folder = Path(sys.argv[2])
    windows = defaultdict(list)  # (window end, origin): delays
    late = []
    greatest = None
    for row in rows:
        if row["departed_at"] is None:
            continue  # cancelled
        time = row["departed_at"] * 1000
        end = time // HOUR * HOUR + HOUR
        if greatest is not None and greatest - DISORDER - 1 >= end - 1 + GRACE:
            late.append({name: row[name] for name in DECLARED})
        else:
            windows[end, row["origin"]].append(row["dep_delay"])
        greatest = time if greatest is None else max(greatest, time)

    with open(folder / "departures_per_hour.ndjson", "w", encoding="utf-8") as out:
        for (end, origin), delays in sorted(windows.items()):
            known = [delay for delay in delays if delay is not None]
            out.write(json.dumps({
                "origin": origin,
                "window_start": (end - HOUR) // 1000,
                "window_end": end // 1000,
                "departures": len(delays),
                "average_delay": sum(known) / len(known) if known else None,
                "longest_delay": max(known) if known else None,
            }, separators=(",", ":")) + "\n")
    with open(folder / "late_departures.ndjson", "w", encoding="utf-8") as out:
        for row in late:
            out.write(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n")
    counted = sum(map(len, windows.values()))
    print(f"{len(rows)} rows, {counted} counted, {len(late)} late, {len(rows) - counted - len(late)} cancelled")


if __name__ == "__main__":
    main()
