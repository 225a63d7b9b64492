#!/usr/bin/env python3
"""clang-tidy over our sources. A file that was clean, and whose headers have not changed since, is not read again.

clang-tidy needs some ten seconds of processor time a file, nearly all of it for the headers of libraries. `./dev lint`
calls this after a build, which makes the generated headers and compile_commands.json.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

TIDY = "clang-tidy-14"
# Precompiled headers are another compiler's; and without them a file that misses an #include is found.
PRECOMPILED = re.compile(r" -Winvalid-pch -include \S+/cmake_pch\.hxx(?= )")
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


class Sources:
    """What a file depends on, as far as it is ours: its `#include "..."`, and theirs."""

    def __init__(self):
        self.known = {}  # path -> (hash of its bytes, names that it includes)

    def read(self, path):
        if path not in self.known:
            data = path.read_bytes()
            self.known[path] = hashlib.sha256(data).hexdigest(), [os.fsdecode(name) for name in INCLUDE.findall(data)]
        return self.known[path]

    def fingerprint(self, source, command, rules):
        folders = [pathlib.Path(folder) for folder in re.findall(r"(?:-I|-isystem )(\S+)", command)]
        found, queue = {source}, [source]
        while queue:
            path = queue.pop()
            for name in self.read(path)[1]:
                for folder in [path.parent, *folders]:
                    header = folder / name
                    if header.is_file():
                        header = header.resolve()
                        if header not in found:
                            found.add(header)
                            queue.append(header)
                        break
        parts = [rules, command] + sorted(f"{path} {self.read(path)[0]}" for path in found)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def tidy(database, source):
    call = [TIDY, "--quiet", "-p", str(database), "--extra-arg=-Wno-unknown-warning-option", str(source)]
    # The other stream counts warnings that were suppressed; it matters only when clang-tidy itself fails.
    done = subprocess.run(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout or done.stderr


def newest_first(files):
    """Files whose last commit is young come first: where time is short, they are what has to be read."""
    log = subprocess.run(["git", "log", "--format=", "--name-only"], stdout=subprocess.PIPE, text=True, check=False).stdout
    age = {}
    for name in log.split("\n"):
        age.setdefault(name, len(age))
    return sorted(files, key=lambda file: age.get(str(file), -1))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, help="begin no file after that; those not read are counted")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()

    commands = {}
    entries = json.loads((options.build / "compile_commands.json").read_text())
    for entry in entries:
        entry["command"] = PRECOMPILED.sub("", entry["command"])
        commands.setdefault(pathlib.Path(entry["directory"], entry["file"]).resolve(), entry["command"])
    database = options.build / "lint"
    database.mkdir(exist_ok=True)
    (database / "compile_commands.json").write_text(json.dumps(entries))
    version = subprocess.run([TIDY, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    rules = version + pathlib.Path(".clang-tidy").read_text()
    clean_file = options.build / "lint.json"
    clean = json.loads(clean_file.read_text()) if clean_file.exists() else {}

    sources, wanted = Sources(), {}
    for file in options.files:
        path = file.resolve()
        if path not in commands:
            print(f"lint: {file} is not compiled in {options.build}, so it is not read")
            continue
        fingerprint = sources.fingerprint(path, commands[path], rules)
        if clean.get(str(file)) != fingerprint:
            wanted[file] = fingerprint
    print(f"lint: {len(wanted)} of {len(options.files)} files are new, or have changed since they were clean", flush=True)

    bad, late = [], []
    until = time.monotonic() + options.seconds if options.seconds is not None else None

    def tidy_in_time(file):
        return (None, "") if until is not None and time.monotonic() > until else tidy(database, file)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = {pool.submit(tidy_in_time, file): file for file in newest_first(wanted)}
        for done in concurrent.futures.as_completed(running):
            file, (status, text) = running[done], done.result()
            if status is None:
                late.append(file)
            elif status == 0:
                clean[str(file)] = wanted[file]
                beside = clean_file.with_suffix(".new")
                beside.write_text(json.dumps(clean, indent=0, sort_keys=True))
                beside.rename(clean_file)
            else:
                bad.append(str(file))
                print(f"=== {file}\n{text}", flush=True)
    if late:
        print(f"lint: there was no time for {len(late)} of them, the oldest", flush=True)
    if bad:
        sys.exit(f"lint: {len(bad)} of {len(wanted)} files have findings: {' '.join(sorted(bad))}")


main()
