"""A runner that goes on while a benchmark writes into its input."""
import shutil
import subprocess
import sys
import time

LIMIT = 600  # seconds for anything
LOOK = 0.002


class Live:
    def __init__(self, weir, topology, folder, sink, *options):
        """`folder`: where its home is; `sink`: the file whose growth is waited for."""
        self.sink = sink
        self.process = subprocess.Popen(
            [weir, "run", str(topology), "--home", str(folder / "home"), *options], stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def cpu(self):
        """Seconds of its processor time, to the nanosecond: the clock that clock_getcpuclockid(3) would name."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def await_bytes(self, count):
        began = time.monotonic()
        while self.sink.stat().st_size < count if self.sink.exists() else True:
            if self.process.poll() is not None or time.monotonic() - began > LIMIT:
                sys.exit(f"bench: {self.sink} did not come to {count} bytes")
            time.sleep(LOOK)

    def await_rest(self):
        """Until it has done nothing for a second."""
        before = self.cpu()
        for _ in range(LIMIT):
            time.sleep(1)
            now = self.cpu()
            if now - before < 0.002:
                return
            before = now


def empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
