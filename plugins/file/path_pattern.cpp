#include "plugins/file/path_pattern.hpp"

#include <utility>

#include "weir/sdk/errors.hpp"
#include "weir/sdk/path_search.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::file {

PathPattern::PathPattern(std::string text) : text_(std::move(text)) {}

std::vector<std::string> PathPattern::find(const std::function<void(const std::string&)>& lookedInto) const {
  const auto refused = [](const std::string& path, int code) {
    throw RetryableError("Cannot look at " + path + ": " + whyRefused(code, path, Access::Read) +
                         " Files there may be meant: otherwise name another path.");
  };
  return findPaths(text_, {lookedInto, refused, {}});
}

}  // namespace weir::file
