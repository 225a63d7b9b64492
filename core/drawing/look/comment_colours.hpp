// The colours that a comment may have: grey, and the hues of kinds, which are told apart with every kind of sight.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/drawing/look/kinds.hpp"

namespace weir::drawing {

enum class CommentColour : std::uint8_t { Grey, Green, Blue, Pink, Sky, Orange };
inline constexpr std::size_t kCommentColourCount = 6;

// As files name them.
inline constexpr std::array<std::string_view, kCommentColourCount> kCommentColourNames = {"grey", "green", "blue",
                                                                                          "pink", "sky",   "orange"};

constexpr std::optional<CommentColour> commentColourOf(std::string_view name) {
  for (std::size_t colour = 0; colour < kCommentColourCount; ++colour) {
    if (kCommentColourNames[colour] == name) return static_cast<CommentColour>(colour);
  }
  return std::nullopt;
}

// The kind that has the hue; grey is no kind's.
constexpr std::optional<NodeKind> hueOf(CommentColour colour) {
  switch (colour) {
    case CommentColour::Grey: break;
    case CommentColour::Green: return NodeKind::Source;
    case CommentColour::Blue: return NodeKind::Stateless;
    case CommentColour::Pink: return NodeKind::Stateful;
    case CommentColour::Sky: return NodeKind::Window;
    case CommentColour::Orange: return NodeKind::Sink;
  }
  return std::nullopt;
}

}  // namespace weir::drawing
