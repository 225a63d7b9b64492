// The path of a source, and the files that it means (weir/sdk/path_pattern.hpp says what patterns are).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "weir/sdk/path_pattern.hpp"

namespace weir::file {

class PathPattern {
 public:
  explicit PathPattern(std::string text);

  const std::string& text() const { return text_; }
  // One path, without a pattern in it.
  bool fixed() const { return !isPathPattern(text_); }
  // As findPaths. `lookedInto` is told of every folder in which a further match could appear. What cannot be looked at
  // is a RetryableError: it may hold what was asked for.
  std::vector<std::string> find(const std::function<void(const std::string& folder)>& lookedInto = {}) const;

 private:
  std::string text_;
};

}  // namespace weir::file
