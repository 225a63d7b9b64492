// Texts that cross the test kit's border hold one row a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::testkit {

inline std::vector<std::string> splitLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

}  // namespace weir::testkit
