"""The rows that a case must give, computed in the plainest way from the documented rules.

    watermark before a row = greatest event time of the rows before it in its file - disorder - 1
    a row is late when that watermark has reached the end of its window - 1 + grace
    a window's row has event time end - 1
"""
import math
from collections import defaultdict
from decimal import ROUND_HALF_UP, Context, Decimal

from case import RawNumber
from values import key_order, typed

NO_TIME = "The row has no event time, which a window needs."
NO_KEY = "A column that the rows are grouped by is null."
NO_PLACE = "The key is null: a row without a key has no place in this topic."
TOO_GREAT = "A sum or average is beyond what its column holds."
EXACT = Context(prec=60)


def result_kind(function, field, kinds):
    if function == "count":
        return "int"
    if function == "avg":
        return "decimal" if kinds[field] == "decimal" else "float"
    return kinds[field]


def aggregate(function, field, rows, kinds):
    """(value, fits)"""
    if function == "count":
        return sum(1 for row in rows if field is None or row[field] is not None), True
    values = [row[field] for row in rows if row[field] is not None]
    if not values:
        return None, True
    if function == "min" or function == "max":
        pick = min if function == "min" else max
        if kinds[field] == "text":
            return pick(values, key=str.encode), True
        return pick(values), True
    if kinds[field] == "float":
        total = math.fsum(values)
        return (total if function == "sum" else total / len(values)), True
    if function == "sum":
        total = sum(values)
        return (total, True) if kinds[field] != "int" or -2**63 <= total < 2**63 else (None, False)
    if kinds[field] == "int":
        return float(sum(values)) / float(len(values)), True
    mean = EXACT.divide(sum(values), Decimal(len(values)))
    return mean.quantize(Decimal("0.000001"), ROUND_HALF_UP, EXACT), True


class Outputs:
    def __init__(self):
        self.rows = defaultdict(list)
        self.columns = {}
        self.dead = []
        self.updates = {}  # on_update: by key and window, how many and the last


def start_of(time, size):
    return time // size * size


def decode(case):
    """Good rows of every file with their watermarks: (row, watermark before it)."""
    kinds = case.columns()
    for lines in case.files:
        greatest = None
        for line in lines:
            if isinstance(line, str):
                yield None, line
                continue
            row = {name: typed(str(value) if isinstance(value, RawNumber) else value, kinds[name])
                   for name, value in line.items()}
            yield row, None if greatest is None else greatest - case.disorder
            if row["ts"] is not None:
                greatest = row["ts"] if greatest is None else max(greatest, row["ts"])


def compute(case):
    out = Outputs()
    kinds = case.columns()
    out.columns["kept"] = out.columns["copy"] = out.columns["late"] = out.columns["again_late"] = kinds
    out.columns["copied_rows"] = {"rows": "int"}
    windows = defaultdict(list)
    again = []
    for row, watermark in decode(case):
        if row is None:
            out.dead.append(("rows", "malformed", (watermark,)))
            continue
        if case.condition and not case.condition[1](row):
            continue
        if case.tagged:
            row["tag"] = f"{row['region'] if row['region'] is not None else 'none'}:{row['id'] % 3}"
        whole = tuple(row.values())
        out.rows["kept"].append(whole)
        out.rows["copy"].append(whole)
        out.rows["copied_rows"].append((len(out.rows["copy"]),))
        key = tuple(row[name] for name in case.group_by)
        no_key = any(value is None for value in key)
        moves = case.tasks > 1 or (case.partitions or 1) > 1
        if no_key and moves and (case.on_update or case.late):  # row by row, not put together before
            out.dead.append(("window.in.repartition", NO_PLACE, whole))
        elif row["ts"] is None:
            out.dead.append(("window", NO_TIME, whole))
        elif no_key:
            out.dead.append(("window", NO_KEY, whole))
        else:
            # All in milliseconds: a watermark of greatest - disorder - 1 us has reached end - 1 us + grace
            # exactly when greatest - disorder has reached end + grace.
            start = start_of(row["ts"], case.size)
            if watermark is not None and watermark >= start + case.size + case.grace:
                out.rows["late"].append(whole)
                again.append((row, watermark, whole))
            else:
                windows[start, key].append(row)
    results = close(case, out, windows, kinds)
    if case.rollup:
        roll_up(case, out, results)
    if case.second_chance is not None:
        second_chance(case, out, again)
    return out


def close(case, out, windows, kinds):
    aggregates = case.named_aggregates()
    out.columns["result"] = {**{name: kinds[name] for name in case.group_by}, "window_start": "time",
                             "window_end": "time",
                             **{name: result_kind(f, field, kinds) for name, f, field in aggregates}}
    results = []
    for start, key in sorted(windows, key=lambda window: (window[0], key_order(window[1]))):
        rows = windows[start, key]
        values = [aggregate(function, field, rows, kinds) for _, function, field in aggregates]
        row = (*key, start, start + case.size, *(value for value, _ in values))
        if case.on_update:
            out.updates[start, key] = (len(rows), row)
        elif all(fits for _, fits in values):
            out.rows["result"].append(row)
            results.append((start, key, len(rows)))
        else:
            out.dead.append(("window", TOO_GREAT, row))
    return results


def roll_up(case, out, results):
    totals = defaultdict(lambda: [0, 0])
    for start, key, rows in results:
        larger = start_of(start + case.size - 1, case.rollup)
        total = totals[larger, key[:len(case.rollup_by)]]
        total[0] += rows
        total[1] += 1
    out.columns["rollup_result"] = {**{name: case.columns()[name] for name in case.rollup_by}, "window_start": "time",
                                    "window_end": "time", "rows": "int", "windows": "int"}
    for (start, key), (rows, count) in totals.items():
        out.rows["rollup_result"].append((*key, start, start + case.rollup, rows, count))


def second_chance(case, out, late):
    out.columns["again_result"] = {"id": "int", "window_start": "time", "window_end": "time", "rows": "int"}
    for row, watermark, whole in late:
        start = start_of(row["ts"], case.size)
        if watermark >= start + case.size + case.second_chance:
            out.rows["again_late"].append(whole)
        else:
            out.rows["again_result"].append((row["id"], start, start + case.size, 1))
