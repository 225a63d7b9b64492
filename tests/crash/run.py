#!/usr/bin/env python3
"""Kills the runner at named points and at random, and compares what the job gives with what it must give.

Each round has a home of its own. A run is killed a few times, started again after each, and at last ends by itself;
then nothing may be lost and nothing may be there twice, but for what at_least_once says. In every second round all
that was not synced is lost with the process.
"""
import argparse
import collections
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import job

# Named points, and how many passes of one a kill may wait for (core/adapters/embedded/crash_points.hpp,
# core/runtime/engine/committer.cpp).
POINTS = {
    "commit.begin": 40,
    "commit.published": 30,
    "commit.done": 40,
    "segment.rolled": 25,
    "log.append.done": 40,
    "log.synced": 40,
    "journal.written": 40,
    "journal.synced": 40,
    "log.published": 40,
    "log.trimmed": 4,
    "journal.compacted": 3,
    "recovery.truncated": 1,
    "state.flush.begin": 6,
    "state.flush.end": 6,
}
BETWEEN = "commit.between"  # passed only in the wrong order
LEAST_HITS = 3
LEAST_BETWEEN = 0.8
LIMIT = 120  # seconds for one run
LOOK = 0.002
ROUNDS_PER_INPUT = 10
RANDOM_KILLS = 0.25


class Broken(Exception):
    """What is wrong with a round, in words."""


@dataclass
class Kill:
    point: str = ""  # none: from outside, at a random time
    passes: int = 0

    def switches(self):
        return {"WEIR_TEST_KILL_AT": f"{self.point}:{self.passes}"} if self.point else {}

    def __str__(self):
        return f"{self.point}:{self.passes}" if self.point else "at random"


@dataclass
class Tally:
    hits: collections.Counter
    kills: int = 0
    between: int = 0
    doubles: int = 0


# What a wrong order has to be noticed by: anything else is another defect.
SIGNS = {"state": "rows lost", "journal": "is damaged at byte"}


class Deck:
    """Deals out named points evenly; one that was not reached goes back on top."""

    def __init__(self, points):
        self.points = points
        self.cards = []

    def deal(self, draw):
        if not self.cards:
            self.cards = list(self.points)
            draw.shuffle(self.cards)
        return self.cards.pop()

    def put_back(self, point):
        self.cards.append(point)


