"""One round: a home of its own, killed a few times, started again after each, and at last run to its end."""
import collections
import dataclasses
import math
import random
import signal
import threading
import time
from dataclasses import dataclass, field

import journal

# Named points (core/adapters/embedded/files/crash_points.hpp, core/runtime/engine/committer.cpp, node_state.cpp,
# app/runner/supervisor.cpp). Those of a start are passed a few times at most: so many that a kill may wait for; how
# often the others are passed is counted in a run that nobody kills.
RECOVERY_POINTS = {
    "recovery.journal.cut": 1,
    "recovery.truncated": 3,
    "recovery.log.done": 1,
    "recovery.state.opened": 1,
    "recovery.replayed": 3,
    "recovery.tasks.made": 1,
}
RUNNING_POINTS = (
    "commit.begin", "log.append.done", "log.synced", "journal.written", "journal.synced", "log.published",
    "commit.published", "commit.done", "segment.closed", "segment.rolled", "segment.removed", "log.trimmed",
    "journal.compacting", "journal.replaced", "journal.compacted", "state.flush.begin", "state.flush.written",
    "state.segment.dropped", "state.flush.end", "state.synced")
POINTS = (*RUNNING_POINTS, *RECOVERY_POINTS)
# Where much state makes a difference.
STATE_POINTS = (*(point for point in RUNNING_POINTS if point.split(".")[0] in ("segment", "state")), "log.trimmed",
                "journal.replaced", "journal.compacted", *RECOVERY_POINTS)
# What a wrong order of the commit kills at, and what it has to be noticed by: anything else is another defect.
WRONG_ORDERS = {
    "state": ("commit.between", ("rows lost",)),
    "journal": ("journal.synced", ("is damaged at byte", "is missing, though the journal covers it")),
}
LIMIT = 300  # seconds for one run
LOOK = 0.002
RANDOM_KILLS = 0.25
TORN = 0.25  # of the starts after a kill, those that find torn writes in any case
FIRST_SEGMENTS = 20  # passes of segment.rolled before the first commit


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
    """What all rounds of one kind came to. [any thread, with the lock]"""
    lock: threading.Lock = field(default_factory=threading.Lock)
    hits: collections.Counter = field(default_factory=collections.Counter)
    rounds: int = 0
    kills: int = 0
    between: int = 0
    lossy: int = 0  # kills that lost what was not synced
    doubles: int = 0

    def plus(self, other):
        return Tally(hits=self.hits + other.hits, **{each.name: getattr(self, each.name) + getattr(other, each.name)
                                                     for each in dataclasses.fields(self) if each.type is int})


class Deck:
    """Deals out named points evenly; one that was not reached goes back on top. [any thread]"""

    def __init__(self, points):
        self.points = points
        self.cards = []
        self.lock = threading.Lock()

    def deal(self, draw):
        with self.lock:
            if not self.cards:
                self.cards = list(self.points)
                draw.shuffle(self.cards)
            return self.cards.pop()

    def put_back(self, point):
        with self.lock:
            self.cards.append(point)


@dataclass
class Plan:
    """What is the same for all rounds of one kind."""
    deck: Deck
    kills: int
    rate: int
    random_kills: float = RANDOM_KILLS
    wrong_order: str = ""


class Round:
    def __init__(self, plan, runner, seed, number, folder, given_input):
        self.plan = plan
        self.runner = runner
        self.draw = random.Random(seed * 1_000_003 + number)
        self.folder = folder
        self.input = given_input
        self.switches = {}
        if number % 2 == 1 or plan.wrong_order == "journal":
            self.switches["WEIR_TEST_LOSE_UNSYNCED"] = "1"
        if plan.wrong_order:
            self.switches["WEIR_TEST_WRONG_ORDER"] = plan.wrong_order
        self.story = []

    def run(self, tally):
        for number in range(self.plan.kills):
            kill = self.choose(number)
            if number > 0 and (self.needs_torn_writes(kill) or self.draw.random() < TORN):
                journal.tear(self.folder, self.draw)
                self.story.append("writes were torn")
            if not self.one_run(kill):
                if kill.point:
                    self.plan.deck.put_back(kill.point)
                break
            self.count(kill, tally)
        else:
            self.finish()
        problems, doubles = self.runner.check(self.folder, self.input.wanted)
        if problems:
            raise Broken("\n".join(problems))
        with tally.lock:
            tally.rounds += 1
            tally.doubles += doubles

    def choose(self, number):
        if self.draw.random() < self.plan.random_kills:
            return Kill()
        point = self.plan.deck.deal(self.draw)
        if point in RECOVERY_POINTS:
            if not self.has_something_to_recover(point):
                self.plan.deck.put_back(point)
                return Kill()
            return Kill(point, self.draw.randint(1, RECOVERY_POINTS[point]))
        # Each run gets so far, on average, that the last kill still comes before the end.
        like = "commit.done" if self.plan.wrong_order else point  # the right order does not pass all of the points
        most = math.ceil(1.1 * self.input.counts.get(like, 1) / self.plan.kills)
        passes = self.draw.randint(1, most)
        # The first kill of a home comes after its first commit, mostly: later starts have commits behind them.
        if number == 0 and (self.plan.wrong_order or self.draw.random() < 0.9):
            passes += FIRST_SEGMENTS if point == "segment.rolled" else 3 if most > 3 else 0
        return Kill(point, passes)

    def has_something_to_recover(self, point):
        if point == "recovery.state.opened" and not (self.folder / "home/state/CURRENT").is_file():
            return False
        return journal.commits(self.folder)[0] > 0

    @staticmethod
    def needs_torn_writes(kill):
        return kill.point in ("recovery.journal.cut", "recovery.truncated")

    def start(self, kill):
        return self.runner.start(self.folder, self.input.folder, self.plan.rate, {**self.switches, **kill.switches()},
                                 id_window=self.input.shape.id_window_text)

    def one_run(self, kill):
        """True: it was killed; False: it came to its end before that."""
        process = self.start(kill)
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
        before = journal.commits(self.folder)[0]
        # A start with nothing behind it has nothing to lose before its first commit.
        while before == 0 and process.poll() is None and journal.commits(self.folder)[0] == 0:
            if time.monotonic() - began > LIMIT:
                raise TimeoutError("no commit came")
            time.sleep(LOOK)
        try:
            process.wait(self.draw.uniform(0, 1.1 * self.input.duration / self.plan.kills))
        except Exception:  # it runs, as it should
            process.kill()

    def count(self, kill, tally):
        made, done = journal.commits(self.folder)
        rows = {name: len(lines) for name, lines in self.input.wanted.items()}
        complete = all(done[name] == rows[name] for name in ("totals", "updates", "late_updates"))
        between = made > 0 and not complete
        with tally.lock:
            tally.kills += 1
            tally.between += between
            tally.lossy += "WEIR_TEST_LOSE_UNSYNCED" in self.switches
            if kill.point:
                tally.hits[kill.point] += 1
        where = "" if between else ", before the first commit" if made == 0 else ", after the last rows"
        self.story.append(f"killed {kill} after commit {made}, {done['updates']} of {rows['updates']} updates{where}")

    def finish(self):
        process = self.start(Kill())
        try:
            status = process.wait(LIMIT)
        except Exception as problem:
            process.kill()
            process.wait()
            raise Broken(f"the last run did not end within {LIMIT} s") from problem
        if status != 0:
            raise Broken(f"the last run ended with status {status}")
