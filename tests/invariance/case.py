"""Random data files and a random topology over them, from a seed."""
import copy
import json
import random
from pathlib import Path

from values import COLUMNS, SCHEMA

SECOND = 1_000
REGIONS = ["eu", "us", "", "ünïcode", "a\tb", "eu-west", "z" * 40, "ap"]
MALFORMED = [
    '{"id": 1, "region": "eu"',
    '{"region": "eu", "ts": 1000}',
    '{"id": "seven", "region": "eu", "ts": 1000}',
    '{"id": 7, "region": "eu", "ts": "yesterday"}',
    '{"id": 7, "price": 1.234, "ts": 1000}',
    'not json at all',
    '[1, 2]',
]
# As SQL for the topology, and as Python for the reference; both know that null is neither true nor false.
CONDITIONS = [
    ("kind <> 2", lambda row: row["kind"] is not None and row["kind"] != 2),
    ("amount > 0 or flag", lambda row: (row["amount"] is not None and row["amount"] > 0) or row["flag"] is True),
    ("region is not null and kind < 3", lambda row: row["region"] is not None and row["kind"] is not None and row["kind"] < 3),
    ("not (qty is null)", lambda row: row["qty"] is not None),
]
AGGREGATES = [
    ("count", None), ("count", "amount"), ("count", "region"),
    ("sum", "amount"), ("min", "amount"), ("max", "amount"), ("avg", "amount"),
    ("sum", "price"), ("min", "price"), ("max", "price"), ("avg", "price"),
    ("sum", "qty"), ("min", "qty"), ("max", "qty"), ("avg", "qty"),
    ("min", "region"), ("max", "region"), ("max", "flag"), ("min", "ts"),
]


def duration(milliseconds):
    return f"{milliseconds}ms"


