#!/usr/bin/env python3
"""Results depend on the data alone: random topologies over random files, run in many ways, must give the same rows.

usage: run.py --weir PROGRAM [--fixture PLUGIN]... [--changes] [--cases N] [--seed S] [--only SEED] [--keep]

Each case runs with batches of 1, 2, 7 and 4096 rows, on one to four threads, with kills (kill -9) in the middle, and with
another number of tasks of its source after each kill. Its
rows are compared with a plain computation of the documented rules (reference.py); of several partitions sorted, of
one in order. With --changes the cases are tables that change and lookups in them (changes.py). A case that fails prints its seed; `--only SEED --keep` repeats it and leaves its files.
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
from pathlib import Path

from case import Case
from changes import ChangesCase
from reference import compute
from values import dead_letter, parse, sortable

TIMEOUT = 300  # seconds: what takes longer hangs, even on a busy machine
MOST_KILLS = 4
KILL_POINTS = ["commit.begin", "commit.done"]


class Failure(Exception):
    pass


class Variant:
    def __init__(self, batch, threads, commit, kills=0, tasks=()):
        self.batch, self.threads, self.commit, self.kills, self.tasks = batch, threads, commit, kills, tasks

    def __str__(self):
        then = f", {' then '.join(map(str, self.tasks))} tasks" if self.tasks else ""
        return f"{self.batch} rows a batch, {self.threads} threads, commits every {self.commit}, {self.kills} kills{then}"


def variants_of(r):
    plain = [Variant(4096, 1, "200ms"), Variant(1, r.randint(1, 4), "5ms"), Variant(2, 2, "2ms"),
             Variant(7, r.randint(2, 4), "1ms"), Variant(4096, r.randint(2, 4), "20ms")]
    killed = [Variant(r.choice([1, 2, 7, 4096]), r.randint(1, 4), r.choice(["1ms", "3ms"]), r.randint(1, MOST_KILLS))
              for _ in range(2)]
    return plain + killed


def handed_over(r):
    """Variants in which the splits move to other tasks after each kill."""
    tasks = r.choice([[2, 4, 1], [4, 1, 3], [1, 2, 4], [3, 2, 2, 1]])
    return [Variant(r.choice([1, 7, 4096]), r.randint(1, 4), r.choice(["1ms", "3ms"]), len(tasks) - 1, tasks)]


class Runner:
    """Runs one variant of a case in folders of its own."""

    def __init__(self, weir, folder, topologies, variant, r):
        """`topologies`: one for each start, the last one for all that follow."""
        self.weir, self.folder, self.topologies, self.variant, self.random = weir, folder, list(topologies), variant, r
        self.killable = Path(weir).resolve().parent.parent / "tests/weir_faulty"  # at named points
        self.home, self.out, self.summary = folder / "home", folder / "out", folder / "summary.json"
        folder.mkdir()

    def start(self, kill_at=None, until_end=True):
        topology = self.topologies.pop(0) if len(self.topologies) > 1 else self.topologies[0]
        command = [str(self.killable) if kill_at else self.weir, "run", str(topology), "--home", str(self.home), *(["--until-end"] if until_end else []),
                   "--param", f"data={topology.parent}/data/*.ndjson", "--param", f"out={self.out}",
                   "--threads", str(self.variant.threads), "--batch-rows", str(self.variant.batch),
                   "--commit-interval", self.variant.commit, "--summary", str(self.summary)]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True,
                                env={**os.environ, **({"WEIR_TEST_KILL_AT": kill_at} if kill_at else {})})

    def run(self, usual):
        """Kills it as often as asked, then runs to the end; answers the kills that hit. `usual`: seconds of a whole run."""
        hits = 0
        for _ in range(self.variant.kills):
            hits += self.killed(usual)
        process = self.start()
        try:
            _, said = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure(f"it did not end within {TIMEOUT} s: {process.communicate()[1]}") from None
        if process.returncode != 0:
            raise Failure(f"it ended with {process.returncode}: {said}")
        return hits

    def killed(self, usual):
        kind = self.random.random()
        if self.variant.tasks and kind < 0.4:
            # Its writers do not end: those that follow have to be told from them by the home.
            process = self.start(until_end=False)
            time.sleep(self.random.uniform(0.2, 1.2) * usual)
            process.send_signal(self.random.choice([signal.SIGTERM, signal.SIGKILL]))
        elif kind < 0.6:
            point = f"{self.random.choice(KILL_POINTS)}:{self.random.randint(1, 12)}"
            process = self.start(kill_at=point)
        else:
            process = self.start()
            try:
                process.wait(timeout=self.random.uniform(0.2, 1.2) * usual)
            except subprocess.TimeoutExpired:
                process.kill()
        try:
            _, said = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure(f"it did not end within {TIMEOUT} s: {process.communicate()[1]}") from None
        if process.returncode not in (0, -signal.SIGKILL):
            raise Failure(f"after a kill it ended with {process.returncode}: {said}")
        return process.returncode == -signal.SIGKILL

    def topic(self, name):
        done = subprocess.run([self.weir, "topic", "read", name, "--home", str(self.home)], capture_output=True,
                              text=True, timeout=TIMEOUT)
        if done.returncode != 0:
            raise Failure(f"topic {name} cannot be read: {done.stderr}")
        return done.stdout.split("\n")[:-1]

    def files(self, name):
        lines = []
        for path in sorted(self.out.glob(f"{name}-*.ndjson")):
            lines += path.read_text(encoding="utf-8").split("\n")[:-1]
        return lines


def differences(name, got, wanted, ordered):
    if not ordered:
        got, wanted = sorted(got, key=sortable), sorted(wanted, key=sortable)
    if got == wanted:
        return []
    missing, extra = list(wanted), []
    for row in got:
        missing.remove(row) if row in missing else extra.append(row)
    lines = [f"{name}: {len(got)} rows instead of {len(wanted)}, {len(missing)} missing, {len(extra)} too many"
             + ("" if missing or extra else ", in another order")]
    return lines + [f"  missing {row}" for row in missing[:3]] + [f"  too many {row}" for row in extra[:3]]


def compare_updates(case, wanted, rows):
    """The order in which keys are updated is nobody's promise; each key counts up to its result."""
    problems, by_window = [], {}
    width = len(case.group_by)
    for row in rows:
        by_window.setdefault((row[width], row[:width]), []).append(row)
    if by_window.keys() != wanted.updates.keys():
        problems.append(f"updates of {len(by_window)} windows instead of {len(wanted.updates)}")
    for window, (count, last) in wanted.updates.items():
        updates = by_window.get(window, [])
        if [row[width + 2] for row in updates] != list(range(1, count + 1)):
            problems.append(f"{len(updates)} updates of {window} do not count from 1 to {count}")
        elif updates[-1] != last:
            problems.append(f"last update {updates[-1]} instead of {last}")
    return problems[:4]


