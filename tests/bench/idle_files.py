#!/usr/bin/env python3
"""Many files that are followed: what they cost while nothing happens, and how long a row into each takes.

usage: idle_files.py WEIR TOPOLOGY FOLDER FILES SECONDS

Prints one JSON object: seconds until a first row of each file is in the sink's file, processor time of a minute in which
nothing happens (measured over SECONDS), and seconds and processor time from before the first of another row into each
until all are there.
"""
import json
import pathlib
import sys
import time

from live import Live, empty


def main():
    weir, topology, folder = sys.argv[1:4]
    files, seconds = int(sys.argv[4]), float(sys.argv[5])
    folder = pathlib.Path(folder)
    empty(folder)
    paths = [folder / "in" / f"{number}.ndjson" for number in range(files)]
    paths[0].parent.mkdir()
    row = lambda number: b'{"number":%d}\n' % (1_000_000 + number)  # all of one length
    length = len(row(0))
    for number, path in enumerate(paths):
        path.write_bytes(row(number))
    began = time.monotonic()
    sink = folder / "output.ndjson"
    with Live(weir, topology, folder, sink, "--threads", "1", "--param", f"input={folder}/in/*.ndjson", "--param",
              f"output={sink}") as live:
        live.await_bytes(files * length)
        first = time.monotonic() - began
        live.await_rest()
        before = live.cpu()
        time.sleep(seconds)
        idle = (live.cpu() - before) * 60 / seconds
        began, before = time.monotonic(), live.cpu()
        for number, path in enumerate(paths):
            with open(path, "ab") as out:
                out.write(row(files + number))
        written = time.monotonic() - began
        live.await_bytes(2 * files * length)
        print(json.dumps({"first_s": round(first, 3), "idle_cpu_s_a_minute": round(idle, 5), "writing_s": round(written, 3),
                          "rows_s": round(time.monotonic() - began, 3), "rows_cpu_s": round(live.cpu() - before, 4)}))


if __name__ == "__main__":
    main()
