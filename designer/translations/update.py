#!/usr/bin/env python3
"""Brings the words of the code into translation files: new ones stand there as unfinished, and those that nothing says
any more are gone. `./dev translate` calls it for the files of this folder. Prints what is left to translate."""

import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
LUPDATE = os.environ.get("WEIR_LUPDATE", "/usr/lib/qt6/bin/lupdate")


def sources():
    for folder in ("designer", "app/designer_main"):
        for file in sorted((ROOT / folder).rglob("*.[ch]pp")):
            if "tests" not in file.parts:
                yield str(file.relative_to(ROOT))


def sort_messages(file):
    """By their words, not by where they stand in the code: two branches that add some seldom meet in a line."""

    def key(message):
        return re.search("<source>(.*?)</source>", message, re.DOTALL)[1], message

    def in_order(context):
        messages = re.findall(r"    <message.*?</message>\n", context[0], re.DOTALL)
        head = context[0][: context[0].index(messages[0])]
        return head + "".join(sorted(messages, key=key)) + "</context>"

    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"<context>.*?</context>", in_order, text, flags=re.DOTALL), encoding="utf-8")


def update(file):
    call = [LUPDATE, "-silent", "-no-obsolete", "-locations", "none", "-I", "."]
    done = subprocess.run(call + list(sources()) + ["-ts", str(file)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode or done.stderr:
        # What it only warns of is a word in a context that the program does not ask for.
        sys.exit(f"{done.stderr}update.py: lupdate does not understand this. A function outside a class with Q_OBJECT "
                 "says its words with a struct that has Q_DECLARE_TR_FUNCTIONS.")
    sort_messages(file)


def named(context):
    for message in context.iter("message"):
        yield f"{context.findtext('name')}: {message.findtext('source')}", message


def main():
    for file in map(pathlib.Path.absolute, map(pathlib.Path, sys.argv[1:])):
        update(file)
        messages = [message for context in xml.parse(file).iter("context") for message in named(context)]
        left = [name for name, message in messages if message.find("translation").get("type") == "unfinished"]
        for name in left:
            print(f"{file.name}: not translated: {name}")
        print(f"{file.name}: {len(left)} of {len(messages)} to translate")


if __name__ == "__main__":
    main()
