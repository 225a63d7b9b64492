#include "core/drawing/routing/internal/channels.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/drawing/look/measures.hpp"

namespace weir::drawing::routing {

namespace {

constexpr double kNear = 40;  // across: pieces further apart than this do not meet
constexpr double kApart = 8;  // along: and neither do those with so much between them

// The pieces of one port: they stand on one line.
struct Net {
  std::size_t first;  // of its pieces, when sorted
  std::size_t count;
  double begin;
  double end;
  double low;
  double high;
  double entry;
  double exit;
  std::size_t track = 0;

  bool passes(const Net& other) const { return begin < other.end + kApart && other.begin < end + kApart; }
};

std::vector<Net> netsOf(std::vector<Piece>& group) {
  std::sort(group.begin(), group.end(), [](const Piece& one, const Piece& two) {
    if (one.source != two.source) return one.source < two.source;
    return one.wire != two.wire ? one.wire < two.wire : one.index < two.index;
  });
  std::vector<Net> nets;
  for (std::size_t index = 0; index < group.size(); ++index) {
    const Piece& piece = group[index];
    if (nets.empty() || group[nets.back().first].source != piece.source) {
      nets.push_back({index, 0, piece.begin(), piece.end(), piece.low, piece.high, 0, 0});
    }
    Net& net = nets.back();
    ++net.count;
    net.begin = std::min(net.begin, piece.begin());
    net.end = std::max(net.end, piece.end());
    net.low = std::max(net.low, piece.low);
    net.high = std::min(net.high, piece.high);
    net.entry += piece.entry;
    net.exit += piece.exit;
  }
  for (Net& net : nets) {
    net.entry /= static_cast<double>(net.count);
    net.exit /= static_cast<double>(net.count);
  }
  return nets;
}

// From left to right so that the level pieces before and after cross few of these: what comes in lowest and goes down
// turns first, and what comes in highest and goes up.
bool before(const Net& one, const Net& two) {
  const bool downOne = one.exit > one.entry;
  const bool downTwo = two.exit > two.entry;
  if (downOne != downTwo) return !downOne;
  return downOne ? one.entry > two.entry : one.entry < two.entry;
}

}  // namespace

bool meet(const Piece& one, const Piece& two) {
  return std::abs(one.at - two.at) < kNear && one.begin() < two.end() + kApart && two.begin() < one.end() + kApart;
}

namespace {

void spreadFree(std::vector<Piece>& group) {
  std::vector<Net> nets = netsOf(group);
  if (nets.size() < 2) {
    // One port: one line, where the most room is.
    for (Piece& piece : group) {
      if (nets[0].low <= nets[0].high) piece.at = std::clamp(group[0].at, nets[0].low, nets[0].high);
    }
    return;
  }
  std::stable_sort(nets.begin(), nets.end(), before);
  std::size_t tracks = 0;
  double low = std::numeric_limits<double>::lowest();
  double high = std::numeric_limits<double>::max();
  double middle = 0;
  for (std::size_t index = 0; index < nets.size(); ++index) {
    Net& net = nets[index];
    for (std::size_t left = 0; left < index; ++left) {
      if (net.passes(nets[left])) net.track = std::max(net.track, nets[left].track + 1);
    }
    tracks = std::max(tracks, net.track + 1);
    low = std::max(low, net.low);
    high = std::min(high, net.high);
    middle += group[net.first].at;
  }
  middle /= static_cast<double>(nets.size());
  const auto gaps = static_cast<double>(std::max<std::size_t>(tracks, 2) - 1);
  // As far apart as they should be, closer where there is no room; never on one line.
  constexpr double kLeast = 3;
  const double step = low < high ? std::clamp((high - low) / gaps, kLeast, kChannel) : kLeast;
  double first = middle - step * gaps / 2;
  if (low < high) first = std::clamp(first, low, std::max(low, high - step * gaps));
  for (const Net& net : nets) {
    double at = first + step * static_cast<double>(net.track);
    if (net.low <= net.high) at = std::clamp(at, net.low, net.high);
    for (std::size_t index = net.first; index < net.first + net.count; ++index)
      group[index].at = std::round(at * 2) / 2;
  }
}

// Moves all that is free together, the least way on which none of it lies on what is fixed.
void keepClear(std::vector<Piece>& group, const std::vector<Piece>& fixed) {
  const auto fits = [&](double by) {
    return std::all_of(group.begin(), group.end(), [&](Piece piece) {
      piece.at += by;
      if (by != 0 && (piece.at < piece.low || piece.at > piece.high)) return false;
      return std::none_of(fixed.begin(), fixed.end(), [&](const Piece& other) {
        return other.source != piece.source && std::abs(other.at - piece.at) < kChannel / 2 && meet(other, piece);
      });
    });
  };
  constexpr int kMostSteps = 12;
  for (int step = 0; step <= kMostSteps; ++step) {
    for (const double by : {step * kChannel / 2, -step * kChannel / 2}) {
      if (!fits(by)) continue;
      for (Piece& piece : group) piece.at += by;
      return;
    }
  }
}

}  // namespace

void spread(std::vector<Piece>& group) {
  std::vector<Piece> fixed;
  std::copy_if(group.begin(), group.end(), std::back_inserter(fixed), [](const Piece& piece) { return piece.fixed; });
  std::erase_if(group, [](const Piece& piece) { return piece.fixed; });
  if (group.empty()) return;
  spreadFree(group);
  if (!fixed.empty()) keepClear(group, fixed);
}

}  // namespace weir::drawing::routing