class Round:
    def __init__(self, arguments, runner, number, folder, data, wanted, duration):
        self.arguments = arguments
        self.runner = runner
        self.draw = random.Random(arguments.seed * 1_000_003 + number)
        self.folder = folder
        self.data = data
        self.wanted = wanted
        self.rows = {name: len(rows) for name, rows in wanted.items()}
        self.duration = duration
        self.switches = {}
        if number % 2 == 1 or arguments.wrong_order == "journal":
            self.switches["WEIR_TEST_LOSE_UNSYNCED"] = "1"
        if arguments.wrong_order:
            self.switches["WEIR_TEST_WRONG_ORDER"] = arguments.wrong_order
        self.story = []

    def plan(self, deck):
        kills = []
        for _ in range(self.arguments.kills):
            if self.draw.random() < RANDOM_KILLS:
                kills.append(Kill())
                continue
            point = deck.deal(self.draw)
            if point == "recovery.truncated":
                # Something to cut off is left by a death before the journal knows of it.
                kills.append(Kill("log.synced", self.draw.randint(3, 20)))
            most = POINTS.get(point, 20)
            kills.append(Kill(point, self.draw.randint(1, most)))
        # The first kill of a home comes after its first commit, mostly: later starts have commits behind them.
        if kills and kills[0].point and self.draw.random() < 0.9:
            kills[0].passes += 12 if kills[0].point == "segment.rolled" else 3
            if kills[0].point.startswith("recovery"):
                kills.insert(0, Kill())
        return kills

    def run(self, deck, tally):
        for kill in self.plan(deck):
            if not self.one_run(kill):
                if kill.point:
                    deck.put_back(kill.point)
                break
            self.count(kill, tally)
        else:
            self.finish()
        problems, doubles = self.runner.check(self.folder, self.wanted)
        if problems:
            raise Broken("\n".join(problems))
        tally.doubles += doubles

    def one_run(self, kill):
        """True: it was killed; False: it came to its end before that."""
        process = self.runner.start(self.folder, self.data, self.arguments.rate, {**self.switches, **kill.switches()})
        try:
            if not kill.point:
                self.kill_at_random(process)
            status = process.wait(LIMIT)
        except Exception as problem:
            process.kill()
            process.wait()
            raise Broken(f"a run did not end within {LIMIT} s (kill {kill}): {problem}") from problem
        if status == 0:
            self.story.append(f"ended before {kill}")
            return False
        if status != -signal.SIGKILL:
            raise Broken(f"a run ended with status {status} (kill {kill})")
        return True

    def kill_at_random(self, process):
        began = time.monotonic()
        while process.poll() is None and job.commits(self.folder)[0] == 0:
            if time.monotonic() - began > LIMIT:
                raise TimeoutError("no commit came")
            time.sleep(LOOK)
        try:
            process.wait(self.draw.uniform(0, self.duration))
        except Exception:  # it runs, as it should
            process.kill()

    def count(self, kill, tally):
        made, done = job.commits(self.folder)
        complete = all(done[name] == self.rows[name] for name in ("totals", "updates", "late_updates"))
        between = made > 0 and not complete
        tally.kills += 1
        tally.between += between
        if kill.point:
            tally.hits[kill.point] += 1
        where = "" if between else ", before the first commit" if made == 0 else ", after the last rows"
        self.story.append(f"killed {kill} after commit {made}, {done['updates']} of {self.rows['updates']} updates{where}")

    def finish(self):
        process = self.runner.start(self.folder, self.data, self.arguments.rate, self.switches)
        try:
            status = process.wait(LIMIT)
        except Exception as problem:
            process.kill()
            process.wait()
            raise Broken(f"the last run did not end within {LIMIT} s") from problem
        if status != 0:
            raise Broken(f"the last run ended with status {status}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, help="build folder that has bin/weir")
    parser.add_argument("--weir", type=Path, help="the program itself, instead")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=24_000, help="rows of input")
    parser.add_argument("--ids", type=int, default=1_000_000, help="how many keys the rows are drawn from")
    parser.add_argument("--rate", type=int, default=0, help="rows a second for each source task; 0: all in about 1 s")
    parser.add_argument("--kills", type=int, default=4, help="in each round")
    parser.add_argument("--wrong-order", nargs="?", const="state", choices=["state", "journal"],
                        help="commit in a wrong order: passes only if a round fails")
    parser.add_argument("--folder", type=Path, help="where homes are made; a new folder without it")
    arguments = parser.parse_args()
    if arguments.rate == 0:
        arguments.rate = max(1, arguments.events // 2)
    return arguments


def without_a_crash(arguments, runner, folder, data, wanted):
    """The job itself must be right, and tells how long it takes."""
    began = time.monotonic()
    status = runner.start(folder, data, arguments.rate).wait(LIMIT * 5)
    duration = time.monotonic() - began
    if status != 0:
        raise Broken(f"a run without a crash ended with status {status}")
    problems, doubles = runner.check(folder, wanted)
    if doubles:
        problems.append(f"alerts: {doubles} rows twice, though nothing was killed")
    if problems:
        raise Broken("a run without a crash is wrong:\n" + "\n".join(problems))
    return duration


def report(arguments, tally, points, failures, seconds):
    print(f"{arguments.rounds} rounds, {tally.kills} kills, {tally.between} between first and last commit"
          f" ({100 * tally.between // max(1, tally.kills)} %), {tally.doubles} rows twice under at_least_once,"
          f" {seconds:.0f} s")
    for point in points:
        print(f"  {point:<20} {tally.hits[point]:>5} hits")
    print(f"  {'at random':<20} {tally.kills - sum(tally.hits.values()):>5}")
    good = True
    # Too few rounds cannot say anything about this.
    if not arguments.wrong_order and arguments.rounds * arguments.kills * (1 - RANDOM_KILLS) >= 2 * LEAST_HITS * len(points):
        for point in points:
            if tally.hits[point] < LEAST_HITS:
                print(f"FAILED: {point} was hit {tally.hits[point]} times, and not {LEAST_HITS}.")
                good = False
        if tally.between < LEAST_BETWEEN * tally.kills:
            print(f"FAILED: less than {100 * LEAST_BETWEEN:.0f} % of the kills came between first and last commit.")
            good = False
    if failures:
        print(f"{failures} rounds FAILED.")
    return good and failures == 0


def main():
    arguments = parse()
    weir = arguments.weir or (arguments.build or Path("build/dev")) / "bin/weir"
    runner = job.Runner(weir)
    root = arguments.folder or Path(tempfile.mkdtemp(prefix="weir-crash-"))
    root.mkdir(parents=True, exist_ok=True)
    points = [BETWEEN] if arguments.wrong_order == "state" else ["journal.synced"] if arguments.wrong_order else list(POINTS)
    deck, tally = Deck(points), Tally(collections.Counter())
    failures, noticed, duration = 0, False, 0.0
    began = time.monotonic()
    for number in range(arguments.rounds):
        seed = arguments.seed + number // ROUNDS_PER_INPUT
        data = root / f"input-{seed}"
        if number % ROUNDS_PER_INPUT == 0:
            job.generate(data, seed, arguments.events, arguments.ids)
            wanted = job.expected(data)
            folder = root / f"calm-{seed}"
            try:
                duration = without_a_crash(arguments, runner, folder, data, wanted)
            except Broken as problem:
                print(f"{problem}\nKept: {folder}")
                return 1
            shutil.rmtree(folder)
        folder = root / f"round-{number}"
        this = Round(arguments, runner, number, folder, data, wanted, duration)
        try:
            this.run(deck, tally)
            shutil.rmtree(folder)
        except (Broken, RuntimeError) as problem:
            failures += 1
            print(f"round {number} of seed {arguments.seed} FAILED ({', '.join(this.switches) or 'no switches'}):")
            said = (folder / "messages").read_text(errors="replace").splitlines()[-5:]
            lines = this.story + str(problem).splitlines() + said
            noticed = any(SIGNS.get(arguments.wrong_order, "") in line for line in lines)
            print("\n".join(f"  {line}" for line in lines))
            print(f"  kept: {folder} and {data}", flush=True)
            if arguments.wrong_order:
                break
        if number % ROUNDS_PER_INPUT == ROUNDS_PER_INPUT - 1 and not failures:
            shutil.rmtree(data)
    good = report(arguments, tally, points, failures, time.monotonic() - began)
    if arguments.wrong_order:
        print("The wrong order was noticed." if noticed else "FAILED: nobody noticed the wrong order.")
        if noticed and arguments.folder is None:
            shutil.rmtree(root)
        return 0 if noticed else 1
    if good and arguments.folder is None:
        shutil.rmtree(root)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
