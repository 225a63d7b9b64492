"""The job that the crash tests kill: its input, what it must give, what it gave, and how far it got."""
import collections
import datetime
import json
import os
import random
import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOPOLOGY = HERE / "crash.weir"

FILES = 4
REGIONS = 25
START = 1_704_067_200_000  # milliseconds
DISORDER = 2_000
ID_WINDOW = 120_000
REGION_WINDOW = 10_000
EVERY = 5
SPAN = 600_000  # of event time, however many rows there are: many windows open, and long ones stay open for long
LATE_SHARE = 0.02


def generate(folder, seed, events, ids):
    """Writes the input files: rows out of order by up to the disorder, and some of them by far more."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    per_file = events // FILES
    number = 0
    for file in range(FILES):
        lines = []
        for i in range(per_file):
            front = START + ID_WINDOW + i * SPAN // per_file
            behind = draw.randrange(DISORDER + 1)
            if draw.random() < LATE_SHARE:
                behind = draw.randrange(DISORDER, ID_WINDOW)
            lines.append('{"number":%d,"order_id":%d,"region":"region-%02d","cents":%d,"ts":%d}\n' % (
                number, draw.randrange(ids), draw.randrange(REGIONS), draw.randrange(1, 100_000), front - behind))
            number += 1
        (folder / f"orders-{file}.ndjson").write_text("".join(lines))


def expected(folder):
    """What the job must give, by name of the output: lists of rows, sorted."""
    totals = {}
    regions = collections.Counter()
    late = []
    late_updates = []
    for path in sorted(folder.iterdir()):
        watermark = -1 << 62  # milliseconds, scaled: a row's own time moves it only for rows after it
        for line in path.read_text().splitlines():
            row = json.loads(line)
            time = row["ts"]
            # A window [start, end) is closed when the watermark, max - disorder - 1 us, has reached end - 1 us.
            start = time - time % ID_WINDOW
            if watermark >= start + ID_WINDOW:
                late.append(as_key(row))
            else:
                total = totals.setdefault((row["order_id"], start), [0, 0])
                total[0] += 1
                total[1] += row["cents"]
            start = time - time % REGION_WINDOW
            if watermark >= start + REGION_WINDOW:
                late_updates.append(as_key(row))
            else:
                regions[row["region"], start] += 1
            watermark = max(watermark, time - DISORDER)
    total_rows = sorted((key, start, start + ID_WINDOW, count, cents) for (key, start), (count, cents) in totals.items())
    updates = sorted((region, start, start + REGION_WINDOW, n) for (region, start), count in regions.items()
                     for n in range(1, count + 1))
    return {
        "totals": total_rows,
        "totals_file": total_rows,
        "updates": updates,
        "late_file": sorted(late),
        "late_updates": sorted(late_updates),
        "alerts": [row for row in updates if row[3] % EVERY == 0],
    }


def as_key(row):
    return tuple(milliseconds(value) if name in ("ts", "window_start", "window_end") else value
                 for name, value in row.items())


def milliseconds(value):
    if isinstance(value, int):
        return value
    return round(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp() * 1000)


def rows_of(text):
    return sorted(as_key(json.loads(line)) for line in text.splitlines())


def difference(wanted, given, doubles_allowed=False):
    """In words, or nothing. `doubles_allowed`: of at_least_once."""
    wanted = collections.Counter(wanted)
    given = collections.Counter(given)
    lost = wanted - given
    more = given - wanted
    if doubles_allowed:
        more = collections.Counter({row: count for row, count in more.items() if row not in wanted})
    words = []
    for what, rows in (("lost", lost), ("doubled or wrong", more)):
        if rows:
            words.append(f"{sum(rows.values())} rows {what}, such as {sorted(rows)[:3]}")
    return "; ".join(words)


class Runner:
    """The `weir` program, and how the tests start it."""

    def __init__(self, weir, threads=2):
        self.weir = Path(weir).resolve()
        if not self.weir.is_file():
            raise SystemExit(f"{self.weir} is not there: build it first, or name it with --weir.")
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

    def arguments(self, folder, data, rate, home=None, out=None):
        return [str(self.weir), "run", str(TOPOLOGY), "--home", str(home or folder / "home"), "--until-end",
                "--threads", str(self.threads), "--commit-interval", "20ms", "--overlay-memory", "1",
                "--state-memory", "8", "--batch-rows", "256", "--summary", str(folder / "summary.json"),
                "--param", f"input={data}/*.ndjson", "--param", f"out={out or folder / 'out'}",
                "--param", f"rate={rate}"]

    def start(self, folder, data, rate, switches=None):
        """A run of the job with its home and results under `folder`; its messages go to a file there."""
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "messages", "ab") as messages:
            return subprocess.Popen(self.arguments(folder, data, rate), env=self.environment(switches), stdout=messages,
                                    stderr=messages)

    def topic(self, folder, name):
        read = subprocess.run([str(self.weir), "topic", "read", name, "--home", str(folder / "home")],
                              capture_output=True, text=True, env=self.environment(), check=False)
        if read.returncode != 0:
            raise RuntimeError(f"weir topic read {name}: {read.stderr.strip()}")
        return rows_of(read.stdout)

    def results(self, folder):
        given = {name: self.topic(folder, name) for name in ("totals", "updates", "late_updates", "alerts")}
        for name in ("totals", "late"):
            files = sorted((folder / "out").glob(f"{name}-*.ndjson"))
            given[f"{name}_file"] = rows_of("".join(path.read_text() for path in files))
        return given

    def check(self, folder, wanted):
        """What is wrong with the results, in words; and how many rows at_least_once gave more than once."""
        given = self.results(folder)
        problems = []
        for name, rows in wanted.items():
            words = difference(rows, given[name], doubles_allowed=name == "alerts")
            if words:
                problems.append(f"{name}: {words}")
        return problems, len(given["alerts"]) - len(wanted["alerts"])


# The journal of a home, read by other means than Weir's (docs/decisions has its format): where each partition ends.

JOURNAL_HEADER = 16
RECORD = struct.Struct("<IIQIIII")
END = struct.Struct("<IqqQQII")  # partition, base, offset, from, position, serial, reserved


def journal_path(folder):
    return folder / "home" / "log" / "journal"


End = collections.namedtuple("End", "base offset start position serial")


def read_journal(folder):
    """The number of the last commit, and where each (topic, partition) ends: its last segment begins with row `base`,
    the next row is `offset`, and the last commit wrote the bytes from `start` to `position` of that segment."""
    path = journal_path(folder)
    content = path.read_bytes() if path.is_file() else b""
    at, sequence, names, ends = JOURNAL_HEADER, 0, {}, {}
    while at + RECORD.size <= len(content):
        length, _, number, name_count, end_count, _, _ = RECORD.unpack_from(content, at)
        if length < RECORD.size or at + length > len(content):
            break  # torn
        sequence = number
        position = at + RECORD.size
        for _ in range(name_count):
            key, partition, size = struct.unpack_from("<IiI", content, position)
            position += 12
            names[key] = (content[position:position + size].decode(), partition)
            position += size
        for _ in range(end_count):
            key, *values, _ = END.unpack_from(content, position)
            ends[names[key]] = End(*values)
            position += END.size
        at += length
    return sequence, ends


def commits(folder):
    """How many commits a home holds, and how many rows each topic has."""
    sequence, ends = read_journal(folder)
    rows = collections.Counter()
    for (topic, _), end in ends.items():
        rows[topic] += end.offset
    return sequence, rows


def last_segment(folder, topic, partition):
    """The file that the partition ends in, and its End."""
    end = read_journal(folder)[1][topic, partition]
    return folder / "home/log/topics" / topic / str(partition) / f"{end.base:020d}-{end.serial:08d}.segment", end
