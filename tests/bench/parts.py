"""What `./dev bench` measures: a table. How it is measured is in run.py.

Places that commands may name: {bin} programs of the release build, {work} a scratch folder, {topologies}, {root}.
"""
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Step:
    """Done once, when `makes` is not there yet. Not measured."""

    words: list[str]
    makes: str


@dataclass
class Command:
    """Measured once a round."""

    name: str
    words: list[str]
    fresh: list[str] = field(default_factory=list)  # folders removed before each run


@dataclass
class Figure:
    """A number made from one round: {command name: Measured}."""

    name: str
    of: Callable
    unit: str = ""
    limit: float | None = None
    at_least: bool = False


@dataclass
class Part:
    name: str
    title: str
    what: str
    prepare: list[Step]
    commands: list[Command]
    figures: list[Figure]


def orders(events, folder, *more):
    return Step(["{bin}/weir_generate_orders", "--out", "{work}/" + folder, "--events", str(events), "--files", "4",
                 "--regions", "20", "--disorder", "5s", "--seed", "1", *more], "{work}/" + folder)


def weir(name, topology, threads, *more):
    home = "{work}/home-" + name.replace(" ", "-").replace(",", "")
    return Command(name, ["{bin}/weir", "run", topology, "--home", home, "--until-end", "--threads", str(threads),
                          *more], [home])


def live(name, script, topology, *more):
    """A script that starts a runner, writes into its input, and prints figures of its own."""
    return Command(name, ["{python}", "{root}/tests/bench/" + script, "{bin}/weir",
                          "{root}/tests/bench/topologies/" + topology, "{work}/" + name.replace(" ", "-").replace(",", ""),
                          *map(str, more)])


W1_EVENTS = 5_000_000
W1_INPUT = ("--param", "orders={work}/orders-w1/*.ndjson")
IDLE_FILES, IDLE_SECONDS = 10_000, 20
ONE_KEY_ROWS = 200
ONE_KEY_PARTITIONS = {"1 partition": 1, "1,024 partitions": 1024}
ONE_KEY_CASES = {"": 0, ", time moves": 1}  # milliseconds of event time from row to row


def drawing(name, what, limit):
    """A figure of bench_drawing, in milliseconds of processor time."""
    return Figure(what, lambda m: m["drawing"].printed[name] * 1000, "ms", limit)


