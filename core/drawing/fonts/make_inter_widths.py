#!/usr/bin/env python3
"""Writes inter_widths.hpp: the advance widths of Inter, so that text can be measured without a font library.

usage: make_inter_widths.py >inter_widths.hpp        (Debian packages python3-fonttools and fonts-inter)
"""
from fontTools.ttLib import TTFont

FONTS = {"Regular": "Inter-Regular.otf", "SemiBold": "Inter-SemiBold.otf"}
FOLDER = "/usr/share/fonts/opentype/inter/"
FIRST, LAST = 0x20, 0x17F
MORE = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x20AC, 0x2190, 0x2192, 0x2212, 0x2260, 0x2264,
        0x2265, 0x00D7]


def main():
    print("// Advance widths of Inter, in parts of the font size. Written by make_inter_widths.py; the font is under")
    print("// the SIL Open Font License 1.1.")
    print("#pragma once\n\n#include <array>\n#include <cstdint>\n\nnamespace weir::drawing {\n")
    fonts = {name: TTFont(FOLDER + file) for name, file in FONTS.items()}
    print("// clang-format off")
    print(f"inline constexpr char32_t kFirstMeasured = {FIRST:#x};")
    print(f"inline constexpr char32_t kLastMeasured = {LAST:#x};\n")
    more = sorted(set(MORE))
    print("// Beyond those, in ascending order.")
    print(f"inline constexpr std::array<char32_t, {len(more)}> kMeasuredBeyond = {{")
    print_rows([f"{code:#x}" for code in more])
    for name, font in fonts.items():
        widths, characters = font["hmtx"].metrics, font.getBestCmap()

        def width(code):
            return widths[characters.get(code, ".notdef")][0]

        print(f"\ninline constexpr std::uint16_t kInter{name}Unit = {font['head'].unitsPerEm};")
        print(f"inline constexpr std::array<std::uint16_t, {LAST - FIRST + 1}> kInter{name} = {{")
        print_rows([str(width(code)) for code in range(FIRST, LAST + 1)])
        print(f"inline constexpr std::array<std::uint16_t, {len(more)}> kInter{name}Beyond = {{")
        print_rows([str(width(code)) for code in more])
    print("// clang-format on\n\n}  // namespace weir::drawing")


def print_rows(words):
    for start in range(0, len(words), 16):
        print("    " + ", ".join(words[start:start + 16]) + ",")
    print("};")


main()
