#include "core/runtime/state/delta_batch.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/runtime/codec/changelog_codec.hpp"

namespace weir::runtime {

namespace {

auto placeOf(const StateDelta& delta) {
  return std::tie(delta.store, delta.segment, delta.key);
}

}  // namespace

Result<void> DeltaBatch::add(const Run& run) {
  letGoOfTaken();
  Result<void> decoded = decodeChangelog(run.body.bytes, [this](const StateDelta& delta) { deltas_.push_back(delta); });
  bodies_.push_back({run, deltas_.size()});
  return decoded;
}

Position DeltaBatch::takenUpTo() const {
  Position upTo;
  for (const Body& body : bodies_) {
    if (body.end > taken_) return std::max(upTo, body.run.begin);
    upTo = body.run.end;
  }
  return upTo;
}

void DeltaBatch::letGoOfTaken() {
  merged_.clear();
  deltas_.erase(deltas_.begin(), deltas_.begin() + static_cast<std::ptrdiff_t>(taken_));
  std::erase_if(bodies_, [this](const Body& body) { return body.end <= taken_; });
  for (Body& body : bodies_) body.end -= taken_;
  taken_ = 0;
}

void DeltaBatch::clear() {
  bodies_.clear();
  deltas_.clear();
  merged_.clear();
  taken_ = 0;
}

const std::vector<StateDelta>& DeltaBatch::take(std::size_t count,
                                                const std::function<bool(const StateDelta&)>& wanted) {
  const std::size_t first = taken_;
  taken_ += std::min(count, size());
  // From the end: what is below the end of segments that comes later is moot.
  std::vector<StateDelta> ends;  // one a store; a node has few
  merged_.clear();
  for (std::size_t i = taken_; i-- > first;) {
    const StateDelta& delta = deltas_[i];
    if (!wanted(delta)) continue;
    const auto end =
        std::find_if(ends.begin(), ends.end(), [&](const StateDelta& other) { return other.store == delta.store; });
    if (delta.kind != StateDelta::Kind::DropBelow) {
      if (end == ends.end() || delta.segment >= end->segment) merged_.push_back(delta);
    } else if (end == ends.end()) {
      ends.push_back(delta);
    } else {
      end->segment = std::max(end->segment, delta.segment);
    }
  }
  // The latest of each key stands first among its equals.
  std::stable_sort(merged_.begin(), merged_.end(),
                   [](const StateDelta& left, const StateDelta& right) { return placeOf(left) < placeOf(right); });
  merged_.erase(
      std::unique(merged_.begin(), merged_.end(),
                  [](const StateDelta& left, const StateDelta& right) { return placeOf(left) == placeOf(right); }),
      merged_.end());
  merged_.insert(merged_.begin(), ends.begin(), ends.end());
  return merged_;
}

}  // namespace weir::runtime
