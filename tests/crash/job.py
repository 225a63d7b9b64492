"""The job that the crash tests kill: how it is started, and whether what it gave is right."""
import collections
import json
import os
import subprocess
from pathlib import Path

import journal

HERE = Path(__file__).resolve().parent
TOPOLOGY = HERE / "crash.weir"
PARTITIONS = 2
LOG_OUTPUTS = ("totals", "updates", "late_updates", "alerts")
FILE_OUTPUTS = ("totals", "late")


def lines_of(content):
    return content.splitlines()


def difference(wanted, given, doubles_allowed=False):
    """In words, or nothing. `doubles_allowed`: of at_least_once."""
    if wanted == sorted(given):
        return ""
    wanted = collections.Counter(wanted)
    given = collections.Counter(given)
    lost = wanted - given
    more = given - wanted
    if doubles_allowed:
        more = collections.Counter({row: count for row, count in more.items() if row not in wanted})
    words = []
    for what, rows in (("lost", lost), ("doubled or wrong", more)):
        if rows:
            words.append(f"{sum(rows.values())} rows {what}, such as {[row.decode() for row in sorted(rows)[:3]]}")
    return "; ".join(words)


def disorder(name, lines):
    """The first row that is not in its place, in words, or nothing."""
    if name == "updates":
        # One window of a region counts up, one by one, in the partition of that region.
        counts = {}
        for line in lines:
            key, _, count = line.rpartition(b":")
            counts[key] = counts.get(key, 0) + 1
            if int(count[:-1]) != counts[key]:
                return f"out of order at {line.decode()}"
    if name.startswith("totals"):
        # Windows close in the order (window end, key) in each partition, and partitions stand one after the other.
        before, rises = (0, 0), 1
        for line in lines:
            order, start, _ = line.split(b",", 2)
            place = (int(start.rpartition(b":")[2]), int(order.rpartition(b":")[2]))
            if place < before:
                rises += 1
                if rises > PARTITIONS:
                    return f"out of order at {line.decode()}"
            before = place
    return ""


def verify(wanted, given):
    """What is wrong with the results, in words; and how many rows at_least_once gave more than once."""
    problems = []
    for name, rows in wanted.items():
        # Rows that are missing are out of order, too: that is not said twice.
        words = difference(rows, given[name], doubles_allowed=name == "alerts") or disorder(name, given[name])
        if words:
            problems.append(f"{name}: {words}")
    return problems, len(given["alerts"]) - len(wanted["alerts"])


class Runner:
    """The `weir` program, the runner that has faults where tests ask for some, and how the tests start both."""

    def __init__(self, weir, threads=2):
        self.weir = Path(weir).resolve()
        if not self.weir.is_file():
            raise SystemExit(f"{self.weir} is not there: build it first, or name it with --weir.")
        self.faulty = self.weir.parent.parent / "tests/weir_faulty"
        if not self.faulty.is_file():
            raise SystemExit(f"{self.faulty} is not there: build weir_faulty.")
        self.plugins = self.weir.parent.parent / "crash_plugins"
        if not (self.plugins / "fixture_throttle.so").is_file():
            raise SystemExit(f"{self.plugins}/fixture_throttle.so is not there: build weir_plugin_fixture_throttle.")
        self.threads = threads

    def environment(self, switches=None):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WEIR_TEST_")}
        environment["WEIR_PLUGIN_PATH"] = f"{self.plugins}:{environment.get('WEIR_PLUGIN_PATH', '')}"
        environment["WEIR_TEST_SMALL"] = "1"
        environment.update(switches or {})
        return environment

    def command(self, topology, home, folder, *options):
        """Of a run that commits often and has little memory, with its summary in `folder`."""
        return [str(self.faulty), "run", str(topology), "--home", str(home), "--threads", str(self.threads),
                "--commit-interval", "20ms", "--overlay-memory", "1", "--state-memory", "8", "--batch-rows", "256",
                "--summary", str(folder / "summary.json"), *options]

    def launch(self, command, folder, switches=None):
        """Starts it; its messages go to a file in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "messages", "ab") as messages:
            return subprocess.Popen(command, env=self.environment(switches), stdout=messages, stderr=messages)

    def arguments(self, folder, data, rate, id_window="120s", home=None, out=None, topology=TOPOLOGY):
        return self.command(topology, home or folder / "home", folder, "--until-end",
                            "--param", f"input={data}/*.ndjson", "--param", f"out={out or folder / 'out'}",
                            "--param", f"rate={rate}", "--param", f"id_window={id_window}")

    def start(self, folder, data, rate, switches=None, **others):
        """A run of the crash job with its home and results under `folder`."""
        return self.launch(self.arguments(folder, data, rate, **others), folder, switches)

    def topic(self, folder, name):
        """The rows of a topic, as lines, partition after partition."""
        read = subprocess.run([str(self.weir), "topic", "read", name, "--home", str(folder / "home")],
                              capture_output=True, env=self.environment(), check=False)
        if read.returncode != 0:
            raise RuntimeError(f"weir topic read {name}: {read.stderr.decode(errors='replace').strip()}")
        return lines_of(read.stdout)

    def results(self, folder):
        given = {name: self.topic(folder, name) for name in LOG_OUTPUTS}
        for name in FILE_OUTPUTS:
            files = sorted((folder / "out").glob(f"{name}-*.ndjson"))
            given[f"{name}_file"] = [line for path in files for line in lines_of(path.read_bytes())]
        return given

    def check(self, folder, wanted):
        problems, doubles = verify(wanted, self.results(folder))
        refused = journal.commits(folder)[1]["dead-letters"]
        if refused:
            problems.append(f"{refused} rows became dead letters")
        return problems, doubles


def missing_parts(folder, counts):
    """What the job is meant to have and does not: parts of it that would be killed in vain. `counts`: of named points."""
    _, ends = journal.read(folder)
    rows = journal.commits(folder)[1]
    missing = []
    for topic in ("repartition.by_id.in", "repartition.by_region.in", "totals", "updates"):
        if sum(end.offset > 0 for (name, _), end in ends.items() if name == topic) != PARTITIONS:
            missing.append(f"rows in all {PARTITIONS} partitions of {topic}")
    for topic in ("late_updates", "alerts", "changelog.by_id", "changelog.by_region", "changelog.orders"):
        if rows[topic] == 0:
            missing.append(f"rows in {topic}")
    for name, least in (("totals", PARTITIONS), ("late", 1)):
        if sum(path.stat().st_size > 0 for path in (folder / "out").glob(f"{name}-*.ndjson")) < least:
            missing.append(f"files of {least} tasks for {name}")
    if not counts.get("commit.published"):
        missing.append("output that at_least_once gives before its state")
    if json.loads((folder / "summary.json").read_text())["late"] == 0:
        missing.append("late rows")
    return missing
