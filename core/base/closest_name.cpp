#include "base/closest_name.hpp"

#include <algorithm>
#include <cstddef>

namespace weir {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Optimal string alignment distance.
std::size_t distance(std::string_view left, std::string_view right) {
  const std::size_t width = right.size() + 1;
  std::vector<std::size_t> beforeLast(width);
  std::vector<std::size_t> last(width);
  std::vector<std::size_t> current(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const bool same = lower(left[i - 1]) == lower(right[j - 1]);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(left[i - 1]) == lower(right[j - 2]) && lower(left[i - 2]) == lower(right[j - 1])) {
        current[j] = std::min(current[j], beforeLast[j - 2] + 1);
      }
    }
    std::swap(beforeLast, last);
    std::swap(last, current);
  }
  return last[right.size()];
}

}  // namespace

std::optional<std::string> closestName(std::string_view wanted, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kLongest = 128;
  if (wanted.empty() || wanted.size() > kLongest) return std::nullopt;
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> answer;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), wanted.size());
    if (longer - std::min(candidate.size(), wanted.size()) >= best) continue;
    const std::size_t there = distance(wanted, candidate);
    if (there < best) {
      best = there;
      answer = std::string(candidate);
    }
  }
  return answer;
}

std::string didYouMean(std::string_view wanted, const std::vector<std::string_view>& candidates) {
  const std::optional<std::string> name = closestName(wanted, candidates);
  return name ? " Did you mean \"" + *name + "\"?" : "";
}

}  // namespace weir
