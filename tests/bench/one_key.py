#!/usr/bin/env python3
"""Rows of one key, one after the other, each waited for, through a repartition of many partitions.

usage: one_key.py WEIR TOPOLOGY FOLDER PARTITIONS ROWS STEP

STEP: milliseconds of event time from row to row. With 0 the other partitions get nothing at all; with more they get the time.

Prints one JSON object: seconds and processor time for all rows, after a first one that waits for the start; how often the log
and its journal were synced, start and end included.
"""
import json
import os
import pathlib
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "crash"))
import journal
from live import Live, empty


def main():
    weir, topology, folder = sys.argv[1:4]
    partitions, rows, step = map(int, sys.argv[4:7])
    folder = pathlib.Path(folder)
    empty(folder)
    sink = folder / "output.ndjson"
    source = os.open(folder / "input.ndjson", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    length = 0

    def pass_one(number):
        """Its row is there when the next count of its window is."""
        nonlocal length
        os.write(source, b'{"key":"one","ts":%d}\n' % (1_700_000_040_000 + number * step))
        live.await_bytes(length + 1)
        length = sink.stat().st_size

    began = time.monotonic()
    with Live(weir, topology, folder, sink, "--threads", "1", "--param", f"input={folder}/input.ndjson", "--param",
              f"output={sink}", "--param", f"partitions={partitions}") as live:
        pass_one(0)
        start = time.monotonic() - began
        live.await_rest()
        began, before = time.monotonic(), live.cpu()
        for number in range(1, rows + 1):
            pass_one(number)
        taken, cpu = time.monotonic() - began, live.cpu() - before
    os.close(source)
    print(json.dumps({"start_s": round(start, 3), "rows_s": round(taken, 3), "rows_cpu_s": round(cpu, 4),
                      "syncs": journal.commits(folder)[0]}))


if __name__ == "__main__":
    main()