class Case:
    """What is drawn; `write` puts its files into a folder."""

    def __init__(self, seed, tables=False):
        self.seed = seed
        r = self.random = random.Random(seed)
        self.disorder = r.choice([0, 0, 500, 5 * SECOND, 60 * SECOND])
        self.tasks = r.choice([1, 1, 2, 3, 4])
        self.tasks_vary = False
        self.partitions = r.choice([None, None, 1, 2, 3])
        self.chunk = r.choice([4096, 4096, 16384, 262144])
        self.condition = r.choice([None, None, *CONDITIONS])
        self.tagged = r.random() < 0.3
        self.size = r.choice([SECOND, 7 * SECOND, 60 * SECOND, 600 * SECOND])
        self.grace = r.choice([0, 0, 1, self.size // 2, 3 * self.size])
        self.on_update = r.random() < 0.25
        self.group_by = r.choice([["region"], ["kind"], ["region", "kind"], ["flag", "region"], ["price"]])
        if self.tagged and r.random() < 0.7:
            self.group_by = ["tag"]
        self.aggregates = [("count", None)] + r.sample(AGGREGATES, r.randint(0, 5))
        self.huge = not self.on_update and r.random() < 0.2  # sums that do not fit
        self.result_topic = r.random() < 0.4
        self.topic_partitions = r.choice([1, 1, 3])
        # A second window over the first one's results, and one over its late rows.
        self.rollup = None if self.on_update or r.random() < 0.5 else r.choice([self.size, self.size * 3, self.size + 1])
        self.rollup_grace = r.choice([0, self.size])
        self.rollup_by = r.choice([self.group_by, self.group_by[:1]])
        self.second_chance = r.choice([None, None, self.grace * 2 + self.size * 2])
        self.kept = r.random() < 0.4
        # What gives its late rows out is not combined before rows move.
        self.late = self.second_chance is not None or seed % 2 == 0
        # What is kept also goes through topics that hold it as a table.
        self.table = tables and seed % 3 == 0
        # Chosen last, so that its size does not change what is drawn.
        self.files = [self.make_file() for _ in range(r.choice([1, 2, 3, 4, 6]))]

    def with_tasks(self, tasks):
        """The same with another number of tasks, and such that it can be changed on one home."""
        other = copy.copy(self)
        other.tasks = tasks
        other.tasks_vary = True
        other.partitions = max(2, self.partitions or 0)  # state stays where it is only if this is said
        return other

    # --- data ---
    def make_file(self):
        r = self.random
        rows = r.choice([0, 1, 40, 300, 900, 1500])
        time = 1_700_000_000_000 + r.choice([0, 0, 10 * SECOND, 20 * 60 * SECOND])
        pace = r.choice([1, 40, 400, 4000])
        lines = []
        for _ in range(rows):
            time += r.randint(0, 2 * pace)
            if r.random() < 0.002:
                time += self.size * r.randint(1, 20)  # a pause
            if r.random() < 0.01:
                lines.append(r.choice(MALFORMED))
                continue
            lines.append(self.make_row(time))
        return lines

    def make_row(self, time):
        r = self.random
        self.last_id = getattr(self, "last_id", 0) + 1
        jitter = r.randint(0, self.disorder) if self.disorder else 0
        if r.random() < 0.03:
            jitter += r.randint(0, self.disorder + self.size * 4)  # too late, or nearly
        row = {"id": self.last_id}
        row["region"] = None if r.random() < 0.03 else r.choice(REGIONS)
        row["kind"] = None if r.random() < 0.03 else r.randint(0, 4)
        row["amount"] = None if r.random() < 0.1 else r.choice(
            [0.1, -0.0, 1e16, -1e16, 3.3e-9, r.uniform(-1000, 1000), r.uniform(-1, 1) * 10 ** r.randint(-20, 20)])
        row["price"] = None if r.random() < 0.1 else RawNumber(f"{r.randint(-3, 3)}.{r.randint(0, 99):02}")
        row["qty"] = None if r.random() < 0.1 else r.randint(-50, 50)
        if self.huge and r.random() < 0.3:
            row["qty"] = r.choice([1, -1]) * r.randint(2**60, 2**63 - 1)
        row["flag"] = None if r.random() < 0.05 else r.random() < 0.5
        row["ts"] = None if r.random() < 0.02 else time - jitter
        return row

    def row_count(self):
        return sum(map(len, self.files))

    def write(self, folder):
        data = Path(folder) / "data"
        data.mkdir(parents=True)
        self.write_data(data)
        return self.write_topology(Path(folder) / "case.weir")

    def write_data(self, data):
        for number, lines in enumerate(self.files):
            with open(data / f"part-{number}.ndjson", "w", encoding="utf-8") as out:
                for line in lines:
                    out.write(line if isinstance(line, str) else to_json(line))
                    out.write("\n")

    def write_topology(self, path):
        path.write_text(json.dumps(self.topology(), indent=1), encoding="utf-8")
        return path

    # --- topology ---
    def named_aggregates(self):
        """(name, function, field) of the first window."""
        return [(f"a{i}", function, field) for i, (function, field) in enumerate(self.aggregates)]

    def columns(self):
        """Columns on the edge into the first window."""
        return {**COLUMNS, **({"tag": "text"} if self.tagged else {})}

    def topology(self):
        nodes = [{"id": "rows", "use": "file.source", "params": {
            "path": "${param:data}", "format": "json.json", "schema": SCHEMA, "tasks": self.tasks,
            "chunk_size": self.chunk,
            "event_time": {"field": "ts", "disorder": duration(self.disorder)}}}]
        edges, topics, at = [], [], "rows.out"

        def node(name, use, params, source, port="in"):
            nodes.append({"id": name, "use": use, "params": params})
            edges.append({"from": source, "to": f"{name}.{port}"})

        def sink(name, source):
            node(name, "file.sink", {"path": "${param:out}/" + name + "-{task}.ndjson"}, source)

        if self.condition:
            node("wanted", "std.filter", {"where": self.condition[0]}, at)
            at = "wanted.out"
        if self.tagged:
            node("tagged", "std.extend", {"fields": [
                {"name": "tag", "expression": "coalesce(region, 'none') || ':' || cast(id % 3 as string)"}]}, at)
            at = "tagged.out"
        if self.kept:
            sink("kept", at)
        if self.table:
            node("change", "tables.pass", {}, at)
            topics.append({"id": "changes", "partitions": self.topic_partitions, "key": "id"})
            edges.append({"from": "change.out", "to": "changes"})
            node("again_changed", "tables.pass", {}, "changes")
            topics.append({"id": "copy", "partitions": 1, "key": "id"})
            edges.append({"from": "again_changed.out", "to": "copy"})
            node("copied", "tables.count", {}, "copy")
            sink("copied_rows", "copied.out")
        keyed = {"partitions": self.partitions} if self.partitions else {}
        node("window", "window.tumbling", {
            "group_by": self.group_by, "size": duration(self.size), "grace": duration(self.grace),
            "aggregates": [{"name": name, "function": function, **({"field": field} if field else {})}
                           for name, function, field in self.named_aggregates()],
            "emit": "on_update" if self.on_update else "on_close", **keyed}, at)
        if self.result_topic:
            topics.append({"id": "result", "topic": "result", "partitions": self.topic_partitions,
                           "key": self.group_by[0]})
            edges.append({"from": "window.out", "to": "result"})
        else:
            sink("result", "window.out")
        if self.late:
            sink("late", "window.late")
        if self.rollup:
            node("rollup", "window.tumbling", {
                "group_by": self.rollup_by, "size": duration(self.rollup), "grace": duration(self.rollup_grace),
                "aggregates": [{"name": "rows", "function": "sum", "field": "a0"},
                               {"name": "windows", "function": "count"}]}, "window.out")
            sink("rollup_result", "rollup.out")
        if self.second_chance is not None:
            node("again", "window.tumbling", {
                "group_by": ["id"], "size": duration(self.size), "grace": duration(self.second_chance),
                "aggregates": [{"name": "rows", "function": "count"}], **(keyed if self.tasks_vary else {})},
                "window.late")
            sink("again_result", "again.out")
            sink("again_late", "again.late")
        return {"weir": 1, "name": "case",
                "params": [{"name": "data", "type": "text"}, {"name": "out", "type": "text"}],
                "nodes": nodes, **({"topics": topics} if topics else {}), "edges": edges}

    def ordered(self, output):
        """Whether the order of an output is defined: closed windows of one partition."""
        repartitioned = self.tasks > 1 or (self.partitions or 1) > 1
        return output == "result" and not repartitioned and not self.on_update and (
            not self.result_topic or self.topic_partitions == 1)


class RawNumber(str):
    """A number in exactly these digits."""


def to_json(row):
    cells = []
    for name, value in row.items():
        cells.append(f"{json.dumps(name)}: {value if isinstance(value, RawNumber) else json.dumps(value, ensure_ascii=False)}")
    return "{" + ", ".join(cells) + "}"
