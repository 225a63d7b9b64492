#!/usr/bin/env python3
"""What a runner does with a damaged home, a full disk, a second runner, and a polite request to stop."""
import argparse
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import job
import journal
import orders

SHAPE = orders.Shape(12_000, 1_000_000, 120_000, 120_000)
FAST = 1_000_000_000
MEDIUM = 8_000  # rows a second for each source task: about a second
SLOW = 2_000
LIMIT = 120
OK, ERRORS, FAILED, BUSY, STOPPED = 0, 2, 3, 4, 7
FULL = re.compile("Disk full: .* Make space|No space left on device. Make room")
runner = None  # set by main


def wait_until(condition, what):
    """Polls: what is waited for happens in another process."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > LIMIT:
            raise AssertionError(f"waited {LIMIT} s for {what}")
        time.sleep(0.005)


def write_state_of_version(path, version):
    """A state store as a newer Weir would leave it, made with RocksDB's C interface: this Weir cannot write one."""
    rocksdb, error = ctypes.CDLL("librocksdb.so.7.8"), ctypes.c_char_p()
    for name in ("options_create", "writeoptions_create", "open"):
        getattr(rocksdb, f"rocksdb_{name}").restype = ctypes.c_void_p
    options = ctypes.c_void_p(rocksdb.rocksdb_options_create())
    rocksdb.rocksdb_options_set_create_if_missing(options, ctypes.c_ubyte(1))
    database = ctypes.c_void_p(rocksdb.rocksdb_open(options, str(path).encode(), ctypes.byref(error)))
    assert not error.value, error.value
    key, write = b"format", ctypes.c_void_p(rocksdb.rocksdb_writeoptions_create())
    rocksdb.rocksdb_put(database, write, key, ctypes.c_size_t(len(key)), version, ctypes.c_size_t(len(version)),
                        ctypes.byref(error))
    assert not error.value, error.value
    rocksdb.rocksdb_close(database)


class DamageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = Path(tempfile.mkdtemp(prefix="weir-damage-"))
        cls.data = cls.root / "input"
        cls.wanted = orders.generate(cls.data, 5, SHAPE).lines(SHAPE.id_window)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def setUp(self):
        self.folder = self.root / self.id().rsplit(".", 1)[1]
        self.folder.mkdir()
        self.processes = []

    def tearDown(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()

    def start(self, rate=FAST, switches=None, topology=job.TOPOLOGY):
        process = runner.start(self.folder, self.data, rate, switches, topology=topology)
        self.processes.append(process)
        return process

    def run_job(self, **options):
        """The exit status of a whole run."""
        return self.start(**options).wait(LIMIT)

    def crash(self, point, switches=None):
        switches = {"WEIR_TEST_KILL_AT": point, **(switches or {})}
        self.assertEqual(self.run_job(rate=MEDIUM, switches=switches), -signal.SIGKILL)

    def messages(self):
        return (self.folder / "messages").read_text()

    def assert_exact(self, doubles_allowed=True):
        problems, doubles = runner.check(self.folder, self.wanted)
        self.assertEqual(problems, [])
        if not doubles_allowed:
            self.assertEqual(doubles, 0)

    def wait_for_commits(self, more=1):
        before = journal.commits(self.folder)[0]
        wait_until(lambda: journal.commits(self.folder)[0] >= before + more, "commits")

    @staticmethod
    def flip(path, position):
        content = bytearray(path.read_bytes())
        content[position] ^= 0x40
        path.write_bytes(content)

    # What a crash leaves

    def test_a_torn_last_segment_is_repaired(self):
        self.crash("log.published:20")
        torn = []
        for (topic, partition), _ in journal.read(self.folder)[1].items():
            path, end = journal.last_segment(self.folder, topic, partition)
            with open(path, "ab") as segment:
                segment.write(bytes(range(256)) * 3)
            torn.append((path, end.position))
        self.assertGreater(len(torn), 10)
        # Whoever only looks changes nothing, and sees nothing of it.
        runner.topic(self.folder, "totals")
        for path, size in torn:
            self.assertEqual(path.stat().st_size, size + 768, path)
        self.assertEqual(self.run_job(), OK)
        self.assert_exact()

    def test_a_torn_record_of_the_journal_is_repaired(self):
        self.crash("log.published:20")
        path = journal.path_of(self.folder)
        whole = path.read_bytes()
        path.write_bytes(whole + whole[journal.HEADER:journal.HEADER + 40])
        self.assertEqual(self.run_job(), OK)
        self.assert_exact()

    # What no crash leaves

    def test_a_flipped_byte_in_the_last_commit_is_refused_with_file_and_offset(self):
        self.crash("log.published:20")
        path, end = journal.last_segment(self.folder, "updates", 0)
        flipped = (end.start + end.position) // 2
        self.flip(path, flipped)
        damaged = path.read_bytes()
        self.assertEqual(self.run_job(), FAILED)
        self.assert_names(path, end.start, flipped)
        self.assertEqual(path.read_bytes(), damaged, "what is damaged was changed")

    def test_a_flipped_byte_in_rows_before_it_is_refused_when_they_are_read(self):
        self.assertEqual(self.run_job(), OK)
        path = min((self.folder / "home/log/topics/updates/0").glob("*.segment"))
        flipped = path.stat().st_size // 2
        self.flip(path, flipped)
        with self.assertRaises(RuntimeError) as refused:
            runner.topic(self.folder, "updates")
        (self.folder / "messages").write_text(str(refused.exception))
        self.assert_names(path, 0, flipped)

    def test_a_flipped_byte_in_state_that_must_be_replayed_is_refused(self):
        self.crash("log.published:20", {"WEIR_TEST_SMALL": ""})  # so that the changelog begins at its beginning
        shutil.rmtree(self.folder / "home/state", ignore_errors=True)
        path = min((self.folder / "home/log/topics/changelog.by_id/0").glob("*.segment"))
        flipped = path.stat().st_size // 3
        self.flip(path, flipped)
        self.assertEqual(self.run_job(), FAILED)
        self.assert_names(path, 0, flipped)

    def test_a_flipped_byte_in_the_journal_is_refused(self):
        self.crash("log.published:10")
        path = journal.path_of(self.folder)
        flipped = path.stat().st_size // 2
        self.flip(path, flipped)
        self.assertEqual(self.run_job(), FAILED)
        self.assert_names(path, 0, flipped)

    def test_a_missing_segment_is_refused(self):
        self.crash("log.published:20")
        path, _ = journal.last_segment(self.folder, "updates", 1)
        path.unlink()
        self.assertEqual(self.run_job(), FAILED)
        self.assertIn("is missing, though the journal covers it", self.messages())

    def test_state_that_is_older_than_its_changelog_is_refused(self):
        self.crash("log.published:20")
        self.assertEqual(self.run_job(rate=MEDIUM), OK)
        changelogs = (self.folder / "home/log/topics").glob("changelog.*/*")
        self.assertTrue(any(not list(each.glob("*-00000001.segment")) for each in changelogs), "nothing was trimmed")
        shutil.rmtree(self.folder / "home/state")
        self.assertEqual(self.run_job(), FAILED)
        self.assertIn("what lies between is lost", self.messages())

    def assert_names(self, path, least, flipped):
        found = re.search(r"(\S+) is damaged at byte (\d+)", self.messages())
        self.assertTrue(found, self.messages())
        self.assertEqual(Path(found[1]).resolve(), path.resolve())
        # The frame or record that holds the byte is named by where it begins.
        self.assertLessEqual(least, int(found[2]))
        self.assertLessEqual(int(found[2]), flipped)

    # Other versions

    def test_a_log_of_a_newer_version_is_refused(self):
        self.crash("log.published:10")
        path = journal.path_of(self.folder)
        content = bytearray(path.read_bytes())
        content[8] = 9
        path.write_bytes(content)
        self.assertEqual(self.run_job(), ERRORS)
        self.assertIn("has format version 9; this Weir reads versions 1 to 2", self.messages())

    def test_a_segment_of_a_newer_version_is_refused(self):
        self.crash("log.published:10")
        path, _ = journal.last_segment(self.folder, "updates", 0)
        content = bytearray(path.read_bytes())
        content[8] = 9
        path.write_bytes(content)
        self.assertEqual(self.run_job(), ERRORS)
        self.assertIn(f"{path.name} has format version 9; this Weir reads version 1", self.messages())

    def test_state_of_a_newer_version_is_refused(self):
        self.crash("log.published:20")
        shutil.rmtree(self.folder / "home/state", ignore_errors=True)
        write_state_of_version(self.folder / "home/state", b"9")
        self.assertEqual(self.run_job(), ERRORS)
        self.assertIn("has format version 9; this Weir reads version 2", self.messages())

    def test_state_of_another_meaning_is_refused(self):
        self.crash("log.published:20")
        changed = self.folder / "changed.weir"
        topology = json.loads(job.TOPOLOGY.read_text())
        for node in topology["nodes"]:
            if node["id"] == "by_region":
                node["params"]["size"] = "20s"
        changed.write_text(json.dumps(topology))
        self.assertEqual(self.run_job(topology=changed), ERRORS)
        self.assertIn("holds state of node 'by_region' with another meaning", self.messages())

    # Life of a runner

    def test_a_second_runner_is_refused(self):
        first = self.start(rate=SLOW)
        self.wait_for_commits()
        second = self.start(rate=SLOW)
        self.assertEqual(second.wait(LIMIT), BUSY)
        self.assertIn(f"is in use by another runner (process {first.pid})", self.messages())
        self.assertIsNone(first.poll(), "the first one goes on")

    def test_a_request_to_stop_finishes_and_commits(self):
        process = self.start(rate=SLOW)
        self.wait_for_commits(5)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(LIMIT), STOPPED)
        self.assertIn("stopped before the end", self.messages())
        self.assertLess(journal.commits(self.folder)[1]["updates"], len(self.wanted["updates"]))
        self.assertEqual(self.run_job(), OK)
        self.assert_exact(doubles_allowed=False)

    def test_a_full_disk_is_waited_for_by_the_log(self):
        self.check_full_disk("home/log", 300_000)

    def test_a_full_disk_is_waited_for_by_the_state_store(self):
        # Not at full speed: a run of a few commits may keep all of its state in memory.
        self.check_full_disk("home/state", 100_000, rate=20_000)

    def test_a_full_disk_is_waited_for_by_the_files_of_a_sink(self):
        self.check_full_disk("out", 150_000)

    def check_full_disk(self, place, room, rate=FAST):
        """A small disk in one place, nearly full."""
        small = self.folder / "small" / place
        small.mkdir(parents=True)
        if place.startswith("home/"):
            (self.folder / "small/home/home.lock").touch()  # with the filler in it, it would be no home
        # Only this process sees it. Its files are reached through /proc from outside.
        script = ('mount -t tmpfs -o size=12m none "$1/small/$2" && head -c "$3" /dev/zero > "$1/small/$2/filler" || '
                  'exit 77\n'
                  'folder=$1; shift 3; "$@"; status=$?\n'
                  'cp -a "$folder/small/home" "$folder/small/out" "$folder"; exit $status')
        arguments = runner.arguments(self.folder, self.data, rate, home=self.folder / "small/home",
                                     out=self.folder / "small/out")
        with open(self.folder / "messages", "ab") as messages:
            process = subprocess.Popen(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh",
                                        str(self.folder), place, str((12 << 20) - room), *arguments],
                                       env=runner.environment(), stdout=messages, stderr=messages)
        self.processes.append(process)
        wait_until(lambda: process.poll() is not None or FULL.search(self.messages()), "a message about the full disk")
        if process.poll() == 77 or "unshare" in self.messages():
            self.skipTest("this system lets nobody mount a small disk: " + self.messages())
        self.assertIsNone(process.poll(), self.messages())
        said = next(line for line in self.messages().splitlines() if FULL.search(line))
        self.assertIn(f"small/{place}", said)
        os.unlink(f"/proc/{process.pid}/root{small}/filler")
        self.assertEqual(process.wait(LIMIT), OK, self.messages())
        self.assertRegex(self.messages(), "[Gg]o(es|ing) on from (its|the) last commit")
        self.assert_exact()


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
