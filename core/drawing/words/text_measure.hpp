// How wide a text is. A port: the canvas asks its font library, everything without a screen asks a table. Sizes
// are those of core/drawing/look/measures.hpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::drawing {

enum class FontRole : std::uint8_t {
  NodeName,    // Inter SemiBold
  Words,       // Inter
  GroupTitle,  // Inter SemiBold
  Comment,     // Inter
};

class TextMeasure {
 public:
  virtual ~TextMeasure() = default;
  // In pixels; the text is UTF-8.
  virtual double width(std::string_view text, FontRole role) const = 0;
};

// By the advance widths of Inter, without kerning. Any thread.
class InterMeasure final : public TextMeasure {
 public:
  double width(std::string_view text, FontRole role) const override;
};

}  // namespace weir::drawing
