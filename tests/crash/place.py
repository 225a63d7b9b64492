"""A home, its input and its output, and what the scenarios do to them and say about them."""
import collections
import contextlib
import fcntl
import json
import signal
import subprocess
import time

import job
import journal
from rounds import Broken, Kill, LIMIT, POINTS, RECOVERY_POINTS, WRONG_ORDERS

MINUTE = 60_000
BEGIN = 1_700_000_040_000  # a full minute
COLUMNS = {"n": "int64", "k": "string", "ts": "timestamp", "text": "string"}
RANDOM_KILLS = 0.4
MOST_PASSES = 8
PATIENCE = 0.8  # seconds that a named point may take: a run in which nothing happens passes none
LONG_PATIENCE = 30  # where a point has to be reached, and runs end by themselves
EARLY_KILLS = 0.2  # that may come before a run has committed anything
FIRST_COMMITS = 2  # of a run: that of its start, and one that has something of its own
FIRST_PATIENCE = 10  # seconds that these may take
LOOK = 0.01


class Place:
    """A home, its input and its output; runs follow one another, and most are killed."""

    def __init__(self, runner, folder, draw, wrong_order=""):
        self.runner, self.folder, self.draw = runner, folder, draw
        self.input, self.out, self.topology = folder / "in", folder / "out", folder / "job.weir"
        self.input.mkdir(parents=True)
        self.switches = {"WEIR_TEST_LOSE_UNSYNCED": "1"} if draw.random() < 0.5 else {}
        self.points, self.patience = POINTS, PATIENCE
        if wrong_order:
            self.switches["WEIR_TEST_WRONG_ORDER"] = wrong_order
            self.points, self.patience = WRONG_ORDERS[wrong_order][:1], LONG_PATIENCE
        self.hits = collections.Counter()
        self.story = [f"switches: {' '.join(self.switches) or 'none'}"]
        self.process = None  # the run that goes on

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
        if self.points is POINTS and self.draw.random() < RANDOM_KILLS:
            return Kill()
        point = self.draw.choice(self.points)
        return Kill(point, self.draw.randint(1, RECOVERY_POINTS.get(point, MOST_PASSES)))

    def start(self, options, kill):
        command = self.runner.command(self.topology, self.folder / "home", self.folder, *options)
        self.process = self.runner.launch(command, self.folder, {**self.switches, **kill.switches()})
        return self.process

    def killed(self, *options, meanwhile=lambda: None):
        """A run that is killed, unless it ends before; `meanwhile` happens while it works, or after its death."""
        kill = self.choose()
        early = self.draw.random() < EARLY_KILLS
        before = journal.commits(self.folder)[0]
        process = self.start(options, kill)
        try:
            meanwhile()
            if not early:
                self.await_commits(before + FIRST_COMMITS)
            process.wait(self.patience if kill.point else self.draw.uniform(0, PATIENCE))
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

    def await_commits(self, count):
        """Where the machine is slow, a kill after a short time would find nothing that can be lost or come twice."""
        end = time.monotonic() + FIRST_PATIENCE
        while self.process.poll() is None and time.monotonic() < end and journal.commits(self.folder)[0] < count:
            time.sleep(LOOK)

    def wait_until(self, what, reached):
        end = time.monotonic() + LIMIT
        while not reached():
            if self.process.poll() is not None or time.monotonic() > end:
                raise Broken(f"it did not come that {what}")
            time.sleep(LOOK)

    def killed_when(self, what, reached, *options, meanwhile=lambda: None):
        process = self.start(options, Kill())
        try:
            self.wait_until(what, reached)
            meanwhile()
        finally:
            process.kill()
            process.wait()
        self.hits["at random"] += 1
        self.story.append(f"killed when {what}")

    def finish(self, *options, meanwhile=lambda: None):
        process = self.start(("--until-end", *options), Kill())
        try:
            meanwhile()
            status = process.wait(LIMIT)
        finally:
            process.kill()
            process.wait()
        if status != 0:
            raise Broken(f"a run that nobody killed ended with status {status}")
        self.story.append("ended")

    # Of the run that goes on; none when it is over.

    def bytes_read(self):
        """By all its reads, of whatever file."""
        return self._figure("io", "rchar:")

    def memory(self):
        kilobytes = self._figure("status", "VmRSS:")
        return None if kilobytes is None else kilobytes << 10

    def _figure(self, file, name):
        try:
            with open(f"/proc/{self.process.pid}/{file}", encoding="ascii") as lines:
                return next((int(line.split()[1]) for line in lines if line.startswith(name)), None)
        except OSError:
            return None


class SyncGate:
    """No run of a place begins a sync of its log or its state while this is closed."""

    def __init__(self, place):
        self.file = open(place.folder / "gate", "wb")  # open as long as the scenario lasts
        place.switches["WEIR_TEST_SYNC_GATE"] = self.file.name

    @contextlib.contextmanager
    def closed(self):
        fcntl.flock(self.file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self.file, fcntl.LOCK_UN)


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