def compare(case, wanted, runner):
    problems = []
    for name, columns in wanted.columns.items():
        # The fixture that counts a table keeps its count in memory: a killed run has forgotten it.
        drawn = {"kept": case.kept, "copy": case.table, "copied_rows": case.table and runner.variant.kills == 0,
                 "late": case.late, "again_late": case.second_chance is not None}
        if not drawn.get(name, True):
            continue
        lines = runner.topic(name) if name == "copy" or (name == "result" and case.result_topic) else runner.files(name)
        rows = [parse(line, columns) for line in lines]
        if name == "result" and case.on_update:
            problems += compare_updates(case, wanted, rows)
        else:
            problems += differences(name, rows, wanted.rows[name], case.ordered(name))
    shapes = {"window": [case.columns(), wanted.columns["result"]], "window.in.repartition": [case.columns()]}
    dead = [dead_letter(line, shapes) for line in runner.topic("dead-letters")]
    flat = lambda letters: [(node, reason, *row) for node, reason, row in letters]
    problems += differences("dead letters", flat(dead), flat(wanted.dead), False)
    if runner.variant.kills == 0:  # a killed run has forgotten what it counted
        late = len(wanted.rows["late"]) + (len(wanted.rows["again_late"]) if case.second_chance is not None else 0)
        counted = json.loads(runner.summary.read_text())["late"]
        if counted != late:
            problems.append(f"{counted} late rows counted instead of {late}")
    return problems


