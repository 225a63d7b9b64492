#!/usr/bin/env python3
"""Catching up loses nothing: a backlog in four partitions, one of them read at a twelfth of the others' speed, goes
through a repartition into windows without grace.

usage: run.py --runner PROGRAM --fixture slow_source.so [--rows N] [--without marks|bounds]

Nothing may be late, every row must be in its window, and memory and disk must stay flat while the slow partition holds
time back. `--without` takes away what makes that so, and then the same checks have to fail: watermark entries in
topics (marks), or the bounds on how far fast partitions run ahead (bounds). PROGRAM is weir_faulty, which can.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

FILES = 4
SLOW = "part-2.ndjson"
SLOWNESS = 12
RATE = 16_000  # lines a second of a fast partition
STEP = 750  # ms of event time between rows of a partition
DISORDER = 5_000
WINDOW = 60_000
KEYS = 2_000
NOTE = 400  # bytes: rows are not small, and a combiner saves nothing
BOUND, NO_BOUND = "1", "100000"  # MiB that a fast partition may be ahead
TIMEOUT = 120
SAMPLE = 0.01
MEBIBYTE = 1 << 20
FEW_ROWS = 200  # of each partition: what a run takes whose backlog is next to nothing
# Three partitions may each be a bound ahead, and what one commit holds: up to 50 MiB in memory and 7 MiB on disk, as
# measured on an idle machine and a busy one. Without bounds all windows stay open: 110 MiB.
MOST_MEMORY = 75 * MEBIBYTE  # above the run with few rows
MOST_DISK = 12 * MEBIBYTE


def write_backlog(folder, rows):
    """Four files over the same hours; answers the rows that must come out."""
    r = random.Random(13)
    folder.mkdir(parents=True)
    windows = defaultdict(lambda: [0, ""])
    for number in range(FILES):
        with open(folder / f"part-{number}.ndjson", "w", encoding="utf-8") as out:
            for row in range(rows):
                at = 1_700_000_000_000 + row * STEP - r.randint(0, DISORDER)
                key = r.randrange(KEYS)
                note = f"{r.getrandbits(32):08x}".ljust(NOTE, "x")
                out.write(json.dumps({"key": key, "note": note, "ts": at}) + "\n")
                window = windows[at // WINDOW * WINDOW, key]
                window[0] += 1
                window[1] = max(window[1], note)
    return {(key, start, count, note) for (start, key), (count, note) in windows.items()}


def write_topology(path, folder, out):
    nodes = [
        {"id": "backlog", "use": "slow_source.lines", "params": {
            "folder": str(folder), "rate": RATE, "slow": SLOW, "slowness": SLOWNESS, "format": "json.json",
            "schema": [{"name": "key", "type": "int64", "nullable": False},
                       {"name": "note", "type": "string", "nullable": False},
                       {"name": "ts", "type": "timestamp", "nullable": False}],
            "tasks": FILES, "event_time": {"field": "ts", "disorder": f"{DISORDER}ms"}}},
        {"id": "window", "use": "window.tumbling", "params": {
            "group_by": ["key"], "size": f"{WINDOW}ms",
            "aggregates": [{"name": "rows", "function": "count"}, {"name": "note", "function": "max", "field": "note"}]}},
        {"id": "result", "use": "file.sink", "params": {"path": f"{out}/result-{{task}}.ndjson"}},
    ]
    edges = [{"from": "backlog.out", "to": "window.in"}, {"from": "window.out", "to": "result.in"}]
    path.write_text(json.dumps({"weir": 1, "name": "catch_up", "nodes": nodes, "edges": edges}), encoding="utf-8")


def size_of(folder):
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            pass  # a segment that was just given up
    return total


def memory_of(process):
    try:
        for line in open(f"/proc/{process.pid}/status", encoding="utf-8"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return None


def watch(process, log):
    """Samples (memory, disk) until the process has ended."""
    samples, begin = [], time.monotonic()
    while process.poll() is None:
        if time.monotonic() - begin > TIMEOUT:
            process.kill()
            sys.exit(f"it did not end within {TIMEOUT} s")
        memory = memory_of(process)
        if memory is not None:
            samples.append((memory, size_of(log)))
        time.sleep(SAMPLE)
    return samples, time.monotonic() - begin


def run(options, folder, rows):
    folder.mkdir()
    wanted = write_backlog(folder / "data", rows)
    topology, out, home, summary = folder / "catch_up.weir", folder / "out", folder / "home", folder / "summary.json"
    write_topology(topology, folder / "data", out)
    plugins = folder / "plugins"
    plugins.mkdir()
    shutil.copy(options.fixture, plugins)
    environment = {**os.environ, "WEIR_PLUGIN_PATH": f"{os.environ.get('WEIR_PLUGIN_PATH', '')}:{plugins}",
                   "WEIR_TEST_SMALL": "1",  # small segments: disk is given back in pieces that can be seen
                   "WEIR_TEST_REPARTITION_MEMORY": NO_BOUND if options.without == "bounds" else BOUND}
    if options.without == "marks":
        environment["WEIR_TEST_IGNORE_MARKS"] = "1"
    process = subprocess.Popen(
        [options.runner, "run", str(topology), "--home", str(home), "--until-end", "--threads", "2", "--commit-interval",
         "50ms", "--summary", str(summary)], env=environment, stderr=subprocess.PIPE, text=True)
    samples, took = watch(process, home / "log")
    if process.returncode != 0:
        sys.exit(f"weir run ended with {process.returncode}: {process.stderr.read()}")
    late = json.loads(summary.read_text())["late"]
    got = []
    for path in sorted(out.glob("result-*.ndjson")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            got.append((row["key"], row["window_start"], row["rows"], row["note"]))
    return wanted, got, late, samples, took


def check(wanted, got, late, samples, usual):
    problems = []
    if late:
        problems.append(f"{late} rows were late")
    if len(got) != len(wanted) or set(got) != wanted:
        missing = len(wanted - set(got))
        problems.append(f"{len(got)} rows came out instead of {len(wanted)}; {missing} are missing or wrong")
    growth = max(memory for memory, _ in samples) - usual
    disk = max(disk for _, disk in samples)
    if growth > MOST_MEMORY:
        problems.append(f"it took {growth / MEBIBYTE:.1f} MiB more memory than with few rows")
    if disk > MOST_DISK:
        problems.append(f"the log took {disk / MEBIBYTE:.1f} MiB of disk")
    return problems, growth, disk


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runner", required=True)
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--rows", type=int, default=32_000, help="of each partition")
    parser.add_argument("--without", choices=["marks", "bounds"])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="weir-catch-up-"))
    try:
        few = run(options, folder / "few", FEW_ROWS)[3]
        wanted, got, late, samples, took = run(options, folder / "many", options.rows)
    finally:
        shutil.rmtree(folder)
    problems, growth, disk = check(wanted, got, late, samples, max(memory for memory, _ in few))
    print(f"{FILES * options.rows} rows in {took:.1f} s, {late} late, {len(got)} results; "
          f"{growth / MEBIBYTE:.1f} MiB of memory more than with few rows, at most {disk / MEBIBYTE:.1f} MiB of log")
    for problem in problems:
        print(f"  {problem}")
    sys.exit(bool(problems) if options.without is None else not problems)


if __name__ == "__main__":
    main()
