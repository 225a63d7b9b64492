#!/usr/bin/env python3
"""A home is not finished when its input has ended: a day, then the next day, gives what one run over both gives.

usage: run.py --weir PROGRAM [--seed N]

Windows of a minute count rows by key. Day by day with --until-end: a group leaves once; a row that comes to a group which left
at the end of an earlier run is late, counted, and stands on the late port; everything else is as in one run. With --keep-open
nothing leaves before time closes it, and the days together are one run. A followed run goes on after either. Files that turn up
with older rows, in whatever task, are late with every row on the port.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

MINUTE = 60_000
BEGIN = 1_700_000_040_000  # a full minute
ROWS = 600
TIMEOUT = 280  # seconds: what takes longer hangs


def day(r, begin, keys):
    """Rows in order, ten a minute: the last minute of a day is also the first of the next."""
    return [{"k": f"k{r.randrange(keys)}", "ts": begin + i * MINUTE // 10} for i in range(ROWS)]


def write_rows(path, rows):
    hidden = path.with_suffix(".part")
    hidden.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    hidden.rename(path)


class Home:
    """A folder with input, a topology over it, and a home; one run follows another."""

    def __init__(self, weir, folder, tasks=1, late_port=True, follow=False, batch_rows=4096):
        self.weir, self.folder, self.batch_rows = weir, folder, batch_rows
        (folder / "in").mkdir(parents=True)
        nodes = [
            {"id": "rows", "use": "file.source", "params": {
                "path": f"{folder}/in/*.ndjson", "follow": follow, "format": "json.json", "tasks": tasks,
                "schema": [{"name": "k", "type": "string", "nullable": False},
                           {"name": "ts", "type": "timestamp", "nullable": False}],
                "event_time": {"field": "ts", "disorder": "0s"}, **({"idle_after": "50ms"} if follow else {})}},
            {"id": "window", "use": "window.tumbling", "params": {
                "group_by": ["k"], "size": "1m", "aggregates": [{"name": "n", "function": "count"}]}},
            {"id": "out", "use": "file.sink", "params": {"path": f"{folder}/out/out-{{task}}.ndjson"}},
        ]
        edges = [{"from": "rows.out", "to": "window.in"}, {"from": "window.out", "to": "out.in"}]
        if late_port:
            nodes.append({"id": "late", "use": "file.sink", "params": {"path": f"{folder}/out/late-{{task}}.ndjson"}})
            edges.append({"from": "window.late", "to": "late.in"})
        self.topology = folder / "t.weir"
        self.topology.write_text(json.dumps({"weir": 1, "name": "t", "nodes": nodes, "edges": edges}), encoding="utf-8")
        self.late = 0

    def _start(self, arguments):
        return subprocess.Popen(
            [self.weir, "run", str(self.topology), "--home", str(self.folder / "home"), "--threads", "2", "--batch-rows",
             str(self.batch_rows), "--summary", str(self.folder / "summary.json"), *arguments],
            stderr=subprocess.PIPE, text=True)

    def _finish(self, process):
        error = process.communicate(timeout=TIMEOUT)[1]
        if process.returncode != 0:
            raise AssertionError(f"weir run ended with {process.returncode}: {error}")
        self.late += json.loads((self.folder / "summary.json").read_text())["late"]

    def run(self, *arguments):
        self._finish(self._start(["--until-end", *arguments]))

    def follow_until(self, enough, change=None):
        """Runs on while files come, until `enough` says so."""
        process = self._start([])
        try:
            end = time.monotonic() + TIMEOUT
            while not enough():
                if process.poll() is not None or time.monotonic() > end:
                    raise AssertionError(f"what was waited for did not come: {self.counts()}, {self.late_rows()} late")
                time.sleep(0.02)
                if change is not None and change():
                    change = None
        finally:
            process.send_signal(signal.SIGTERM)
        self._finish(process)

    def rows(self, name):
        return [json.loads(line) for path in sorted(self.folder.glob(f"out/{name}-*.ndjson"))
                for line in path.read_text(encoding="utf-8").splitlines()]

    def counts(self):
        got = Counter()
        for row in self.rows("out"):
            if (row["window_start"], row["k"]) in got:
                raise AssertionError(f"a group left twice: {row}")
            got[row["window_start"], row["k"]] = row["n"]
        return got

    def late_rows(self):
        return sorted(((row["ts"], row["k"]) for row in self.rows("late")))


def counted(rows):
    return Counter((row["ts"] // MINUTE * MINUTE, row["k"]) for row in rows)


def equal(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}: {len(got)} instead of {len(wanted)}; "
                             f"too much {list(got - wanted)[:3]}, missing {list(wanted - got)[:3]}"
                             if isinstance(got, Counter) else f"{what}: {got} instead of {wanted}")


def day_by_day(home, days):
    """What one run over all gives, but for rows of groups that had left."""
    left, late = Counter(), []
    for number, rows in enumerate(days):
        write_rows(home.folder / "in" / f"day-{number}.ndjson", rows)
        home.run()
        late += [(row["ts"], row["k"]) for row in rows if left[row["ts"] // MINUTE * MINUTE, row["k"]]]
        left += counted([row for row in rows if not left[row["ts"] // MINUTE * MINUTE, row["k"]]])
        equal(f"after day {number}", home.counts(), left)
        equal(f"late after day {number}", home.late, len(late))
    return sorted(late)


def check_days(weir, folder, r):
    late_seen = 0
    for tasks in (1, 2, 3, 4):
        for late_port, batch_rows in ((True, 4096), (False, 7), (False, 1)):
            days = [day(r, BEGIN + number * (ROWS * MINUTE // 10 - MINUTE // 2), 5) for number in range(3)]
            home = Home(weir, folder / f"days-{tasks}-{batch_rows}", tasks, late_port, batch_rows=batch_rows)
            late = day_by_day(home, days)
            late_seen += len(late)
            if late_port:
                equal("late rows on the port", home.late_rows(), late)
            home.run()  # nothing has come
            equal("late in an empty run", home.late, len(late))
    if not late_seen:
        raise AssertionError("no row came to a group that had left: the days do not meet")


def check_newer_days(weir, folder, r):
    """600 rows, then 600 newer ones: nothing is late, nothing is missing."""
    days = [day(r, BEGIN, 3), day(r, BEGIN + 86_400_000, 3)]
    for tasks in (1, 2):
        home = Home(weir, folder / f"newer-{tasks}", tasks)
        day_by_day(home, days)
        equal("rows", home.counts(), counted(days[0] + days[1]))
        equal("late", home.late, 0)


def check_keep_open(weir, folder, r):
    for tasks in (1, 3):
        days = [day(r, BEGIN + number * (ROWS * MINUTE // 10 - MINUTE // 2), 5) for number in range(3)]
        home = Home(weir, folder / f"open-{tasks}", tasks, late_port=False)
        for number, rows in enumerate(days):
            write_rows(home.folder / "in" / f"day-{number}.ndjson", rows)
            home.run(*(["--keep-open"] if number < 2 else []))
        equal("rows", home.counts(), counted(sum(days, [])))
        equal("late", home.late, 0)


def check_live(weir, folder, r):
    """A backfill, then a followed run: what time has closed has left, and nothing was lost."""
    for arguments in ([], ["--keep-open"]):
        days = [day(r, BEGIN, 3), day(r, BEGIN + ROWS * MINUTE // 10, 3)]
        home = Home(weir, folder / f"live-{len(arguments)}", 2, follow=True)
        write_rows(home.folder / "in" / "day-0.ndjson", days[0])
        home.run(*arguments)
        write_rows(home.folder / "in" / "day-1.ndjson", days[1])
        last = days[1][-1]["ts"] // MINUTE * MINUTE
        wanted = Counter({group: n for group, n in counted(days[0] + days[1]).items() if group[0] < last})
        home.follow_until(lambda: len(home.counts()) >= len(wanted))
        equal("rows", home.counts(), wanted)
        equal("late", home.late, 0)


def check_older_files(weir, folder, r):
    """Six files of 100 rows each from an hour ago turn up while a run follows: all are late, and on the port."""
    home = Home(weir, folder / "older", 2, follow=True)
    write_rows(home.folder / "in" / "new.ndjson", day(r, BEGIN + 100 * MINUTE, 3))
    closed = lambda: len({start for start, _ in home.counts()}) >= ROWS // 10 - 1
    older = []

    def turn_up():
        if not closed():
            return False
        for number in range(6):
            rows = [{"k": f"k{i % 3}", "ts": BEGIN + number * MINUTE + i} for i in range(100)]
            older.extend((row["ts"], row["k"]) for row in rows)
            write_rows(home.folder / "in" / f"old-{number}.ndjson", rows)
        return True

    home.follow_until(lambda: len(home.late_rows()) >= 600, turn_up)
    equal("late", home.late, 600)
    equal("late rows on the port", home.late_rows(), sorted(older))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    folder = Path(tempfile.mkdtemp(prefix="weir-second-run-"))
    failed = False
    for check in (check_newer_days, check_days, check_keep_open, check_live, check_older_files):
        try:
            check(options.weir, folder, random.Random(options.seed))
            print(f"{check.__name__}: good")
        except AssertionError as problem:
            failed = True
            print(f"{check.__name__}: {problem}")
    if not failed:
        shutil.rmtree(folder)
    sys.exit(failed)


if __name__ == "__main__":
    main()
