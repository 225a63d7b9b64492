#!/usr/bin/env python3
"""Shows the rows of topic orders-per-minute-by-region as a table, and checks that no order is missing.

usage: orders_table.py RESULT.ndjson SUMMARY.json ORDERS
"""
import json
import sys
from collections import defaultdict
from datetime import datetime, timezone

SHOWN_MINUTES = 6


def read_counts(path):
    """{region: {minute in milliseconds: orders}}"""
    counts = defaultdict(lambda: defaultdict(int))
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            region, minute = row["key"].rsplit(":", 1)
            counts[region][int(minute)] += row["orders"]
    return counts


def clock(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).strftime("%H:%M")


def print_table(counts):
    minutes = sorted({minute for of_region in counts.values() for minute in of_region})
    shown = minutes[:SHOWN_MINUTES]
    more = len(minutes) - len(shown)
    width = max([len("region"), *map(len, counts)])
    print(f"\n{'region':<{width}}" + "".join(f"{clock(m):>8}" for m in shown) + f"{f'+{more} min':>10}{'total':>11}")
    for region in sorted(counts):
        of_region = counts[region]
        total = sum(of_region.values())
        rest = total - sum(of_region.get(m, 0) for m in shown)
        cells = "".join(f"{of_region.get(m, 0):>8,}" for m in shown)
        print(f"{region:<{width}}{cells}{rest:>10,}{total:>11,}")


def main():
    result, summary_path, expected = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(summary_path, encoding="utf-8") as file:
        summary = json.load(file)
    counts = read_counts(result)
    counted = sum(sum(of_region.values()) for of_region in counts.values())
    late = summary["late"]
    seconds = summary["seconds"]

    print_table(counts)
    exact = counted + late == expected == summary["events_in"] and summary["dead_letters"] == 0
    print(f"\ncounted {counted:,} + late {late:,} = {counted + late:,} of {expected:,} orders")
    print(f"{expected / seconds:,.0f} orders a second, {seconds:.2f} s")
    if not exact or late != 0:
        print(f"That is wrong: expected {expected:,} counted, none late, no dead letters. The summary says {summary}.",
              file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
