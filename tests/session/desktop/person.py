"""Somebody in front of the desktop: sees what a screen reader is told, presses buttons as long as a hand does, and types."""
import subprocess
import time

import pyatspi

from desktop import GaveUp, wait_for

HELD = "0.13"  # seconds: people do not let go sooner
MENU_ROLES = {pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_CHECK_MENU_ITEM}


def xdotool(*words):
    done = subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise GaveUp(f"xdotool {words}: {done.stderr}")


def children(part):
    try:
        return [child for child in part if child is not None]
    except Exception:  # pylint: disable=broad-except  # it has gone while it was looked at
        return []


def walk(part):
    """A part and all that it shows, in the order in which they are read."""
    yield part
    for child in children(part):
        yield from walk(child)


def is_seen(part):
    try:
        return part.getState().contains(pyatspi.STATE_SHOWING)
    except Exception:  # pylint: disable=broad-except
        return False


class Person:
    def __init__(self, designer):
        self.pid = designer.process.pid
        self.gestures = 0

    def program(self):
        for application in children(pyatspi.Registry.getDesktop(0)):
            try:
                if application.get_process_id() == self.pid:
                    return application
            except Exception:  # pylint: disable=broad-except  # a program that was killed
                continue
        return None

    def seen(self):
        program = self.program()
        return [part for part in walk(program) if is_seen(part)] if program else []

    def look_for(self, name, role=None):
        """The first part that is seen with that in its name; None: there is none."""
        for part in self.seen():
            try:
                if name in part.name and (role is None or part.getRole() == role):
                    return part
            except Exception:  # pylint: disable=broad-except
                continue
        return None

    def find(self, name, role=None):
        return wait_for(f"{name} on the screen", lambda: self.look_for(name, role))

    def names(self):
        return [part.name for part in self.seen() if part.name]

    @staticmethod
    def box(part):
        return part.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)

    def middle(self, part):
        def still():
            before = self.box(part)
            time.sleep(0.05)
            after = self.box(part)
            same = (before.x, before.y, before.width, before.height) == (after.x, after.y, after.width, after.height)
            return after if same and after.width > 0 else None

        box = wait_for(f"{part.name} to stand still", still)
        return box.x + box.width // 2, box.y + box.height // 2

    def click_at(self, x, y, button=1):
        self.gestures += 1
        xdotool("mousemove", x, y, "mousedown", button, "sleep", HELD, "mouseup", button)

    def click(self, name, role=None):
        self.click_at(*self.middle(self.find(name, role)))

    def drag(self, start, end):
        self.gestures += 1
        xdotool("mousemove", *start, "mousedown", 1, "sleep", HELD)
        for step in range(1, 9):
            xdotool("mousemove", *(a + (b - a) * step // 8 for a, b in zip(start, end)), "sleep", "0.02")
        xdotool("sleep", HELD, "mouseup", 1)

    def press(self, keys):
        self.gestures += 1
        xdotool("key", "--delay", "20", keys)

    def type(self, text):
        self.gestures += 1
        xdotool("type", "--delay", "5", text)

    def enter(self, text):
        """Types a line: one thing to do."""
        xdotool("type", "--delay", "5", text)
        self.press("Return")
