// Making texts fit: cut on a word border, in the middle, or wrapped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/drawing/words/text_measure.hpp"

namespace weir::drawing {

// The text, or as many whole words of it as fit and "…"; one long word is cut in the middle.
std::string cutText(std::string_view text, double width, FontRole role, const TextMeasure& measure);

// The text, or its beginning, "…" and its end.
std::string elideMiddle(std::string_view text, double width, FontRole role, const TextMeasure& measure);

// Lines that fit; breaks after spaces, commas and slashes, inside a word only where one alone is too wide. What does
// not fit into `lines` lines ends the last one with "…". Line feeds of the text are kept.
std::vector<std::string> wrapText(std::string_view text, double width, std::size_t lines, FontRole role,
                                  const TextMeasure& measure);

// The same without cutting: nothing when it does not fit.
bool wrapsInto(std::string_view text, double width, std::size_t lines, FontRole role, const TextMeasure& measure);

}  // namespace weir::drawing
