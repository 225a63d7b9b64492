#!/usr/bin/env python3
"""How long an event takes from the file that it is appended to into the file of a sink, in a stream that is idle else.

usage: latency.py WEIR TOPOLOGY FOLDER [EVENTS]

Prints one JSON object: milliseconds at several quantiles. An event counts as there when its line can be read.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

LIMIT = 10  # seconds for one event
PAUSE = (0.005, 0.060)  # seconds between events


def pass_one(source, sink, number, length):
    """Appends an event; answers how long it took until the sink's file holds `length` bytes more than before."""
    line = b'{"number":%d}\n' % number
    began = time.monotonic()
    os.write(source, line)
    while os.stat(sink).st_size < length + len(line) if sink.exists() else True:
        if time.monotonic() - began > LIMIT:
            sys.exit(f"latency: event {number} did not arrive within {LIMIT} s")
    return time.monotonic() - began, length + len(line)


def main():
    weir, topology, folder = sys.argv[1:4]
    events = int(sys.argv[4]) if len(sys.argv) > 4 else 500
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source_path, sink = folder / "input.ndjson", folder / "output.ndjson"
    source = os.open(source_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    draw = random.Random(1)
    process = subprocess.Popen([weir, "run", topology, "--home", str(folder / "home"), "--threads", "1",
                                "--param", f"input={source_path}", "--param", f"output={sink}"],
                               stderr=subprocess.DEVNULL)
    try:
        _, length = pass_one(source, sink, 0, 0)  # the start
        taken = []
        for number in range(1, events + 1):
            time.sleep(draw.uniform(*PAUSE))  # the stream falls idle
            seconds, length = pass_one(source, sink, number, length)
            taken.append(seconds * 1000)
    finally:
        process.terminate()
        process.wait()
        os.close(source)
    taken.sort()
    print(json.dumps({name: round(taken[int(share * (len(taken) - 1))], 3)
                      for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("most", 1.0))}))


if __name__ == "__main__":
    main()
