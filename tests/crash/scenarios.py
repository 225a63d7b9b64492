"""Kills in the middle of what happens to a home over time: files come, grow, rotate and fall silent, topics lose their
oldest rows, a day follows a day, nodes are renamed.

Each scenario is one function: it draws a topology, lets runs be killed while something happens to their input, and
compares what there is after the last run with a few lines of Python. Nothing may be lost or there twice.
"""
import base64
import collections
import concurrent.futures
import json
import random
import shutil
import tempfile
import threading
import time
from pathlib import Path

import job
import journal
from place import (BEGIN, MINUTE, Place, SyncGate, append, counts_of, expect, expect_counts, groups_of, numbered,
                   window)
from rounds import WRONG_ORDERS, Broken


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
        enough = (len(place.lines("out")) + written) // 2
        place.killed_when("half of the rest is there", lambda: len(place.lines("out")) >= enough)
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


def slow_sync(place):
    """Rows keep coming while nothing can be made durable: what gathers of output, of state and of dead letters is bounded
    each, so reading stands still."""
    draw, gate = place.draw, SyncGate(place)
    kinds = draw.sample(("output", "state", "dead letters"), draw.choice([1, 1, 3]))
    place.story.append(f"too much of {', '.join(kinds)}")
    written = {kind: [] for kind in ("output", "state", "dead letters")}
    small = {"chunk_size": 8192, "follow": True}
    place.write_topology(
        [place.source(["n", "text"], "output", id="rows", **small), place.sink("rows_out"),
         place.source(["k", "ts"], "state", id="keys", event_time={"field": "ts", "disorder": "0s"}, **small),
         {"id": "count", "use": "window.tumbling", "params": {
             "group_by": ["k"], "size": "1h", "aggregates": [{"name": "n", "function": "count"}]}}, place.sink("out"),
         place.source(["n"], "dead letters", id="bad", **small), place.sink("none")],
        [("rows.out", "copy"), ("keys.out", "count.in"), ("count.out", "out.in"), ("bad.out", "none.in"),
         ("copy", "rows_out.in")],
        [{"id": "copy", "partitions": 1}])

    def write(amount, kinds):
        """So many bytes of each kind, about."""
        for kind in kinds:
            known = len(written[kind])
            new = [{"n": n, "text": f"{draw.getrandbits(600):x}"} if kind == "output" else
                   {"k": f"key {n} {draw.getrandbits(400):x}", "ts": BEGIN + n} if kind == "state" else
                   {"n": f"{n} is no number, {draw.getrandbits(600):x}"} for n in range(known, known + amount // 160)]
            append(place.input / kind, new)
            written[kind] += new

    def stall():
        """Writes more than the bounds allow, and looks until nothing is read any more."""
        read, before, still = place.bytes_read(), place.memory(), 0
        with gate.closed():
            write(STALLED_INPUT, kinds)
            end, last = time.monotonic() + STALL, read
            while still < STILL and time.monotonic() < end:
                time.sleep(STALL_LOOK)
                now = place.bytes_read()
                if now is None or read is None or before is None:  # it is over, or was when this began
                    return None
                still, last = (still + 1 if now == last else 0), now
            return last - read, place.memory() - before

    def held_up(amount=20_000):
        """Some syncs take longer, and rows come meanwhile."""
        for _ in range(3):
            with gate.closed():
                write(amount, written)
                time.sleep(draw.random() * 0.1)

    def bounded():
        read, memory = stall() or (None, None)
        if read is None:
            raise Broken("it ended though nobody asked")
        place.story.append(f"{read >> 10} KiB read and {memory >> 10} KiB of memory while no sync came to an end")
        if read > STALLED_INPUT // 2 or memory > STALLED_MEMORY:
            raise Broken("what gathers while a sync stalls has no bound")

    write(50_000, written)
    place.killed_when("something is committed", lambda: journal.commits(place.folder)[1]["copy"] > 0,
                      "--overlay-memory", "256", meanwhile=bounded)
    for _ in range(3):
        place.killed(meanwhile=held_up)
    place.finish(meanwhile=lambda: held_up(0))
    lines_of = lambda kind: [json.dumps(row, separators=(",", ":")).encode() for row in written[kind]]
    expect("rows", lines_of("output"), place.lines("rows_out"))
    if place.lines("rows_out") != lines_of("output"):
        raise Broken("rows are out of order")
    counted = collections.Counter(row["k"] for row in written["state"])
    expect_counts("counts", counted, collections.Counter(
        {row["k"]: row["n"] for row in map(json.loads, place.lines("out"))}))
    if len(place.lines("out")) != len(counted):
        raise Broken("a group left twice")
    expect("dead letters", lines_of("dead letters"),
           [base64.b64decode(json.loads(line)["value"]) for line in place.runner.topic(place.folder, "dead-letters")])


# A task of a run with a gate has 256 KiB of output, and as much again in a commit: three of them read about 1.2 MiB.
STALLED_INPUT = 6 << 20  # of each kind
STALLED_MEMORY = 8 << 20
STALL = 60  # seconds that it may take until reading stands still
STALL_LOOK = 0.05
STILL = 10  # looks

SCENARIOS = (retention_with_a_slow_reader, follow_with_rotation, many_files, idle_splits, day_after_day, renamed_nodes,
             slow_sync)


class ScenarioTest:
    """Each scenario as often as asked; every repetition draws anew, from the seed, its name and its number."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.runner = job.Runner(arguments.weir or (arguments.build or Path("build/dev")) / "bin/weir")
        self.root = arguments.folder or Path(tempfile.mkdtemp(prefix="weir-scenarios-"))
        self.hits, self.noticed = collections.Counter(), False
        self.lock = threading.Lock()

    def run(self):
        began = time.monotonic()
        print(f"seed {self.arguments.seed}", flush=True)
        chosen = [scenario for scenario in SCENARIOS if (self.arguments.only or "") in scenario.__name__]
        with concurrent.futures.ThreadPoolExecutor(self.arguments.jobs) as pool:
            done = {scenario: [pool.submit(self.one, scenario, number) for number in range(self.arguments.scenarios)]
                    for scenario in chosen}
            failures = 0
            for scenario, repetitions in done.items():
                failed = [each.result() for each in repetitions].count(False)
                failures += failed
                print(f"  {scenario.__name__:<30} {len(repetitions)} times"
                      + (f", {failed} FAILED" if failed else ", nothing lost, nothing twice"), flush=True)
        print(f"{self.hits.total()} kills in scenarios, {self.hits['at random']} of them at random and the others at "
              f"{len(self.hits.keys() - {'at random'})} named points, {time.monotonic() - began:.0f} s")
        if self.arguments.folder is None and (failures == 0 or self.noticed):
            shutil.rmtree(self.root)
        if self.arguments.wrong_order:
            print("The wrong order was noticed." if self.noticed else "FAILED: nobody noticed the wrong order.")
            return self.noticed
        return failures == 0

    def one(self, scenario, number):
        folder = self.root / f"{scenario.__name__}-{number}"
        draw = random.Random(f"{self.arguments.seed} {scenario.__name__} {number}")
        place = Place(self.runner, folder, draw, self.arguments.wrong_order)
        try:
            scenario(place)
            shutil.rmtree(folder)
            return True
        except Exception as problem:  # of whatever kind: the others go on, and all are reported
            words = str(problem) if isinstance(problem, Broken) else f"{type(problem).__name__}: {problem}"
            signs = WRONG_ORDERS[self.arguments.wrong_order][1] if self.arguments.wrong_order else ()
            self.noticed = self.noticed or any(sign in words for sign in signs)
            said = (folder / "messages").read_text(errors="replace").splitlines()[-5:]
            with self.lock:
                print(f"{scenario.__name__} {number} of seed {self.arguments.seed} FAILED:")
                print("\n".join(f"  {line}" for line in (*place.story, *words.splitlines(), *said, f"kept: {folder}")),
                      flush=True)
            return False
        finally:
            with self.lock:
                self.hits.update(place.hits)
