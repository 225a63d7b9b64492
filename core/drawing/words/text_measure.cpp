#include "core/drawing/words/text_measure.hpp"

#include <algorithm>

#include "core/drawing/fonts/inter_widths.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/words/utf8.hpp"

namespace weir::drawing {

namespace {

constexpr char32_t kStandIn = U'n';     // about as wide as the characters that the table does not have
constexpr char32_t kWideFrom = 0x1100;  // Hangul, kana and ideographs fill a square

struct Font {
  const std::array<std::uint16_t, kInterRegular.size()>& widths;
  const std::array<std::uint16_t, kMeasuredBeyond.size()>& beyond;
  double unit;
};

const Font kRegular{kInterRegular, kInterRegularBeyond, kInterRegularUnit};
const Font kSemiBold{kInterSemiBold, kInterSemiBoldBeyond, kInterSemiBoldUnit};

double sizeOf(FontRole role) {
  switch (role) {
    case FontRole::NodeName: return kNameText;
    case FontRole::Words: return kWordsText;
    case FontRole::GroupTitle: return kGroupTitleText;
    case FontRole::Comment: return kCommentText;
  }
  return kWordsText;
}

double advance(const Font& font, char32_t character) {
  if (character >= kFirstMeasured && character <= kLastMeasured) {
    return font.widths[character - kFirstMeasured] / font.unit;
  }
  const auto* const found = std::lower_bound(kMeasuredBeyond.begin(), kMeasuredBeyond.end(), character);
  if (found != kMeasuredBeyond.end() && *found == character) {
    return font.beyond[static_cast<std::size_t>(found - kMeasuredBeyond.begin())] / font.unit;
  }
  return character >= kWideFrom ? 1.0 : font.widths[kStandIn - kFirstMeasured] / font.unit;
}

}  // namespace

double InterMeasure::width(std::string_view text, FontRole role) const {
  const bool bold = role == FontRole::NodeName || role == FontRole::GroupTitle;
  const Font& font = bold ? kSemiBold : kRegular;
  const double size = sizeOf(role);
  double sum = 0;
  for (std::size_t at = 0; at < text.size();) sum += advance(font, nextCharacter(text, at));
  return sum * size;
}

}  // namespace weir::drawing
