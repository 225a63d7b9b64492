#include "core/base/closest_name.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace weir {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Which letters there are, roughly.
std::uint64_t lettersOf(std::string_view text) {
  std::uint64_t letters = 0;
  for (const char c : text) letters |= std::uint64_t{1} << (static_cast<unsigned char>(lower(c)) & 63U);
  return letters;
}

// Optimal string alignment distance, or some number that is not below `limit`.
class Distance {
 public:
  explicit Distance(std::string_view wanted) : wanted_(wanted) {}

  std::size_t to(std::string_view name, std::size_t limit) {
    const std::size_t width = name.size() + 1;
    // Cells that far from the diagonal are not below the limit: those around them read one that says so.
    for (std::vector<std::size_t>* const line : {&beforeLast_, &last_, &current_}) line->assign(width + 1, limit);
    for (std::size_t j = 0; j < std::min(width, limit); ++j) last_[j] = j;
    for (std::size_t i = 1; i <= wanted_.size(); ++i) {
      const std::size_t from = i > limit ? i - limit : 0;
      const std::size_t to = std::min(width, i + limit);
      std::size_t least = limit;
      if (from > 0) current_[from - 1] = limit;
      for (std::size_t j = from; j < to; ++j) {
        if (j == 0) {
          current_[0] = i;
        } else {
          const bool same = lower(wanted_[i - 1]) == lower(name[j - 1]);
          current_[j] = std::min({last_[j] + 1, current_[j - 1] + 1, last_[j - 1] + (same ? 0 : 1)});
          const bool swapped = i > 1 && j > 1 && lower(wanted_[i - 1]) == lower(name[j - 2]) &&
                               lower(wanted_[i - 2]) == lower(name[j - 1]);
          if (swapped) current_[j] = std::min(current_[j], beforeLast_[j - 2] + 1);
        }
        least = std::min(least, current_[j]);
      }
      if (to < width) current_[to] = limit;
      if (least >= limit) return limit;  // no later line has less
      std::swap(beforeLast_, last_);
      std::swap(last_, current_);
    }
    return last_[name.size()];
  }

 private:
  std::string_view wanted_;
  std::vector<std::size_t> beforeLast_;
  std::vector<std::size_t> last_;
  std::vector<std::size_t> current_;
};

}  // namespace

std::optional<std::string> closestName(std::string_view wanted, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kLongest = 128;
  if (wanted.empty() || wanted.size() > kLongest) return std::nullopt;
  const std::uint64_t letters = lettersOf(wanted);
  Distance distance(wanted);
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> answer;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), wanted.size());
    if (longer - std::min(candidate.size(), wanted.size()) >= best) continue;
    // Each step brings one letter that was not there, and takes away one at most.
    const std::uint64_t there = lettersOf(candidate);
    const auto missing =
        static_cast<std::size_t>(std::max(std::popcount(letters & ~there), std::popcount(there & ~letters)));
    if (missing >= best) continue;
    const std::size_t far = distance.to(candidate, best);
    if (far < best) {
      best = far;
      answer = std::string(candidate);
    }
  }
  return answer;
}

std::string didYouMean(std::string_view wanted, const std::vector<std::string_view>& candidates) {
  return didYouMean(closestName(wanted, candidates));
}

std::string didYouMean(const std::optional<std::string>& name) {
  return name ? " Did you mean \"" + *name + "\"?" : "";
}

}  // namespace weir
