#include "designer/model/file/canonical_lines.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"

namespace weir::designer {

namespace {

using Lines = std::span<const std::string_view>;

std::string_view view(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return lines;
    begin = end + 1;
  }
}

// Equal lines at both ends; they are cut off.
std::size_t cutEqualEnds(Lines& left, Lines& right) {
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  const auto head = static_cast<std::size_t>(l - left.begin());
  left = left.subspan(head);
  right = right.subspan(head);
  const auto [leftEnd, rightEnd] = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend());
  const auto tail = static_cast<std::size_t>(leftEnd - left.rbegin());
  left = left.first(left.size() - tail);
  right = right.first(right.size() - tail);
  return head + tail;
}

struct Pair {
  std::size_t left;
  std::size_t right;
};

// Lines that stand once in each text, in the order of the left one.
std::vector<Pair> onceInBoth(Lines left, Lines right) {
  struct Seen {
    int left = 0;
    int right = 0;
    std::size_t at = 0;  // in the right one
  };
  std::unordered_map<std::string_view, Seen> seen;
  for (const std::string_view line : left) ++seen[line].left;
  for (std::size_t at = 0; at < right.size(); ++at) {
    Seen& line = seen[right[at]];
    ++line.right;
    line.at = at;
  }
  std::vector<Pair> pairs;
  for (std::size_t at = 0; at < left.size(); ++at) {
    const Seen& line = seen[left[at]];
    if (line.left == 1 && line.right == 1) pairs.push_back({at, line.at});
  }
  return pairs;
}

// The longest row of them that ascends on both sides.
std::vector<Pair> inOrder(const std::vector<Pair>& pairs) {
  constexpr auto kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> last;  // of the best row of each length: its last pair
  std::vector<std::size_t> before(pairs.size(), kNone);
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    const auto longer = std::lower_bound(last.begin(), last.end(), pairs[at].right,
                                         [&](std::size_t one, std::size_t right) { return pairs[one].right < right; });
    if (longer != last.begin()) before[at] = *std::prev(longer);
    if (longer == last.end()) {
      last.push_back(at);
    } else {
      *longer = at;
    }
  }
  std::vector<Pair> row;
  for (std::size_t at = last.empty() ? kNone : last.back(); at != kNone; at = before[at]) row.push_back(pairs[at]);
  std::reverse(row.begin(), row.end());
  return row;
}

}  // namespace

int linesTouched(const QByteArray& before, const QByteArray& after) {
  const std::vector<std::string_view> all = linesOf(view(before));
  const std::vector<std::string_view> other = linesOf(view(after));
  Lines left(all);
  Lines right(other);
  cutEqualEnds(left, right);
  // Between two lines that are surely the same, what follows the one and what leads to the other is the same too.
  std::size_t same = 0;
  Pair from{0, 0};
  const auto add = [&](Pair to) {
    Lines l = left.subspan(from.left, to.left - from.left);
    Lines r = right.subspan(from.right, to.right - from.right);
    same += cutEqualEnds(l, r);
  };
  for (const Pair& pair : inOrder(onceInBoth(left, right))) {
    add(pair);
    ++same;
    from = {pair.left + 1, pair.right + 1};
  }
  add({left.size(), right.size()});
  return static_cast<int>(std::max(left.size(), right.size()) - same);
}

int linesNotCanonical(const QByteArray& bytes, const catalog::Catalog& catalog) {
  // The file itself: places that a topology got when it was opened are in none.
  const topology::ReadOutcome read = topology::readTopology(view(bytes));
  if (!read.topology) return 0;
  return linesTouched(bytes, QByteArray::fromStdString(topology::formatTopology(*read.topology, catalog)));
}

}  // namespace weir::designer
