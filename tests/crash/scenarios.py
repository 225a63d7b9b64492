"""Kills in the middle of what happens to a home over time: files come, grow, rotate and fall silent, topics lose their
oldest rows, a day follows a day, nodes are renamed.

Each scenario is one function: it draws a topology, lets runs be killed while something happens to their input, and
compares what there is after the last run with a few lines of Python. Nothing may be lost or there twice.
"""
import collections
import json
import shutil
import signal
import subprocess
import time

import job
import journal
from rounds import Broken, Kill, LIMIT, POINTS, RECOVERY_POINTS

MINUTE = 60_000
BEGIN = 1_700_000_040_000  # a full minute
COLUMNS = {"n": "int64", "k": "string", "ts": "timestamp", "text": "string"}
RANDOM_KILLS = 0.4
MOST_PASSES = 8
PATIENCE = 0.8  # seconds that a named point may take: a run in which nothing happens passes none
LOOK = 0.01


class Place:
    """A home, its input and its output; runs follow one another, and most are killed."""

    def __init__(self, runner, folder, draw):
        self.runner, self.folder, self.draw = runner, folder, draw
        self.input, self.out, self.topology = folder / "in", folder / "out", folder / "job.weir"
        self.input.mkdir(parents=True)
        self.switches = {"WEIR_TEST_LOSE_UNSYNCED": "1"} if draw.random() < 0.5 else {}
        self.hits = collections.Counter()
        self.story = [f"switches: {' '.join(self.switches) or 'none'}"]

    def write_topology(self, nodes, edges, topics=()):
        """`edges`: pairs."""
        self.topology.write_text(json.dumps({
            "weir": 1, "name": "scenario", "nodes": nodes, "topics": list(topics),
            "edges": [{"from": start, "to": end} for start, end in edges]}))

    def source(self, columns, pattern="*", id="rows", **params):
        return {"id": id, "use": "file.source", "params": {
            "path": f"{self.input}/{pattern}", "format": "json.json", **params,
            "schema": [{"name": name, "type": COLUMNS[name], "nullable": False} for name in columns]}}

    def sink(self, id):
        return {"id": id, "use": "file.sink", "params": {"path": f"{self.out}/{id}-{{task}}.ndjson"}}

    def slow(self, id, rate):
        return {"id": id, "use": "throttle.slow", "params": {"rate": rate}}

    def lines(self, name):
        return [line for path in sorted(self.out.glob(f"{name}-*.ndjson")) for line in path.read_bytes().splitlines()]

    def choose(self):
        if self.draw.random() < RANDOM_KILLS:
            return Kill()
        point = self.draw.choice(POINTS)
        return Kill(point, self.draw.randint(1, RECOVERY_POINTS.get(point, MOST_PASSES)))

    def start(self, options, kill):
        command = self.runner.command(self.topology, self.folder / "home", self.folder, *options)
        return self.runner.launch(command, self.folder, {**self.switches, **kill.switches()})

    def killed(self, *options, meanwhile=lambda: None):
        """A run that is killed, unless it ends before; `meanwhile` happens while it works, or after its death."""
        kill = self.choose()
        process = self.start(options, kill)
        try:
            meanwhile()
            process.wait(PATIENCE if kill.point else self.draw.uniform(0, PATIENCE))
        except subprocess.TimeoutExpired:
            kill = Kill()
        finally:
            process.kill()
            status = process.wait()
        if status not in (0, -signal.SIGKILL):
            raise Broken(f"a run ended with status {status} (kill {kill})")
        if status != 0:
            self.hits[kill.point or "at random"] += 1
        self.story.append(f"killed {kill}" if status else f"ended before {kill}")

    def killed_when(self, what, reached):
        process = self.start((), Kill())
        try:
            end = time.monotonic() + LIMIT
            while not reached():
                if process.poll() is not None or time.monotonic() > end:
                    raise Broken(f"it did not come that {what}")
                time.sleep(LOOK)
        finally:
            process.kill()
            process.wait()
        self.hits["at random"] += 1
        self.story.append(f"killed when {what}")

    def finish(self, *options):
        process = self.start(("--until-end", *options), Kill())
        try:
            status = process.wait(LIMIT)
        finally:
            process.kill()
            process.wait()
        if status != 0:
            raise Broken(f"a run that nobody killed ended with status {status}")
        self.story.append("ended")


def expect(what, wanted, given):
    words = job.difference(sorted(wanted), given)
    if words:
        raise Broken(f"{what}: {words}")


def append(path, rows):
    with open(path, "ab") as out:
        for row in rows:
            out.write(json.dumps(row, separators=(",", ":")).encode() + b"\n")


def numbered(numbers):
    return [b'{"n":%d}' % number for number in numbers]