PARTS = [
    Part(
        "w1", "W1: orders per minute by region",
        "5M NDJSON orders in four files, counted per region and minute, with durable state and output, against a "
        "loop written by hand for this one job over mapped files with simdjson, which keeps nothing durable.",
        [orders(W1_EVENTS, "orders-w1")],
        [
            Command("hand-written loop", ["{bin}/baseline_simdjson", *(f"{{work}}/orders-w1/orders-{i}.ndjson"
                                                                       for i in range(4))]),
            weir("weir, one thread", "{topologies}/orders_per_minute_by_region.weir", 1, *W1_INPUT),
            weir("weir, two threads", "{topologies}/orders_per_minute_by_region.weir", 2, *W1_INPUT),
            # Two runs that share nothing: what a second processor gives here at most.
            Command("two loops at once", ["{python}", "{root}/tests/bench/at_once.py", "2", "{bin}/baseline_simdjson",
                                          *(f"{{work}}/orders-w1/orders-{i}.ndjson" for i in range(4))]),
        ],
        [
            Figure("CPU of Weir on one thread / of the loop",
                   lambda m: m["weir, one thread"].cpu / m["hand-written loop"].cpu, "times", 1.25),
            Figure("CPU a million events, one thread",
                   lambda m: m["weir, one thread"].cpu / W1_EVENTS * 1e6, "s", 0.10),
            Figure("events a second, two threads / one",
                   lambda m: m["weir, one thread"].wall / m["weir, two threads"].wall, "times", 1.7, at_least=True),
            Figure("events a second, two loops at once / one",
                   lambda m: 2 * m["hand-written loop"].wall / m["two loops at once"].wall, "times"),
            Figure("peak memory, two threads", lambda m: m["weir, two threads"].rss, "MB", 64),
        ],
    ),
    Part(
        "start-up", "Start-up",
        "A run over one order: reading the topology, loading four plugins, opening an empty home, one commit, the end.",
        [orders(1, "orders-one")],
        [weir("weir, one order", "{topologies}/orders_per_minute_by_region.weir", 1,
              "--param", "orders={work}/orders-one/*.ndjson")],
        [Figure("time from start to end", lambda m: m["weir, one order"].wall * 1000, "ms", 50)],
    ),
    Part(
        "repartition", "Through a repartition",
        "W1 with four source tasks: every row through a topic of four partitions, and the same with the rows put "
        "together before it.",
        [orders(W1_EVENTS, "orders-w1")],
        [
            weir("every row, one thread", "{root}/tests/bench/topologies/repartitioned.weir", 1, *W1_INPUT),
            weir("every row, two threads", "{root}/tests/bench/topologies/repartitioned.weir", 2, *W1_INPUT),
            weir("combined, one thread", "{root}/tests/bench/topologies/combined.weir", 1, *W1_INPUT),
        ],
        [
            Figure("CPU a million events, every row",
                   lambda m: m["every row, one thread"].cpu / W1_EVENTS * 1e6, "s", 0.20),
            Figure("CPU a million events, combined",
                   lambda m: m["combined, one thread"].cpu / W1_EVENTS * 1e6, "s", 0.12),
            Figure("peak memory, every row, two threads", lambda m: m["every row, two threads"].rss, "MB"),
        ],
    ),
    Part(
        "wide-keys", "A million keys",
        "5M orders over 1M distinct ids, counted in windows of one hour, a commit every second: all keys in the "
        "overlay, and an overlay for a tenth of them.",
        [orders(W1_EVENTS, "orders-wide", "--ids", "1000000")],
        [
            weir("all keys in memory", "{root}/tests/bench/topologies/wide_keys.weir", 1, "--param",
                 "orders={work}/orders-wide/*.ndjson", "--commit-interval", "1s", "--overlay-memory", "256"),
            weir("a tenth in memory", "{root}/tests/bench/topologies/wide_keys.weir", 1, "--param",
                 "orders={work}/orders-wide/*.ndjson", "--commit-interval", "1s", "--overlay-memory", "12"),
        ],
        [
            Figure("CPU a million events, all keys in memory",
                   lambda m: m["all keys in memory"].cpu / W1_EVENTS * 1e6, "s", 0.7),
            Figure("CPU a million events, a tenth in memory",
                   lambda m: m["a tenth in memory"].cpu / W1_EVENTS * 1e6, "s"),
            Figure("peak memory, all keys in memory", lambda m: m["all keys in memory"].rss, "MB"),
            Figure("peak memory, a tenth in memory", lambda m: m["a tenth in memory"].rss, "MB"),
        ],
    ),
    Part(
        "log", "The embedded log",
        "One GB in commits of eight MiB to four partitions, every commit synced, then read; beside it the same bytes "
        "written to as many plain files and synced as often, which is what the machine itself takes.",
        [],
        [Command("log", ["{bin}/bench_log", "{work}/log", "1"])],
        [
            Figure("CPU a GB, append", lambda m: m["log"].printed["append_cpu_s_per_gb"], "s", 0.6),
            Figure("CPU a GB, plain files", lambda m: m["log"].printed["plain_append_cpu_s_per_gb"], "s"),
            Figure("append / plain files",
                   lambda m: m["log"].printed["append_cpu_s_per_gb"] / m["log"].printed["plain_append_cpu_s_per_gb"],
                   "times"),
            Figure("CPU a GB, read", lambda m: m["log"].printed["read_cpu_s_per_gb"], "s", 0.25),
            Figure("a row of four columns into blocks of four partitions",
                   lambda m: m["log"].printed["encode_ns_per_row_4_partitions"], "ns"),
            Figure("a row read back", lambda m: m["log"].printed["decode_ns_per_row_4_partitions"], "ns"),
        ],
    ),
    Part(
        "latency", "An idle stream",
        "Single events, 5 to 60 ms apart, from a file that is followed to a file sink, at_least_once with every commit "
        "synced: from before the write of the line until the sink's file has grown by it.",
        [],
        [Command("latency", ["{python}", "{root}/tests/bench/latency.py", "{bin}/weir",
                             "{root}/tests/bench/topologies/idle.weir", "{work}/latency", "500"])],
        [
            Figure("median", lambda m: m["latency"].printed["p50"], "ms"),
            Figure("p99", lambda m: m["latency"].printed["p99"], "ms", 10),
        ],
    ),
    Part(
        "idle-files", "Many files that are followed",
        f"{IDLE_FILES:,} files with a row each, followed into one sink, beside one such file: until all rows are out; "
        f"processor time while nothing happens, over {IDLE_SECONDS} s and given for a minute; then one more row into each, from "
        "before the first is written until all are out. Processor time in the table is that of the script too.",
        [],
        [
            live("one file", "idle_files.py", "idle.weir", 1, IDLE_SECONDS),
            live(f"{IDLE_FILES:,} files", "idle_files.py", "idle.weir", IDLE_FILES, IDLE_SECONDS),
        ],
        [
            Figure("CPU of an idle minute, one file", lambda m: m["one file"].printed["idle_cpu_s_a_minute"], "s"),
            *(Figure(f"{title}, {IDLE_FILES:,} files",
                     lambda m, key=key: m[f"{IDLE_FILES:,} files"].printed[key], "s", limit)
              for title, key, limit in (
                  ("CPU of an idle minute", "idle_cpu_s_a_minute", 0.1), ("start until all rows are out", "first_s", None),
                  ("a row into each until all are out", "rows_s", None), ("of that, writing them", "writing_s", None),
                  ("CPU of a row into each", "rows_cpu_s", None))),
        ],
    ),
    Part(
        "partitions", "Partitions that get nothing",
        f"{ONE_KEY_ROWS} rows of one key, each written when the one before it is out, through a repartition of 1,024 "
        "partitions, and of one, into a window that tells each count. Where all rows have one event time, 1,023 "
        "partitions get nothing at all. Where time moves with each row, all of them are told of it, and tell it on. A "
        "commit is a sync of the journal; those of start and end count too.",
        [],
        [live(f"{name}{case}", "one_key.py", "one_key.weir", partitions, ONE_KEY_ROWS, step)
         for case, step in ONE_KEY_CASES.items() for name, partitions in ONE_KEY_PARTITIONS.items()],
        [
            Figure(f"{title} of {ONE_KEY_ROWS} rows, 1,024 partitions / one{case}",
                   lambda m, key=key, case=case: m[f"1,024 partitions{case}"].printed[key]
                   / m[f"1 partition{case}"].printed[key], "times", limit)
            for case in ONE_KEY_CASES
            for title, key, limit in (("CPU", "rows_cpu_s", 4 if case else 3), ("time", "rows_s", 3),
                                      ("commits", "syncs", 2))
        ] + [
            Figure(f"{title}, {name}{case}", lambda m, name=f"{name}{case}", key=key: m[name].printed[key], unit)
            for case in ONE_KEY_CASES for name in ONE_KEY_PARTITIONS
            for title, key, unit in ((f"CPU of {ONE_KEY_ROWS} rows", "rows_cpu_s", "s"),
                                     (f"time of {ONE_KEY_ROWS} rows", "rows_s", "s"), ("start", "start_s", "s"))
        ],
    ),
    Part(
        "designer", "The designer, without a screen",
        "Topologies of 2,000 and 10,000 nodes with about 1.2 edges a node, in pipelines of 40 columns that fork and join: "
        "what a node says and how large it is (picture), where it stands (layout), the wires around the nodes (routes), "
        "the picture after the edit of one node, and the wires after one step of dragging one. Processor time.",
        [],
        [Command("drawing", ["{bin}/bench_drawing"])],
        [
            drawing("layout_2k", "layout, 2,000 nodes", 200),
            drawing("layout_10k", "layout, 10,000 nodes", 2000),
            drawing("grouped_2k", "layout, 2,000 nodes, 17 groups", 200),
            drawing("grouped_10k", "layout, 10,000 nodes, 84 groups", 2000),
            drawing("placing_10k", "places for a file without any, 10,000 nodes", 1000),
            drawing("picture_10k", "picture, 10,000 nodes", 100),
            drawing("routing_2k", "routes, 2,000 nodes", 100),
            drawing("routing_10k", "routes, 10,000 nodes", 600),
            drawing("edit_2k", "picture after an edit, 2,000 nodes", 1),
            drawing("edit_10k", "picture after an edit, 10,000 nodes", 5),
            drawing("drag_2k", "routes after a step of a drag, 2,000 nodes", 2),
            drawing("drag_10k", "routes after a step of a drag, 10,000 nodes", 5),
        ],
    ),
    Part(
        "check", "The designer's check",
        "What the designer says of a topology of 2,000 nodes while it is edited, as its checking thread works it out: 200 "
        "pipelines of ten nodes with our own plugins. After the edit of one node, in a topology without problems and in "
        "one with 400; all of it, when nothing is remembered; and the first time, waiting for 800 answers of the child "
        "process that asks the plugins for their columns (no processor time of this process, so no limit).",
        [],
        [Command("check", ["{bin}/bench_check", "{bin}/weir"])],
        [
            Figure(f"{title}, 2,000 nodes", lambda m, key=key: m["check"].printed[key] * 1000, "ms", limit)
            for key, title, limit in (
                ("edit", "after an edit", 50), ("broken", "after an edit, with 400 problems", 50),
                ("whole", "with nothing remembered", 50), ("first", "the first time", None))
        ],
    ),
    Part(
        "canvas", "The designer's canvas",
        "The canvas without a screen, 1920 x 1080, processor time: the 95th of a hundred frames while a topology is panned "
        "and zoomed, opening it, and from an edit to the painted frame.",
        [],
        [Command("canvas", ["{bin}/bench_canvas"]), Command("at two pixels a point", ["{bin}/bench_canvas", "2"])],
        [
            Figure(f"{title}, {size.replace('k', ',000')} nodes",
                   lambda m, key=f"{key}_{size}": m["canvas"].printed[key] * 1000, "ms", limit)
            for size in ("2k", "10k")
            for key, title, limit in (
                ("open", "opening", 1000), ("pan_full", "pan at 100 %", 16), ("pan_half", "pan at 50 %", 16),
                ("pan_fitted", "pan, fitted", 16), ("zoom", "zoom from 100 % to fitted", 16),
                ("rename", "a new name on the screen", 5), ("move", "a moved node on the screen", 5))
        ] + [
            Figure(f"zoom at two pixels a point, {size.replace('k', ',000')} nodes",
                   lambda m, key=f"zoom_{size}": m["at two pixels a point"].printed[key] * 1000, "ms", 16)
            for size in ("2k", "10k")
        ],
    ),
]
