#!/usr/bin/env python3
"""Kills the runner at named points and at random, and compares what the job gives with what it must give.

Each round has a home of its own. A run is killed a few times, started again after each, and at last ends by itself;
then nothing may be lost, out of order, or there twice, but for what at_least_once says. In every second round all that
the log has not synced is lost with the process. One round of 40 has a million keys in state (docs/crash_tests.md).
Beside the rounds there are scenarios: kills in the middle of what happens to a home over time.
"""
import argparse
import concurrent.futures
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import job
import orders
import scenarios
from rounds import (Broken, Deck, LIMIT, POINTS, Plan, RANDOM_KILLS, Round, STATE_POINTS, Tally, WRONG_ORDERS)

ROUNDS = 100
REPETITIONS = 5
LEAST_HITS = 3
LEAST_BETWEEN = 0.8
ROUNDS_PER_INPUT = 10
WIDE_KILLS = 6
WIDE_RATE = 100_000  # rows a second for each source task


class Input:
    """Files, what must come of them, and how a run without a crash went. Made when the first round needs it."""

    def __init__(self, shape, seed, rate, folder, rounds):
        self.shape = shape
        self.seed = seed
        self.rate = rate
        self.folder = folder
        self.rounds_left = rounds
        self.lock = threading.Lock()
        self.ready = False
        self.problem = None

    def prepare(self, runner):
        with self.lock:
            if not self.ready and self.problem is None:
                try:
                    expected = orders.generate(self.folder, self.seed, self.shape)
                    self.keys = expected.keys_at_once()
                    self.wanted = expected.lines(self.shape.id_window)
                    self.run_without_a_crash(runner)
                    self.ready = True
                except Exception as problem:
                    self.problem = problem
        if self.problem is not None:
            raise Broken(f"input {self.folder}: {self.problem}")

    def run_without_a_crash(self, runner):
        """The job itself must be right and whole, and tells how long it takes and how often it passes each point."""
        home = self.folder.with_name(self.folder.name + "-calm")
        home.mkdir()
        began = time.monotonic()
        status = runner.start(home, self.folder, self.rate, {"WEIR_TEST_COUNT_POINTS": str(home / "counts")},
                              id_window=self.shape.id_window_text).wait(LIMIT)
        self.duration = time.monotonic() - began
        if status != 0:
            raise Broken(f"a run without a crash ended with status {status}")
        counted = (line.split() for line in (home / "counts").read_text().splitlines())
        self.counts = {point: int(count) for point, count in counted}
        problems, doubles = runner.check(home, self.wanted)
        if doubles:
            problems.append(f"alerts: {doubles} rows twice, though nothing was killed")
        problems += [f"the job has no {part}" for part in job.missing_parts(home, self.counts)]
        if self.duration < 0.9 * self.shape.events / 2 / self.rate:
            problems.append("the job is not throttled")
        if problems:
            raise Broken("a run without a crash is wrong:\n" + "\n".join(problems))
        shutil.rmtree(home)

    def round_is_over(self, well):
        with self.lock:
            self.rounds_left -= 1 if well else 0
            if self.rounds_left == 0:
                shutil.rmtree(self.folder)
                self.wanted = None


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, help="build folder that has bin/weir")
    parser.add_argument("--weir", type=Path, help="the program itself, instead")
    parser.add_argument("--rounds", type=int, help=f"{ROUNDS}; none where only scenarios are asked for")
    parser.add_argument("--scenarios", type=int, metavar="N",
                        help=f"how often each scenario; {REPETITIONS}, and none where only rounds are asked for")
    parser.add_argument("--only", metavar="TEXT", help="scenarios with this in their name")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=int, default=orders.ORDINARY.events // 2,
                        help="rows a second for each source task; without it all rows take about a second")
    parser.add_argument("--kills", type=int, default=4, help="in each round")
    parser.add_argument("--wide-every", type=int, default=40, metavar="N",
                        help="one round of N has a million keys in state; 0: none")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="rounds at the same time")
    parser.add_argument("--wrong-order", nargs="?", const="state", choices=list(WRONG_ORDERS),
                        help="commit in a wrong order: passes only if a round fails")
    parser.add_argument("--folder", type=Path, help="where homes are made; a new folder without it")
    arguments = parser.parse_args()
    if arguments.rounds is None and arguments.scenarios is None:
        arguments.rounds, arguments.scenarios = ROUNDS, 0 if arguments.wrong_order else REPETITIONS
    arguments.rounds, arguments.scenarios = arguments.rounds or 0, arguments.scenarios or 0
    if arguments.wrong_order:
        arguments.wide_every = 0
        arguments.jobs = 1
    return arguments


