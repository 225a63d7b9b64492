#!/usr/bin/env python3
"""Many files, many partitions, few descriptors, and no cost for what is idle.

usage: run.py --weir PROGRAM few_descriptors|idle_files|partitions|rotation [--files N] [--seed N]

  few_descriptors  3,000 files are read wholly by a process that may have 256 files open, at once and while followed
  idle_files       10,000 followed files to which nothing happens cost no more CPU than one; a row into each arrives
  partitions       1,200 partitions with 1,024 descriptors
  rotation         a log that is rotated, restored from copies and read by runs that are killed: every row once
"""
import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 600  # seconds: what takes longer hangs
TICKS = os.sysconf("SC_CLK_TCK")


def fail(text):
    print(f"FAILED: {text}", file=sys.stderr)
    sys.exit(1)


def source(path, **params):
    return {"id": "logs", "use": "file.source", "params": {
        "path": str(path), **params, "format": "json.json",
        "schema": [{"name": "n", "type": "int64", "nullable": False}]}}


def write_topology(path, nodes, edges, topics=()):
    path.write_text(json.dumps({"weir": 1, "name": "many", "nodes": nodes, "topics": list(topics), "edges": edges}),
                    encoding="utf-8")


def copy_topology(folder, pattern, **params):
    """From files into one file."""
    path = folder / "many.weir"
    write_topology(path, [source(pattern, **params), {"id": "out", "use": "file.sink", "params": {
        "path": str(folder / "out.ndjson")}}], [{"from": "logs.out", "to": "out.in"}])
    return path


