#include "runtime/task/delta_batch.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "runtime/codec/changelog_codec.hpp"

namespace weir::runtime {

namespace {

auto placeOf(const StateDelta& delta) {
  return std::tie(delta.store, delta.segment, delta.key);
}

}  // namespace

Result<void> DeltaBatch::add(const SharedBytes& body, const std::function<bool(const StateDelta&)>& wanted) {
  bodies_.push_back(body);
  bytes_ += static_cast<std::int64_t>(body.bytes.size());
  return decodeChangelog(body.bytes, [&](const StateDelta& delta) {
    if (wanted(delta)) deltas_.push_back(delta);
  });
}

void DeltaBatch::clear() {
  bodies_.clear();
  deltas_.clear();
  merged_.clear();
  bytes_ = 0;
}

const std::vector<StateDelta>& DeltaBatch::merged() {
  // From the end: what is below the end of segments that comes later is moot.
  std::vector<StateDelta> ends;  // one a store; a node has few
  merged_.clear();
  for (auto delta = deltas_.rbegin(); delta != deltas_.rend(); ++delta) {
    const auto end =
        std::find_if(ends.begin(), ends.end(), [&](const StateDelta& other) { return other.store == delta->store; });
    if (delta->kind != StateDelta::Kind::DropBelow) {
      if (end == ends.end() || delta->segment >= end->segment) merged_.push_back(*delta);
    } else if (end == ends.end()) {
      ends.push_back(*delta);
    } else {
      end->segment = std::max(end->segment, delta->segment);
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