def groups_of(rows):
    """How many rows each (minute, key) has."""
    return collections.Counter((row["ts"] // MINUTE * MINUTE, row["k"]) for row in rows)


def counts_of(place, name):
    """What windows gave, by (minute, key)."""
    given = collections.Counter()
    for row in map(json.loads, place.lines(name)):
        group = row["window_start"], row["k"]
        if group in given:
            raise Broken(f"{name}: a group left twice: {row}")
        given[group] = row["n"]
    return given


def expect_counts(what, wanted, given):
    if wanted != given:
        raise Broken(f"{what}: too much {list((given - wanted).items())[:3]}, missing {list((wanted - given).items())[:3]}")


def window(id="count", **others):
    return {"id": id, "use": "window.tumbling", **others, "params": {
        "group_by": ["k"], "size": "1m", "aggregates": [{"name": "n", "function": "count"}], "partitions": 2}}


def retention_with_a_slow_reader(place):
    """A topic may keep far less than its reader in the same home has still to read."""
    draw, first, second = place.draw, 6_000, 2_000
    partitions = draw.choice([1, 1, 3])
    keep = draw.choice([{"retention_bytes": 100_000}, {"retention": "100ms"}])
    place.story.append(f"{partitions} partitions, {keep}")
    rows = [{"n": n, "text": f"{draw.getrandbits(800):x}"} for n in range(first + second)]
    append(place.input / "a", rows[:first])
    place.write_topology(
        [place.source(["n", "text"]), place.slow("writer", 20_000), place.slow("reader", 4_000 // partitions),
         place.sink("out")],
        [("rows.out", "writer.in"), ("writer.out", "queue"), ("queue", "reader.in"), ("reader.out", "out.in")],
        [{"id": "queue", "partitions": partitions, "key": "n", **keep}])
    written = lambda: journal.commits(place.folder)[1]["queue"]
    place.killed_when("the topic is ahead of its reader", lambda: written() > len(place.lines("out")) + first // 4)
    for _ in range(3):
        place.killed("--until-end")
    place.finish()
    append(place.input / "b", rows[first:])
    place.killed("--until-end")
    place.finish()
    wanted = [json.dumps(row, separators=(",", ":")).encode() for row in rows]
    expect("rows", wanted, place.lines("out"))
    if partitions == 1 and place.lines("out") != wanted:
        raise Broken("rows are out of order")
    if len(place.runner.topic(place.folder, "queue")) == len(rows):
        raise Broken("retention took nothing")


def follow_with_rotation(place):
    """A log is written, rotated by renaming and restored from copies, whether it is read at that moment or not."""
    draw, log = place.draw, place.input / "app.log"
    written = 0
    place.write_topology([place.source(["n"], "app.log*", follow=True, tasks=draw.choice([1, 2])), place.sink("out")],
                         [("rows.out", "out.in")])

    def write():
        nonlocal written
        for _ in range(draw.randint(1, 6)):
            rows = range(written, written + draw.randint(1, 1500))
            append(log, [{"n": n} for n in rows])
            written = rows.stop
            time.sleep(draw.random() * 0.05)
            if draw.random() < 0.4:
                rotate()

    def rotate():
        for number in range(len(list(place.input.iterdir())), 0, -1):
            older = place.input / ("app.log" if number == 1 else f"app.log.{number - 1}")
            older.rename(place.input / f"app.log.{number}")

    for _ in range(5):
        place.killed(meanwhile=write)
        if draw.random() < 0.3:
            write()
        if draw.random() < 0.3:
            for path in list(place.input.iterdir()):  # other inodes, the same contents
                shutil.copy(path, place.folder / "copy")
                (place.folder / "copy").rename(path)
    place.finish()
    expect("rows", numbered(range(written)), place.lines("out"))


def many_files(place):
    """More files than a task has open; they grow, and others come, between the kills."""
    draw, written = place.draw, 0
    place.write_topology(
        [place.source(["n"], follow=draw.random() < 0.5, tasks=draw.choice([1, 2, 3])),
         place.slow("slow", 3_000), place.sink("out")],
        [("rows.out", "slow.in"), ("slow.out", "out.in")])

    def write(files):
        nonlocal written
        for file in files:
            rows = range(written, written + draw.randint(1, 8))
            append(place.input / str(file), [{"n": n} for n in rows])
            written = rows.stop

    write(range(250))
    for number in range(4):
        place.killed("--until-end")
        write(draw.sample(range(250), 60))
        write([250 + number])
    place.finish()
    expect("rows", numbered(range(written)), place.lines("out"))


def idle_splits(place):
    """Files fall silent and speak again. Whether a row is late is a matter of timing then: it is counted or on the late
    port, and never both. What is silent does not hold time back."""
    draw, rows = place.draw, []
    place.write_topology(
        [place.source(["k", "ts"], follow=True, tasks=draw.choice([1, 2]), idle_after="50ms",
                      event_time={"field": "ts", "disorder": "0s"}), window(), place.sink("out"), place.sink("late")],
        [("rows.out", "count.in"), ("count.out", "out.in"), ("count.late", "late.in")])

    def write(step, files):
        for file in files:
            new = [{"k": f"k{draw.randrange(5)}", "ts": BEGIN + step * MINUTE + i * 500} for i in range(120)]
            append(place.input / f"{file}", new)
            rows.extend(new)

    write(0, range(6))
    for step in range(1, 5):
        place.killed(meanwhile=lambda: write(step, draw.sample(range(6), draw.randint(1, 3))))
    write(5, [0])
    write(6, [0])
    window_of_5 = b'"window_start":%d' % (BEGIN + 5 * MINUTE)
    place.killed_when("a window closes though files are silent", lambda: any(window_of_5 in line for line in place.lines("out")))
    place.finish()
    late = groups_of(map(json.loads, place.lines("late")))
    place.story.append(f"{sum(late.values())} of {len(rows)} rows late")
    expect_counts("rows counted or late", groups_of(rows), counts_of(place, "out") + late)


def day_after_day(place):
    """Each day ends with the end of the input. What comes to a group that left with the day before is late."""
    draw = place.draw
    place.write_topology(
        [place.source(["k", "ts"], tasks=draw.choice([1, 2, 3]), event_time={"field": "ts", "disorder": "0s"}),
         place.slow("slow", 2_000),
         window(), place.sink("out"), place.sink("late")],
        [("rows.out", "slow.in"), ("slow.out", "count.in"), ("count.out", "out.in"), ("count.late", "late.in")])
    left, kept, late = collections.Counter(), [], []
    for day in range(3):
        begin = BEGIN + day * (60 * MINUTE - MINUTE // 2)  # the last minute of a day is also the first of the next
        rows = [{"k": f"k{draw.randrange(5)}", "ts": begin + i * MINUTE // 10} for i in range(600)]
        append(place.folder / "part", rows)
        (place.folder / "part").rename(place.input / f"day-{day}")
        options = ["--keep-open"] if day < 2 and draw.random() < 0.4 else []
        place.story.append(f"day {day} {' '.join(options)}")
        for _ in range(2):
            place.killed("--until-end", *options)
        place.finish(*options)
        late += [row for row in rows if groups_of([row]).keys() <= left.keys()]
        kept += [row for row in rows if not groups_of([row]).keys() <= left.keys()]
        if not options:  # else what time has not closed stays open
            left = groups_of(kept)
            expect_counts(f"after day {day}", left, counts_of(place, "out"))
        expect_counts(f"late after day {day}", groups_of(late), groups_of(map(json.loads, place.lines("late"))))


def renamed_nodes(place):
    """Every node and topic gets a new id again and again, also while a start that renames is killed."""
    draw, rows = place.draw, []
    tasks = draw.choice([1, 2])
    names = {kind: [kind] for kind in ("rows", "count", "totals", "out")}

    def draw_topology():
        now = {kind: ids[-1] for kind, ids in names.items()}
        was = {kind: {"was": ids[:-1]} if len(ids) > 1 else {} for kind, ids in names.items()}
        place.write_topology(
            [{**place.source(["k", "ts"], id=now["rows"], tasks=tasks, event_time={"field": "ts", "disorder": "0s"}),
              **was["rows"]}, window(now["count"], **was["count"]), {**place.sink("out"), "id": now["out"], **was["out"]}],
            [(f"{now['rows']}.out", f"{now['count']}.in"), (f"{now['count']}.out", now["totals"]),
             (now["totals"], f"{now['out']}.in")],
            [{"id": now["totals"], "topic": "totals", "partitions": 2, "key": "k", **was["totals"]}])

    for step in range(4):
        for kind, ids in names.items():
            if step and draw.random() < 0.7:
                ids.append(f"{kind}_{step}")
        draw_topology()
        new = [{"k": f"k{draw.randrange(5)}", "ts": BEGIN + (step * 600 + i) * MINUTE // 10} for i in range(600)]
        append(place.input / f"{step}", new)
        rows += new
        for _ in range(2):
            place.killed("--until-end", "--keep-open")
        place.finish("--keep-open")
    place.finish()
    expect_counts("counts", groups_of(rows), counts_of(place, "out"))


SCENARIOS = (retention_with_a_slow_reader, follow_with_rotation, many_files, idle_splits, day_after_day, renamed_nodes)