class CrashTest:
    def __init__(self, arguments):
        self.arguments = arguments
        self.runner = job.Runner(arguments.weir or (arguments.build or Path("build/dev")) / "bin/weir")
        self.root = arguments.folder or Path(tempfile.mkdtemp(prefix="weir-crash-"))
        self.root.mkdir(parents=True, exist_ok=True)
        self.ordinary, self.wide = Tally(), Tally()
        if arguments.wrong_order:
            points = [WRONG_ORDERS[arguments.wrong_order][0]]
            self.plan = Plan(Deck(points), arguments.kills, arguments.rate, 0, arguments.wrong_order)
        else:
            self.plan = Plan(Deck(POINTS), arguments.kills, arguments.rate)
        self.wide_plan = Plan(Deck(STATE_POINTS), WIDE_KILLS, WIDE_RATE)
        self.lock = threading.Lock()
        self.failures, self.noticed = 0, False

    def is_wide(self, number):
        every = self.arguments.wide_every
        # Not the same kind of round each time, of those that lose what is not synced and those that do not.
        return every > 0 and number % every == number // every % every

    def make_inputs(self):
        wide_rounds = [number for number in range(self.arguments.rounds) if self.is_wide(number)]
        inputs = {}
        if wide_rounds:
            wide = Input(orders.WIDE, self.arguments.seed, WIDE_RATE, self.root / "input-wide", len(wide_rounds))
            inputs.update({number: wide for number in wide_rounds})
        others = [number for number in range(self.arguments.rounds) if number not in inputs]
        for first in range(0, len(others), ROUNDS_PER_INPUT):
            group = others[first:first + ROUNDS_PER_INPUT]
            seed = self.arguments.seed + first // ROUNDS_PER_INPUT
            made = Input(orders.ORDINARY, seed, self.arguments.rate, self.root / f"input-{seed}", len(group))
            inputs.update({number: made for number in group})
        return inputs

    def run(self):
        began = time.monotonic()
        inputs = self.make_inputs()
        self.keys = 0
        # Wide rounds have a queue of their own.
        with concurrent.futures.ThreadPoolExecutor(1) as wide, \
                concurrent.futures.ThreadPoolExecutor(self.arguments.jobs) as others:
            done = [(wide if self.is_wide(number) else others).submit(self.one_round, number, inputs[number])
                    for number in range(self.arguments.rounds)]
            for each in done:
                each.result()
        good = self.report(time.monotonic() - began)
        if self.arguments.wrong_order:
            print("The wrong order was noticed." if self.noticed else "FAILED: nobody noticed the wrong order.")
            good = self.noticed
        if good and self.arguments.folder is None:
            shutil.rmtree(self.root)
        return good

    def one_round(self, number, given_input):
        if self.arguments.wrong_order and self.failures:
            return  # one is enough
        wide = self.is_wide(number)
        folder = self.root / f"round-{number}"
        this = Round(self.wide_plan if wide else self.plan, self.runner, self.arguments.seed, number, folder, given_input)
        well = False
        try:
            given_input.prepare(self.runner)
            this.run(self.wide if wide else self.ordinary)
            if wide:
                self.keys = given_input.keys
            shutil.rmtree(folder)
            well = True
        except Exception as problem:  # of whatever kind: the other rounds go on, and all are reported
            self.tell_failure(number, this, problem)
        given_input.round_is_over(well)

    def tell_failure(self, number, this, problem):
        messages = this.folder / "messages"
        said = messages.read_text(errors="replace").splitlines()[-5:] if messages.is_file() else []
        words = str(problem) if isinstance(problem, Broken) else f"{type(problem).__name__}: {problem}"
        lines = this.story + words.splitlines() + said
        with self.lock:
            self.failures += 1
            if self.arguments.wrong_order:
                signs = WRONG_ORDERS[self.arguments.wrong_order][1]
                self.noticed = any(sign in line for line in lines for sign in signs)
            print(f"round {number} of seed {self.arguments.seed} FAILED ({', '.join(this.switches) or 'no switches'}):")
            print("\n".join(f"  {line}" for line in lines))
            if not self.noticed:
                print(f"  kept: {this.folder} and {this.input.folder}", flush=True)

    def report(self, seconds):
        everything = self.ordinary.plus(self.wide)
        print(f"{self.arguments.rounds} rounds, {everything.kills} kills, {everything.between} between first and last "
              f"commit ({100 * everything.between // max(1, everything.kills)} %), {everything.lossy} with the loss of "
              f"unsynced bytes, {everything.doubles} rows twice under at_least_once, {seconds:.0f} s")
        if self.keys:
            print(f"{self.wide.rounds} of the rounds with {self.keys} keys in state at once, {self.wide.kills} kills")
        points = self.plan.deck.points
        print(f"  {'hits':<24} {'all':>5} {'wide':>5}")
        for point in points:
            print(f"  {point:<24} {everything.hits[point]:>5} {self.wide.hits[point]:>5}")
        random_kills = [tally.kills - sum(tally.hits.values()) for tally in (everything, self.wide)]
        print(f"  {'at random':<24} {random_kills[0]:>5} {random_kills[1]:>5}")
        good = self.failures == 0
        # Too few rounds cannot say anything about this.
        enough = self.arguments.rounds * self.arguments.kills * (1 - RANDOM_KILLS) >= 2 * LEAST_HITS * len(points)
        if not self.arguments.wrong_order and enough:
            for point in points:
                if everything.hits[point] < LEAST_HITS:
                    print(f"FAILED: {point} was hit {everything.hits[point]} times, and not {LEAST_HITS}.")
                    good = False
            if everything.between < LEAST_BETWEEN * everything.kills:
                print(f"FAILED: less than {100 * LEAST_BETWEEN:.0f} % of the kills came between first and last commit.")
                good = False
        if self.failures:
            print(f"{self.failures} rounds FAILED.")
        return good


def main(arguments):
    good = not arguments.rounds or CrashTest(arguments).run()
    return (not arguments.scenarios or scenarios.ScenarioTest(arguments).run()) and good


if __name__ == "__main__":
    sys.exit(0 if main(parse()) else 1)
