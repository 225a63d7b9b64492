"""A desktop of its own for a test: an X server, a window manager, a session bus and what screen readers ask.

Everything is started here, listens on nothing but local sockets, and is stopped by its own process.
"""
import os
import pathlib
import signal
import subprocess
import tempfile
import time

LIMIT = 60  # seconds for anything to come
LOOK = 0.05  # seconds between two looks


class GaveUp(Exception):
    pass


def wait_for(what, look):
    """What `look` gives as soon as it is something."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(LOOK)
    raise GaveUp(f"this did not come: {what}")


class Desktop:
    def __init__(self, size="1440x900"):
        self.folder = tempfile.TemporaryDirectory(prefix="weir-desktop-")
        self.home = pathlib.Path(self.folder.name)
        self.processes = []
        display = self.start_and_read(["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp"])
        runtime = self.home / "runtime"
        runtime.mkdir(mode=0o700)
        # This process talks to the same desktop: pyatspi is imported after this.
        os.environ.update(
            DISPLAY=f":{display}", HOME=str(self.home), XDG_RUNTIME_DIR=str(runtime), XDG_CONFIG_HOME=str(self.home / "config"),
            XDG_DATA_HOME=str(self.home / "data"), XDG_CACHE_HOME=str(self.home / "cache"), LANG="C.UTF-8", LANGUAGE="",
            QT_QPA_PLATFORM="xcb", QT_QPA_PLATFORMTHEME="", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", NO_AT_BRIDGE="0")
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self.start_and_read(["dbus-daemon", "--session", "--nofork", "--print-address"])
        self.start(["openbox", "--sm-disable"])
        # A window that came before it would never have the keys.
        wait_for("the window manager", lambda: subprocess.run(
            ["xdotool", "get_num_desktops"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0)
        self.start(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately", "--a11y=1"])

    def start(self, command, **more):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **more)
        self.processes.append(process)
        return process

    def start_and_read(self, command):
        process = self.start(command, stdout=subprocess.PIPE, text=True)
        line = process.stdout.readline().strip()
        if not line:
            raise GaveUp(f"{command[0]} did not start; is its package installed?")
        return line

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.folder.cleanup()


class Designer:
    """The real program."""

    def __init__(self, desktop, program, *files):
        self.process = desktop.start([program, *map(str, files)], cwd=desktop.home)

    def kill(self):
        """As a crash does, with nobody waiting for it yet."""
        self.process.send_signal(signal.SIGKILL)
