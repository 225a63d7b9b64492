#!/usr/bin/env python3
"""The crash job's own check: whatever is wrong with one of its outputs is found, and said of that output."""
import argparse
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import job
import orders

SMALL = orders.Shape(4_000, 1_000_000, 120_000, 120_000)
ORDERED = ("totals", "totals_file", "updates")
runner = None  # set by main


def changed(line):
    """The same row with another last number."""
    head, _, tail = line.rpartition(b":")
    return head + b":" + str(int(tail.strip(b'}"')) + 1).encode() + b"}"


class CheckTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = Path(tempfile.mkdtemp(prefix="weir-check-"))
        cls.wanted = orders.generate(cls.root / "input", 3, SMALL).lines(SMALL.id_window)
        status = runner.start(cls.root, cls.root / "input", 1_000_000_000).wait(120)
        assert status == 0, (cls.root / "messages").read_text()
        cls.given = runner.results(cls.root)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def problems(self, name, lines):
        return job.verify(self.wanted, {**self.given, name: lines})[0]

    def test_what_is_right_passes(self):
        self.assertEqual(job.verify(self.wanted, self.given), ([], 0))
        self.assertEqual(runner.check(self.root, self.wanted), ([], 0))

    def test_every_output_has_rows(self):
        self.assertEqual(set(self.given), {"totals", "totals_file", "updates", "late_file", "late_updates", "alerts"})
        for name, lines in self.given.items():
            self.assertGreater(len(lines), 10, name)

    def test_a_lost_row_is_found_in_every_output(self):
        for name, lines in self.given.items():
            problems = self.problems(name, lines[:7] + lines[8:])
            self.assertEqual([problem.split(" ")[0] for problem in problems], [f"{name}:"])
            self.assertIn("1 rows lost", problems[0])

    def test_a_changed_row_is_found_in_every_output(self):
        for name, lines in self.given.items():
            problems = self.problems(name, [changed(lines[0]), *lines[1:]])
            self.assertEqual([problem.split(" ")[0] for problem in problems], [f"{name}:"])
            self.assertIn("1 rows lost", problems[0])

    def test_a_doubled_row_is_found_but_where_at_least_once_allows_it(self):
        for name, lines in self.given.items():
            problems = self.problems(name, [*lines, lines[5]])
            self.assertEqual([problem.split(" ")[0] for problem in problems], [] if name == "alerts" else [f"{name}:"])
        again = self.given["alerts"] + self.given["alerts"][:2]
        self.assertEqual(job.verify(self.wanted, {**self.given, "alerts": again}), ([], 2))

    def test_rows_out_of_order_are_found_where_there_is_an_order(self):
        for name in ORDERED:
            self.assertIn("out of order", " ".join(self.problems(name, self.given[name][::-1])), name)

    def test_a_part_that_is_missing_from_the_job_is_found(self):
        counts = {"commit.published": 1}
        self.assertEqual(job.missing_parts(self.root, counts), [])
        self.assertNotEqual(job.missing_parts(self.root, {}), [])
        for path in (self.root / "out").glob("totals-*"):
            path.rename(path.with_suffix(".away"))
        self.assertNotEqual(job.missing_parts(self.root, counts), [])
        for path in (self.root / "out").glob("totals-*"):
            path.rename(path.with_suffix(".ndjson"))


def main():
    global runner
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build/dev"), help="build folder that has bin/weir")
    parser.add_argument("--weir", type=Path, help="the program itself, instead")
    arguments, rest = parser.parse_known_args()
    runner = job.Runner(arguments.weir or arguments.build / "bin/weir")
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)


if __name__ == "__main__":
    main()
