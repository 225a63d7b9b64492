#!/usr/bin/env python3
"""Takes the icons named below out of Lucide, and writes icon_table.hpp beside this file.

Run it after a change of the list or of the version: core/drawing/icons/fetch_icons.py
Needs npm, which downloads the package; nothing of it is needed to build Weir.
"""
import pathlib
import re
import subprocess
import tarfile
import tempfile

PACKAGE = "lucide-static@1.62.0"

ICONS = """
file file-plus folder-open save files image file-code upload download external-link
undo-2 redo-2 scissors copy copy-plus clipboard-paste trash-2 search command keyboard settings history
wand-sparkles maximize zoom-in zoom-out locate map group ungroup pin message-square-text spline
align-start-vertical align-center-vertical align-end-vertical
align-start-horizontal align-center-horizontal align-end-horizontal
align-horizontal-distribute-center align-vertical-distribute-center
chevron-up chevron-down chevron-right chevron-left arrow-right x plus minus check
circle-x circle-pause circle-arrow-right triangle-alert circle-question-mark info lightbulb puzzle git-compare-arrows
panel-left panel-right panel-bottom list-tree book-open eye lock key-round moon sun
layout-grid layout-dashboard app-window plug play square refresh-cw
activity file-text file-down database table-2 layers funnel columns-3 split merge timer hourglass combine terminal
grid-2x2-plus grid-2x2-x pen-line braces clock sigma calculator bell globe server type hash calendar blocks package
""".split()

HEAD = """// Icons of Lucide, under the licence beside this file. Written by fetch_icons.py.
#pragma once

#include <string_view>

namespace weir::drawing {

struct IconEntry {
  std::string_view name;
  std::string_view drawing;  // elements of SVG, see icons.hpp
};

// By name, ascending.
// clang-format off
inline constexpr IconEntry kIcons[] = {
"""
TAIL = """};
// clang-format on

}  // namespace weir::drawing
"""


def drawing(svg):
    """What is within the svg element, without comments, class names and line breaks."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'\s+class="[^"]*"', "", svg)
    svg = re.sub(r"\s+", " ", svg).strip()
    svg = re.sub(r" ?(/?>) ?", r"\1", svg)
    return re.fullmatch(r"<svg [^>]*>(.*)</svg>", svg).group(1)


def main():
    here = pathlib.Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = pathlib.Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            def read(name):
                return package.extractfile(f"package/{name}").read().decode()

            rows = [f'    {{"{name}", R"({drawing(read(f"icons/{name}.svg"))})"}},\n' for name in sorted(ICONS)]
            (here / "LICENSE").write_text(read("LICENSE"))
    (here / "icon_table.hpp").write_text(HEAD + "".join(rows) + TAIL)
    print(f"{len(ICONS)} icons of {PACKAGE}")


if __name__ == "__main__":
    main()