class Rows:
    """Random topologies over random rows, and the rules written down once more."""

    def __init__(self, fixtures):
        self.tables = bool(fixtures)
        self.late, self.dead = 0, 0

    def make(self, seed):
        return Case(seed, self.tables)

    def check(self, case):
        """A function that says what is wrong with the results of a run."""
        wanted = compute(case)
        return lambda runner: compare(case, wanted, runner)

    def count(self, case):
        wanted = compute(case)
        self.late, self.dead = self.late + len(wanted.rows["late"]), self.dead + len(wanted.dead)

    def reached(self):
        return {"late": self.late, "dead letters": self.dead}


class Changes:
    """Tables that change, and lookups in them."""

    def __init__(self, _):
        self.changes, self.found, self.missed = 0, 0, 0

    def make(self, seed):
        return ChangesCase(seed)

    def check(self, case):
        return case.compare

    def count(self, case):
        found = [case.found(order) for rows in case.orders for order in rows]
        self.changes += sum(map(len, case.changes))
        self.missed, self.found = self.missed + found.count(None), self.found + len(found) - found.count(None)

    def reached(self):
        return {"changes": self.changes, "found": self.found, "not found": self.missed}


def run_case(weir, seed, keep, suite):
    case = suite.make(seed)
    folder = Path(tempfile.mkdtemp(prefix=f"weir-invariance-{seed}-"))
    suite.count(case)
    failures, kills, usual = [], 0, 1.0
    try:
        topology = case.write(folder)
        check = suite.check(case)
        r = random.Random(seed + 1)
        for number, variant in enumerate(variants_of(r) + handed_over(r)):
            check_this, topologies = check, [topology]
            if variant.tasks:
                versions = [case.with_tasks(tasks) for tasks in variant.tasks]
                topologies = [version.write_topology(folder / f"tasks-{number}-{i}.weir")
                              for i, version in enumerate(versions)]
                check_this = suite.check(case.with_tasks(max(variant.tasks)))
            runner = Runner(weir, folder / f"run-{number}", topologies, variant, r)
            begin = time.monotonic()
            try:
                kills += runner.run(usual)
                problems = check_this(runner)
            except (Failure, ValueError, KeyError) as error:
                problems = [str(error)]
            if variant.kills == 0:
                usual = time.monotonic() - begin
            if problems:
                failures.append("\n    ".join([f"  {variant}", *problems]))
    finally:
        if not keep:
            shutil.rmtree(folder)
    if keep:
        print(f"case {seed}: {folder}")
    return failures, kills, case.row_count()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", required=True)
    parser.add_argument("--fixture", action="append", default=[],
                        help="the plugin of tests/fixtures/plugins/tables, without which no case has tables; that of changes")
    parser.add_argument("--changes", action="store_true", help="tables that change, and lookups in them")
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    seeds = [options.only] if options.only is not None else range(options.seed * 1000, options.seed * 1000 + options.cases)
    plugins = tempfile.TemporaryDirectory(prefix="weir-invariance-plugins-")
    for fixture in options.fixture:
        shutil.copy(fixture, plugins.name)
    os.environ["WEIR_PLUGIN_PATH"] = f"{os.environ.get('WEIR_PLUGIN_PATH', '')}:{plugins.name}"
    print(f"seeds {seeds[0]} to {seeds[-1]}", flush=True)
    suite = (Changes if options.changes else Rows)(options.fixture)
    failed, kills, rows = [], 0, 0
    for seed in seeds:
        failures, hit, given = run_case(options.weir, seed, options.keep, suite)
        kills, rows = kills + hit, rows + given
        if failures:
            failed.append(seed)
            print(f"case {seed} failed:\n" + "\n".join(failures), flush=True)
    reached = {**suite.reached(), "kills": kills}
    print(f"{len(seeds)} cases, {rows} rows, {', '.join(f'{count} {what}' for what, count in reached.items())}; "
          + (f"failed: {failed}" if failed else "every run gave the same rows."))
    # A suite in which nothing is late, refused, changed or killed proves nothing.
    if len(seeds) >= 20 and not all(reached.values()):
        sys.exit("the cases do not reach what they are for")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