class Run:
    """A process that may have `descriptors` files open."""

    def __init__(self, weir, folder, topology, *options, descriptors=None):
        def limit():
            if descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

        self.log = folder / "log.txt"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [weir, "run", str(topology), "--home", str(folder / "home"), *options],
                stdout=log, stderr=log, preexec_fn=limit)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rest(self):
        """Until it has worked off what follows the last rows: commits, and looks that find nothing."""
        end, before = time.monotonic() + PATIENCE, None
        while (now := self.cpu()) != before and time.monotonic() < end:
            before = now
            time.sleep(1)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def wait(self):
        status = self.process.wait(PATIENCE)
        if status != 0:
            fail(f"exit status {status}:\n{self.log.read_text()[-3000:]}")

    def listens(self):
        """Whether it keeps SIGTERM for itself: while the program is loaded, that would end it as anything."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        blocked = next(line for line in status.splitlines() if line.startswith("SigBlk:"))
        return int(blocked.split()[1], 16) >> (signal.SIGTERM - 1) & 1

    def stop(self):
        end = time.monotonic() + PATIENCE
        while not self.listens() and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        self.process.send_signal(signal.SIGTERM)
        self.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()


def numbers(path):
    """Of the rows that have been written, uncommitted ones too."""
    found = []
    for candidate in (Path(path), *Path(path).parent.glob(f"{Path(path).name}.*.uncommitted")):
        if candidate.exists():
            found += [json.loads(line)["n"] for line in candidate.read_text().splitlines() if line.endswith("}")]
    return found


def lines(path):
    """How many have been written, uncommitted ones too: counted only, for the machine has other work."""
    count = 0
    for candidate in (Path(path), *Path(path).parent.glob(f"{Path(path).name}.*.uncommitted")):
        try:
            count += candidate.read_bytes().count(b"\n")
        except FileNotFoundError:
            pass  # not there yet, or it has its last name by now
    return count


def await_rows(run, path, count):
    end = time.monotonic() + PATIENCE
    while lines(path) < count:
        if run.process.poll() is not None or time.monotonic() > end:
            fail(f"{lines(path)} of {count} rows arrived:\n{run.log.read_text()[-3000:]}")
        time.sleep(0.05)


def expect(path, rows):
    found = sorted(numbers(path))
    if found != sorted(rows):
        fail(f"{len(found)} rows where {len(rows)} were written, {len(found) - len(set(found))} of them doubled")


def append(path, *rows):
    with open(path, "a", encoding="utf-8") as out:
        for row in rows:
            out.write(f'{{"n":{row}}}\n')


def few_descriptors(weir, folder, count):
    logs = folder / "logs"
    logs.mkdir()
    for number in range(count):
        append(logs / f"{number}.ndjson", number, number + count)
    topology = copy_topology(folder, logs / "*.ndjson", follow=True)
    Run(weir, folder, topology, "--until-end", descriptors=256).wait()
    expect(folder / "out.ndjson", range(2 * count))
    # And on, while they are followed.
    run = Run(weir, folder, topology, descriptors=256)
    for number in range(count):
        append(logs / f"{number}.ndjson", number + 2 * count)
    await_rows(run, folder / "out.ndjson", 3 * count)
    print(f"{run.descriptors()} descriptors for {count} files")
    # Deleted files are let go.
    for number in range(count):
        (logs / f"{number}.ndjson").unlink()
    append(logs / "last.ndjson", 3 * count)
    await_rows(run, folder / "out.ndjson", 3 * count + 1)
    deleted = [link for link in Path(f"/proc/{run.process.pid}/fd").iterdir()
               if os.readlink(link).endswith(".ndjson (deleted)")]
    run.stop()
    if deleted:
        fail(f"{len(deleted)} deleted files are still open")
    expect(folder / "out.ndjson", range(3 * count + 1))


def idle_files(weir, folder, count):
    runs = []
    for name, files in (("one", 1), ("many", count)):
        home = folder / name
        logs = home / "logs"
        logs.mkdir(parents=True)
        for number in range(files):
            append(logs / f"{number}.ndjson", number)
        begin = time.monotonic()
        run = Run(weir, home, copy_topology(home, logs / "*.ndjson", follow=True))
        await_rows(run, home / "out.ndjson", files)
        print(f"{files} files: read after {time.monotonic() - begin:.1f} s, {run.cpu():.2f} s of CPU")
        runs.append((run, home, files))
    for run, _, _ in runs:
        run.rest()
    before = [run.cpu() for run, _, _ in runs]
    interval = 20
    time.sleep(interval)
    used = [run.cpu() - cpu for (run, _, _), cpu in zip(runs, before)]
    print(f"idle for {interval} s: one file {used[0]:.2f} s, {count} files {used[1]:.2f} s of CPU")
    run, home, _ = runs[1]
    before = run.cpu()
    for number in range(count):
        append(home / "logs" / f"{number}.ndjson", number + count)
    await_rows(run, home / "out.ndjson", 2 * count)
    print(f"a row into each: {run.cpu() - before:.2f} s of CPU")
    for run, home, files in runs:
        run.stop()
    expect(home / "out.ndjson", range(2 * count))
    # One tick of the clock more is no difference.
    if used[1] > used[0] + 2 / TICKS:
        fail("files to which nothing happens cost CPU")


def partitions(weir, folder, _):
    rows = 5_000
    with open(folder / "a.ndjson", "w", encoding="utf-8") as out:
        for row in range(rows):
            out.write(json.dumps({"n": row, "at": 1_700_000_000_000 + row}) + "\n")
    topology = folder / "many.weir"
    schema = [{"name": "n", "type": "int64", "nullable": False}, {"name": "at", "type": "timestamp", "nullable": False}]
    write_topology(topology, [
        {"id": "rows", "use": "file.source", "params": {
            "path": str(folder / "a.ndjson"), "format": "json.json", "schema": schema, "tasks": 2,
            "event_time": {"field": "at", "disorder": "1s"}}},
        {"id": "count", "use": "window.tumbling", "params": {
            "group_by": ["n"], "size": "1m", "partitions": 1200,
            "aggregates": [{"name": "rows", "function": "count"}]}},
        {"id": "out", "use": "file.sink", "params": {"path": str(folder / "out.ndjson")}},
    ], [{"from": "rows.out", "to": "count.in"}, {"from": "count.out", "to": "counts"}, {"from": "counts", "to": "out.in"}],
        [{"id": "counts", "partitions": 1}])
    Run(weir, folder, topology, "--until-end", descriptors=1024).wait()
    expect(folder / "out.ndjson", range(rows))


def rotation(weir, folder, seed):
    print(f"seed {seed}", flush=True)
    r = random.Random(seed)
    logs = folder / "logs"
    logs.mkdir()
    topology = copy_topology(folder, logs / "app.log*", follow=True)
    written = 0
    for _ in range(12):
        run = Run(weir, folder, topology)
        for _ in range(r.randint(1, 6)):
            rows = range(written, written + r.randint(1, 2000))
            append(logs / "app.log", *rows)
            written = rows.stop
            time.sleep(r.random() * 0.05)
            if r.random() < 0.5:
                for number in range(3, 0, -1):
                    name = logs / ("app.log" if number == 1 else f"app.log.{number - 1}")
                    if name.exists():
                        await_rows(run, folder / "out.ndjson", written)
                        name.rename(logs / f"app.log.{number}")
            if r.random() < 0.3:
                await_rows(run, folder / "out.ndjson", written)
                for path in list(logs.iterdir()):  # a backup is put back: other inodes, the same contents
                    shutil.copy(path, folder / "copy")
                    (folder / "copy").rename(path)
        if r.random() < 0.5:
            run.kill()
        else:
            run.stop()
    Run(weir, folder, topology, "--until-end").wait()
    expect(folder / "out.ndjson", range(written))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weir", required=True)
    parser.add_argument("--files", type=int)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("what", choices=["few_descriptors", "idle_files", "partitions", "rotation"])
    arguments = parser.parse_args()
    count = arguments.seed if arguments.what == "rotation" else arguments.files or (10_000 if arguments.what == "idle_files" else 3_000)
    folder = Path(tempfile.mkdtemp(prefix="weir-many-files-"))
    try:
        globals()[arguments.what](arguments.weir, folder, count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
