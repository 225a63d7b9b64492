#!/usr/bin/env python3
"""Measures the parts in parts.py and writes docs/benchmarks.md.

usage: run.py [--build FOLDER] [--against FOLDER] [--rounds N] [list | PART...]

The commands of a part take turns, so that whatever slows the machine slows all of them, and a ratio is taken within
a round. Every figure is the median over the rounds; the first round only warms the caches. Processor time is user
and system time of the whole process, its start included.

--against names the build folder of another commit: every command then runs with the programs of both in turn, and what
is printed, and not written down, is the ratio of the two.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

import parts

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"


class Measured:
    """One run of one command."""

    def __init__(self, cpu, wall, rss, printed):
        self.cpu = cpu  # seconds, user + system
        self.wall = wall  # seconds
        self.rss = rss  # MB, at its peak; never below the 17 MB of this script, from which it was forked
        self.printed = printed  # the last line of its output, when that is JSON


def fill(words, places):
    return [word.format(**places) for word in words]


def measure(command, places):
    """Runs it once, without a shell between."""
    for folder in fill(command.fresh, places):
        shutil.rmtree(folder, ignore_errors=True)
    words = fill(command.words, places)
    output = pathlib.Path(places["work"]) / "output.txt"
    with open(output, "wb") as out:
        began = time.monotonic()
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, cwd=places["root"])
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    text = output.read_text(errors="replace")
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"bench: this failed: {' '.join(words)}\n{text[-2000:]}")
    lines = text.strip().splitlines()
    try:
        printed = json.loads(lines[-1]) if lines else None
    except ValueError:
        printed = None
    return Measured(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, printed)


def prepare(part, places):
    for step in part.prepare:
        words = fill(step.words, places)
        if not pathlib.Path(step.makes.format(**places)).exists():
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=places["root"])


def run_part(part, places, rounds):
    prepare(part, places)
    taken = []
    for number in range(rounds + 1):
        print(f"bench: {part.name}, " + (f"round {number} of {rounds}" if number else "warming up"), flush=True)
        measured = {command.name: measure(command, places) for command in part.commands}
        if number:
            taken.append(measured)
    return taken


def compare(part, places, others, rounds):
    """A row for each command: this build's figures divided by those of the other one, round by round."""
    ratios = {command.name: [] for command in part.commands}
    prepare(part, places)
    for number in range(rounds + 1):
        print(f"bench: {part.name}, " + (f"round {number} of {rounds}" if number else "warming up"), flush=True)
        for command in part.commands:
            mine, other = measure(command, places), measure(command, others)
            told = mine.printed if isinstance(mine.printed, dict) and isinstance(other.printed, dict) else {}
            pairs = {"CPU": (mine.cpu, other.cpu), "wall": (mine.wall, other.wall)}
            pairs |= {name: (value, other.printed[name]) for name, value in told.items()}
            if number:
                ratios[command.name].append({name: mine / other for name, (mine, other) in pairs.items() if other})
    lines = ["| this build / the other | median | lowest–highest |", "|---|---|---|"]
    for command, rows in ratios.items():
        for name in rows[0]:
            values = [row[name] for row in rows if name in row]
            lines.append(f"| {command}, {name} | {statistics.median(values):.3f} | {min(values):.3f}–{max(values):.3f} |")
    return "\n".join(lines) + "\n"


def report(part, taken):
    """The section of one part, and whether every figure is within its limit."""
    lines = [f"## {part.title}", "", part.what, "", machine(), "",
             "| command | CPU s | wall s | peak MB |", "|---|---|---|---|"]
    for command in part.commands:
        runs = [measured[command.name] for measured in taken]
        cells = [statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "rss")]
        lines.append(f"| {command.name} | {cells[0]:.3f} | {cells[1]:.3f} | {cells[2]:.1f} |")
    lines += ["", "| figure | measured | lowest–highest | limit | |", "|---|---|---|---|---|"]
    good = True
    for figure in part.figures:
        values = [figure.of(measured) for measured in taken]
        median = statistics.median(values)
        within = figure.limit is None or (median >= figure.limit if figure.at_least else median <= figure.limit)
        good = good and within
        limit = "" if figure.limit is None else f"{'≥' if figure.at_least else '≤'} {figure.limit:g} {figure.unit}"
        spread = f"{min(values):.3g}–{max(values):.3g}"
        lines.append(f"| {figure.name} | {median:.3g} {figure.unit} | {spread} | {limit.strip()} "
                     f"| {'' if within else '**over**' if not figure.at_least else '**below**'} |")
    return "\n".join(lines) + "\n", good


def machine():
    def first(path, pattern):
        found = re.search(pattern, pathlib.Path(path).read_text(), re.MULTILINE)
        return found.group(1) if found else "?"

    processor = first("/proc/cpuinfo", r"^model name\s*:\s*(.+)$")
    memory = int(first("/proc/meminfo", r"^MemTotal:\s*(\d+)")) / 1024 / 1024
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return (f"{date}, commit {commit.stdout.strip() or '?'}; {processor}, {os.cpu_count()} cores, {memory:.0f} GB, "
            f"Linux {platform.release()}.")


HEAD = """# Benchmarks

Written by `./dev bench`; what is measured stands in `tests/bench/parts.py`. Release build. Every figure is a median;
ratios are taken between commands that ran in turn in the same round. Text outside the marked sections is kept.
"""


def write_section(part, section):
    """Replaces the section of this part and leaves everything else as it is."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    begin, end = f"<!-- {part.name} -->\n", f"<!-- end of {part.name} -->\n"
    block = begin + section + end
    if begin in page and end in page:
        page = page[:page.index(begin)] + block + page[page.index(end) + len(end):]
    else:
        page = page.rstrip("\n") + "\n\n" + block
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build/release", help="build folder of a release build")
    options.add_argument("--against", help="build folder of another commit to compare with")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("parts", nargs="*", metavar="PART", help="which parts; none: all; 'list' names them")
    chosen = options.parse_args()
    known = {part.name: part for part in parts.PARTS}
    if chosen.parts == ["list"]:
        for part in parts.PARTS:
            print(f"  {part.name:<12}{part.title}")
        return 0
    for name in chosen.parts:
        if name not in known:
            sys.exit(f"bench: there is no part '{name}'; these are: {', '.join(known)}")

    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    build = (ROOT / chosen.build).resolve()
    places = {"root": str(ROOT), "build": str(build), "bin": str(build / "bin"), "work": str(work),
              "topologies": str(ROOT / "topologies"), "python": sys.executable}
    if chosen.against:
        others = places | {"build": str(pathlib.Path(chosen.against).resolve()),
                           "bin": str(pathlib.Path(chosen.against).resolve() / "bin")}
        for name in chosen.parts or known:
            print(compare(known[name], places, others, chosen.rounds))
        return 0
    good = True
    for name in chosen.parts or known:
        section, within = report(known[name], run_part(known[name], places, chosen.rounds))
        write_section(known[name], section)
        print(section)
        good = good and within
    if not good:
        print("bench: a figure is outside its limit", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
