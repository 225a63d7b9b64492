// The files that a path with `*`, `?` and `**` means (weir/sdk/path_pattern.hpp says what these are).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::file {

class PathPattern {
 public:
  explicit PathPattern(std::string text);

  const std::string& text() const { return text_; }
  // One path, without a pattern in it.
  bool fixed() const { return folder_.size() == text_.size(); }
  // The folder before the first part that is a pattern; the folder of the file when there is none.
  std::string folder() const;

  // Every path that matches, in the order of their bytes; folders are none. A link is followed where the path names it
  // or a `*` meets it; `**` goes round links to folders, which may lead in a circle. `lookedInto` is told of every
  // folder in which a further match could appear.
  //
  // What is not there is left out. What cannot be looked at is a RetryableError: it may hold what was asked for.
  std::vector<std::string> find(const std::function<void(const std::string& folder)>& lookedInto = {}) const;

 private:
  std::string text_;
  std::string folder_;  // fixed beginning of `text_`, with the slash at its end
};

}  // namespace weir::file
