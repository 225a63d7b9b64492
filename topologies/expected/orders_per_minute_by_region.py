#!/usr/bin/env python3
"""The rows that orders_per_minute_by_region.weir must give, computed in the plainest way.

usage: orders_per_minute_by_region.py ORDERS.ndjson...

Prints one line a region and minute, in order of (window end, region). Each file has a watermark of its own; an order
is late when that watermark has passed its minute, and orders within the declared disorder never are.
"""
import json
import sys
from collections import Counter

MINUTE = 60_000_000
DISORDER = 5_000_000


def main():
    counts = Counter()
    late = 0
    for path in sys.argv[1:]:
        greatest = None
        for line in open(path, encoding="utf-8"):
            order = json.loads(line)
            time = order["ts"] * 1000
            end = time // MINUTE * MINUTE + MINUTE
            if greatest is not None and greatest - DISORDER - 1 >= end - 1:
                late += 1
            else:
                counts[end, order["region"]] += 1
            greatest = time if greatest is None else max(greatest, time)
    for (end, region), orders in sorted(counts.items()):
        print(json.dumps({"key": f"{region}:{(end - MINUTE) // 1000}", "orders": orders}, separators=(",", ":")))
    print(f"{sum(counts.values())} counted, {late} late", file=sys.stderr)


if __name__ == "__main__":
    main()
