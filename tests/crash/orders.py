"""The input of the crash job, and what the job must give for it."""
import collections
import random
from dataclasses import dataclass

FILES = 8  # which source task a file goes to is drawn from its place on the disk: with eight, both have some
REGIONS = 25
START = 1_704_067_200_000  # milliseconds
DISORDER = 2_000
REGION_WINDOW = 10_000
EVERY = 5
SPAN = 600_000  # of event time, however many rows there are: many windows open, and long ones stay open for long
LATE_SHARE = 0.02
LATEST = 120_000
FRESH_SHARE = 0.95


@dataclass(frozen=True)
class Shape:
    events: int
    ids: int  # orders are drawn from so many
    id_window: int  # milliseconds
    begin: int  # of event time, after START
    fresh: bool = False  # every id is there, once at least, in the last window of ids

    @property
    def id_window_text(self):
        return f"{self.id_window // 1000}s"


ORDINARY = Shape(24_000, 1_000_000, 120_000, 120_000)
# A tenth of the rows falls into one window, and then a million keys are in state at once, to the end.
WIDE = Shape(1_200_000, 1_000_000, 3_600_000, 3_540_000, fresh=True)


def draw_files(seed, shape):
    """Rows (number, order_id, region, cents, time), a list for each file: out of order by up to the disorder, and some of
    them by far more."""
    random_01 = random.Random(seed).random
    fresh = list(range(shape.ids)) if shape.fresh else []
    random.Random(seed + 1).shuffle(fresh)
    last_window = (START + shape.begin + SPAN) // shape.id_window * shape.id_window
    per_file = shape.events // FILES
    for file in range(FILES):
        rows = []
        for i in range(per_file):
            behind = int(random_01() * (DISORDER + 1))
            if random_01() < LATE_SHARE:
                behind = DISORDER + int(random_01() * (LATEST - DISORDER))
            time = START + shape.begin + i * SPAN // per_file - behind
            order = int(random_01() * shape.ids)
            if fresh and time >= last_window and random_01() < FRESH_SHARE:
                order = fresh.pop()
            rows.append((file * per_file + i, order, int(random_01() * REGIONS), 1 + int(random_01() * 99_999), time))
        yield rows
    if fresh:
        raise AssertionError(f"{len(fresh)} keys found no row: more events are needed")


class Expected:
    """What the job must give, by name of the output: lines as it writes them, sorted."""

    def __init__(self):
        self.totals = {}  # by the beginning of the window, by id
        self.regions = collections.Counter()
        self.late = []

    def take_file(self, rows, lines, id_window):
        totals, regions = self.totals, self.regions
        watermark = -1 << 62  # milliseconds: a row's own time moves it only for rows after it
        for row, line in zip(rows, lines):
            _, order, region, cents, time = row
            # A window [start, end) is closed when the watermark, max - disorder - 1 us, has reached end - 1 us.
            start = time - time % id_window
            if watermark < start + id_window:
                window = totals.setdefault(start, {})
                count, sum_ = window.get(order, (0, 0))
                window[order] = (count + 1, sum_ + cents)
            start = time - time % REGION_WINDOW
            if watermark >= start + REGION_WINDOW:
                self.late.append(line)
            else:
                regions[region, start] += 1
            if time - DISORDER > watermark:
                watermark = time - DISORDER

    def keys_at_once(self):
        return max(len(window) for window in self.totals.values())

    def lines(self, id_window):
        totals = [b'{"order_id":%d,"window_start":%d,"window_end":%d,"orders":%d,"cents":%d}' % (
            order, start, start + id_window, count, cents)
                  for start, window in self.totals.items() for order, (count, cents) in window.items()]
        updates, alerts = [], []
        for (region, start), count in self.regions.items():
            for n in range(1, count + 1):
                line = b'{"region":"region-%02d","window_start":%d,"window_end":%d,"orders":%d}' % (
                    region, start, start + REGION_WINDOW, n)
                updates.append(line)
                if n % EVERY == 0:
                    alerts.append(line)
        totals.sort()
        late = sorted(self.late)
        return {"totals": totals, "totals_file": totals, "updates": sorted(updates), "late_file": late,
                "late_updates": late, "alerts": sorted(alerts)}


def generate(folder, seed, shape):
    """Writes the input files. Answers what must come of them."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = Expected()
    for file, rows in enumerate(draw_files(seed, shape)):
        lines = [b'{"number":%d,"order_id":%d,"region":"region-%02d","cents":%d,"ts":%d}' % row for row in rows]
        (folder / f"orders-{file}.ndjson").write_bytes(b"\n".join(lines) + b"\n")
        expected.take_file(rows, lines, shape.id_window)
    return expected
