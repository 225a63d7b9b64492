#!/usr/bin/env python3
"""The real designer, as a stranger has it: under a window manager, by mouse and keys at a hand's speed, and by what a screen reader is told.

    desktop_test.py BIN TOPOLOGIES CASE      BIN: the folder with weir and weir-designer

A process is one desktop and one case: what asks screen readers' questions belongs to one session bus.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from desktop import Designer, Desktop, GaveUp, wait_for

MOST_GESTURES = 15


class Case:
    def __init__(self, desktop, binaries, topologies):
        self.desktop = desktop
        self.home = desktop.home
        self.binaries = binaries
        self.topologies = topologies

    def start(self, *files):
        from person import Person  # it joins the desktop that is there by now

        designer = Designer(self.desktop, str(self.binaries / "weir-designer"), *files)
        person = Person(designer)
        wait_for("the plugins", lambda: person.look_for("File source"))
        return designer, person

    def copy(self, name):
        return pathlib.Path(shutil.copy(self.topologies / name, self.home / pathlib.Path(name).name))

    def weir(self, *words):
        return subprocess.run([str(self.binaries / "weir"), *map(str, words)], capture_output=True, text=True, check=True).stdout

    def save_as(self, person, path):
        person.click("Save", role("push button"))
        self.name_in_dialog(person, path)
        wait_for(str(path), path.exists)

    @staticmethod
    def name_in_dialog(person, path):
        wait_for("the dialog", lambda: person.look_for("File name"))
        person.enter(str(path))

    # By mouse, with the keyboard for words alone.
    def a_data_file_is_counted_in_fifteen_gestures_by_mouse(self):
        data = self.copy("data/flights/departures-2013-01.ndjson")
        counts, copies, path = self.home / "counts.ndjson", self.home / "copies.ndjson", self.home / "counted.weir"
        _, person = self.start()
        person.click("data file", role("push button"))
        self.name_in_dialog(person, data)
        source = person.find("departures-2013-01", role("list item"))

        def behind(part, words, comes, height=1 / 2):  # height: where the output stands at its node
            box = person.box(part)
            at = (box.x + box.width - 9, box.y + int(box.height * height))
            person.drag(at, (at[0] + 60, at[1] + 160))
            wait_for("what fits there", lambda: person.look_for("What comes here?"))
            person.enter(words)
            return person.find(comes, role("list item"))

        wanted = behind(source, "where distance > 1000", "filter")
        window = behind(wanted, "count by carrier every 1h", "window")
        behind(window, f"write {counts}", "Sink, sink", 1 / 3)  # what comes late leaves below
        behind(window, f"write {copies}", "Sink 2, sink", 1 / 3)
        self.save_as(person, path)
        assert person.gestures <= MOST_GESTURES, person.gestures
        self.weir("run", path, "--home", self.home / "home", "--until-end")
        assert '"carrier":"UA"' in counts.read_text()
        assert counts.read_text() == copies.read_text()

    def unsaved_work_is_there_after_a_kill_and_an_immediate_restart(self):
        path = self.copy("orders_per_minute_by_region.weir")
        before = path.read_bytes()
        designer, person = self.start(path)
        person.press("a")
        wait_for("the list", lambda: person.look_for("Add: file") or person.look_for("After "))
        person.enter("Filter")
        person.find("Filter, operator", role("list item"))
        kept = self.home / "data/weir-designer/recovery"
        wait_for("what is kept for a crash", lambda: list(kept.glob("*.weir")))
        designer.kill()
        _, again = self.start()  # nobody has waited for the dead one: it is a zombie
        again.find("ended before this was saved")
        again.find("Filter, operator", role("list item"))
        again.click("Keep", role("push button"))
        again.press("ctrl+s")
        wait_for("the file", lambda: path.read_bytes() != before)
        assert "std.filter" in path.read_text()
        wait_for("nothing is kept any more", lambda: not list(kept.glob("*.weir")))

    def what_another_program_writes_is_shown_and_said(self):
        path = self.copy("orders_per_minute_by_region.weir")
        _, person = self.start(path)
        person.find("Keyed, operator", role("list item"))
        topology = json.loads(path.read_text())
        next(node for node in topology["nodes"] if node["id"] == "keyed")["name"] = "With a key"
        path.write_text(json.dumps(topology))
        person.find("Another program has changed this file")
        person.find("With a key, operator", role("list item"))
        person.click("Undo", role("push button"))

    def a_picture_is_exported_from_the_menu(self):
        path = self.copy("orders_per_minute_by_region.weir")
        _, person = self.start(path)
        person.click("File", role("menu item"))
        person.click("Export as SVG", role("menu item"))
        picture = self.home / "picture.svg"
        self.name_in_dialog(person, picture)
        wait_for("the picture", picture.exists)
        wait_for("the whole picture", lambda: picture.read_text().rstrip().endswith("</svg>"))
        assert "Per minute" in picture.read_text()

    def a_group_is_made_collapsed_cut_and_pasted_with_what_is_in_it(self):
        path = self.copy("orders_per_minute_by_region.weir")
        _, person = self.start(path)
        person.click("Per minute, window", role("list item"))
        node = person.find("Keyed, operator", role("list item"))
        subprocess.run(["xdotool", "keydown", "shift"], check=True)
        person.click_at(*person.middle(node))
        subprocess.run(["xdotool", "keyup", "shift"], check=True)
        person.press("ctrl+g")
        person.enter("Counting")
        person.find("Group Counting")
        person.press("ctrl+period")
        wait_for("the window in the group", lambda: not person.look_for("Per minute, window"))
        person.press("ctrl+x")
        wait_for("the group on the clipboard", lambda: not person.look_for("Group Counting"))
        person.press("ctrl+v")
        person.find("Group Counting")
        person.press("ctrl+s")
        wait_for("the file", lambda: json.loads(path.read_text()).get("groups"))
        topology = json.loads(path.read_text())
        assert sorted(topology["groups"][0]["nodes"]) == ["keyed", "per_minute"], topology["groups"]
        assert {"keyed", "per_minute"} < {node["id"] for node in topology["nodes"]}

    # What is read on the canvas comes in the order of the flow, and each has a name; so has whatever can be pressed or filled in.
    def a_screen_reader_is_told_the_flow_in_its_order_and_every_name(self):
        import pyatspi
        from person import walk

        path = self.copy("orders_per_minute_by_region.weir")
        _, person = self.start(path)
        canvas = person.find("Canvas", role("list"))
        read = [part.name for part in walk(canvas) if part.getRole() in (role("list item"), role("image"))]
        topic = "orders-per-minute-by-region"
        assert read[:7] == [
            "Orders, source", "Wire from Orders to Per minute", "Per minute, window", "Wire from Per minute to Keyed",
            "Keyed, operator", f"Wire from Keyed to {topic}", f"{topic}, topic"], read
        person.click("Per minute, window", role("list item"))
        person.find("Size")
        usable = (pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY,
                  pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_LIST, pyatspi.ROLE_PAGE_TAB, pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_LIST_ITEM)
        nameless = [f"{part.getRoleName()} in {part.parent.name or part.parent.getRoleName()}"
                    for part in person.seen() if part.getRole() in usable and not part.name]
        assert not nameless, nameless


def role(name):
    import pyatspi

    return getattr(pyatspi, "ROLE_" + name.upper().replace(" ", "_"))


def main():
    binaries, topologies, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    desktop = Desktop()
    case = Case(desktop, binaries, topologies)
    try:
        getattr(case, name)()
    except (GaveUp, AssertionError) as problem:
        # What was on the screen, where there is a program that takes it.
        if "WEIR_LOOK" in os.environ and shutil.which("import"):
            subprocess.run(["import", "-window", "root", f"{os.environ['WEIR_LOOK']}/{name}.png"], check=False)
        raise SystemExit(f"{name}: {type(problem).__name__}: {problem}") from problem
    finally:
        desktop.close()


if __name__ == "__main__":
    main()
