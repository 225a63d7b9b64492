"""Tables that change, and an operator with two inputs, from a seed: what they must give whatever the batches, threads,
tasks and kills.

A source gives inserts, updates and deletes. They go through a topic into totals by region, which are a table again; and
into a lookup, where each order finds the amount that its key had in the table at the order's own time. A window counts
what came of that: it would find late rows if time ran ahead of what the lookup still holds.
"""
import collections
import copy
import json
import random
from pathlib import Path

from reference import start_of

BEGIN = 1_700_000_000_000
REGIONS = ["eu", "us", "ap", "af", "sa"]
KEYS = 60
MOST_FILES = 3
SIGNS = {"+": "insert", "-": "delete", "<": "update_before", ">": "update_after"}
ORDER_SCHEMA = [{"name": "number", "type": "int64", "nullable": False},
                {"name": "item", "type": "int64", "nullable": False},
                {"name": "ts", "type": "timestamp", "nullable": False}]


class ChangesCase:
    """What is drawn; `write` puts its files into a folder."""

    def __init__(self, seed):
        self.seed = seed
        r = self.random = random.Random(f"changes {seed}")
        self.tasks = r.choice([1, 2, 3])
        self.partitions = r.choice([2, 2, 3])
        self.disorder = r.choice([0, 500, 20_000])
        self.window = r.choice([1_000, 60_000])
        self.from_topic = r.random() < 0.5  # the lookup reads the table from the topic or from its source
        self.now = {}  # the table, by id: (region, amount)
        self.history = collections.defaultdict(list)  # by id, in order: (time, amount or none)
        self.changes = [self.make_changes(file) for file in range(r.randint(1, MOST_FILES))]
        self.orders = [self.make_orders(file) for file in range(r.randint(1, MOST_FILES))]

    def with_tasks(self, tasks):
        other = copy.copy(self)
        other.tasks = tasks
        return other

    def make_changes(self, file):
        """All changes of one id are in one file, each at a time of its own."""
        r, time, rows = self.random, BEGIN, []
        for _ in range(r.choice([0, 200, 500])):
            time += r.choice([1, 40, 400])
            id = r.randrange(KEYS // MOST_FILES) * MOST_FILES + file
            known, new = self.now.get(id), (r.choice(REGIONS), r.randint(-9, 99))
            if known is None:
                rows.append(("+", id, *new, time))
            elif r.random() < 0.3:
                rows.append(("-", id, *known, time))
                new = None
            else:
                rows += [("<", id, *known, time), (">", id, *new, time)]
            self.history[id].append((time, new and new[1]))
            self.now[id] = new
        return rows

    def make_orders(self, file):
        r, time, rows = self.random, BEGIN - 300, []
        for number in range(r.choice([0, 300, 700])):
            time += r.choice([1, 30, 200])
            rows.append({"number": number * 10 + file, "item": r.randrange(KEYS + 5),
                         "ts": time - r.randint(0, self.disorder)})
        return rows

    def row_count(self):
        return sum(map(len, self.changes)) + sum(map(len, self.orders))

    def write(self, folder):
        data = Path(folder) / "data"
        (data / "changes").mkdir(parents=True)
        for number, rows in enumerate(self.changes):
            (data / "changes" / f"{number}.txt").write_text("".join(f"{' '.join(map(str, row))}\n" for row in rows))
        for number, rows in enumerate(self.orders):
            (data / f"orders-{number}.ndjson").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        return self.write_topology(Path(folder) / "case.weir")

    def write_topology(self, path):
        keyed = {"partitions": self.partitions}
        nodes = [
            {"id": "changes", "use": "changes.read", "params": {
                "folder": str(path.parent / "data" / "changes"), "tasks": self.tasks,
                "event_time": {"field": "ts", "disorder": "0s"}}},
            {"id": "totals", "use": "changes.totals", "params": {"by": "region", "amount": "amount", **keyed}},
            {"id": "orders", "use": "file.source", "params": {
                "path": "${param:data}", "format": "json.json", "schema": ORDER_SCHEMA, "tasks": self.tasks,
                "chunk_size": 4096, "event_time": {"field": "ts", "disorder": f"{self.disorder}ms"}}},
            {"id": "lookup", "use": "changes.lookup",
             "params": {"table_key": "id", "row_key": "item", "amount": "amount", **keyed}},
            {"id": "looked_up", "use": "file.sink", "params": {"path": "${param:out}/looked_up-{task}.ndjson"}},
            {"id": "count", "use": "window.tumbling", "params": {
                "group_by": ["item"], "size": f"{self.window}ms", **keyed,
                "aggregates": [{"name": "rows", "function": "count"},
                               {"name": "found", "function": "sum", "field": "found"}]}},
            {"id": "counted", "use": "file.sink", "params": {"path": "${param:out}/counted-{task}.ndjson"}},
        ]
        pairs = [("changes.out", "copy"), ("copy", "totals.in"), ("totals.out", "result"),
                 ("copy" if self.from_topic else "changes.out", "lookup.table"), ("orders.out", "lookup.rows"),
                 ("lookup.out", "looked_up.in"), ("lookup.out", "count.in"), ("count.out", "counted.in")]
        topics = [{"id": "copy", "partitions": self.partitions, "key": "id"},
                  {"id": "result", "partitions": self.partitions, "key": "region"}]
        path.write_text(json.dumps({
            "weir": 1, "name": "changes",
            "params": [{"name": "data", "type": "text"}, {"name": "out", "type": "text"}], "nodes": nodes,
            "topics": topics, "edges": [{"from": start, "to": end} for start, end in pairs]}, indent=1))
        return path

    # --- what must come of it ---
    def found(self, order):
        """Of equal times the table comes first."""
        amount = None
        for time, value in self.history[order["item"]]:
            if time <= order["ts"]:
                amount = value
        return amount

    def wanted_totals(self):
        totals = collections.defaultdict(lambda: [0, 0])
        for row in self.now.values():
            if row is not None:
                totals[row[0]][0] += 1
                totals[row[0]][1] += row[1]
        return {region: tuple(total) for region, total in totals.items()}

    def compare(self, runner):
        """What is wrong, in words."""
        problems = []
        orders = [order for rows in self.orders for order in rows]
        looked = [(order["number"], order["item"], order["ts"], self.found(order)) for order in orders]
        problems += differ("rows of the lookup", looked, [tuple(json.loads(line).values())
                                                          for line in runner.files("looked_up")])
        windows = collections.defaultdict(lambda: [0, None])
        for _, item, ts, found in looked:
            window = windows[item, start_of(ts, self.window)]
            window[0] += 1
            window[1] = found if window[1] is None else window[1] + (found or 0)
        problems += differ("windows", [(*key, key[1] + self.window, *value) for key, value in windows.items()],
                           [tuple(json.loads(line).values()) for line in runner.files("counted")])
        copies = [json.loads(line) for line in runner.topic("copy")]
        problems += differ("changes in the topic",
                           [(id, region, amount, time, SIGNS[sign]) for rows in self.changes
                            for sign, id, region, amount, time in rows],
                           [tuple({"@op": "insert", **row}[name] for name in ("id", "region", "amount", "ts", "@op"))
                            for row in copies])
        totals = [json.loads(line) for line in runner.topic("result")]
        problems += parted("changes in the topic", copies) + parted("changes of totals", totals)
        problems += differ("totals", [(region, *total) for region, total in self.wanted_totals().items()], left(totals))
        problems += differ("dead letters", [], runner.topic("dead-letters"))
        if runner.variant.kills == 0:
            problems += differ("late rows", [0], [json.loads(runner.summary.read_text())["late"]])
        return problems


def differ(name, wanted, given):
    missing = collections.Counter(wanted) - collections.Counter(given)
    extra = collections.Counter(given) - collections.Counter(wanted)
    if not missing and not extra:
        return []
    return [f"{name}: {len(given)} instead of {len(wanted)}; missing {list(missing)[:3]}, too many {list(extra)[:3]}"]


def left(changes):
    """The table that changes make."""
    rows = collections.Counter()
    for change in changes:
        row = tuple(value for name, value in change.items() if name != "@op")
        rows[row] += -1 if change.get("@op") in ("delete", "update_before") else 1
    return list(rows.elements()) + [("gone before it came", *row) for row, count in rows.items() if count < 0]


def parted(name, changes):
    """Halves of updates that stand alone."""
    ops = [change.get("@op", "insert") for change in changes]
    whole = all((op == "update_before") == (after == "update_after") for op, after in zip(["", *ops], [*ops, ""]))
    return [] if whole else [f"{name}: an update was parted"]
