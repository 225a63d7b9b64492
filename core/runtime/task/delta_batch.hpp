// Entries of several runs of a changelog, put together into what one write has to do.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "runtime/ports/log.hpp"
#include "runtime/ports/state_store.hpp"

namespace weir::runtime {

// [task]
class DeltaBatch {
 public:
  // Takes the entries for which `wanted` answers true. Keeps the body: entries point into it.
  Result<void> add(const SharedBytes& body, const std::function<bool(const StateDelta&)>& wanted);
  // What has been added, in bytes of changelog.
  std::int64_t bytes() const { return bytes_; }
  void clear();

  // What is left when later entries have replaced or ended earlier ones: for each store how far its segments have
  // ended, then its entries in the order of segment and key, each key once. Valid until the batch changes.
  const std::vector<StateDelta>& merged();

 private:
  std::vector<SharedBytes> bodies_;
  std::vector<StateDelta> deltas_;  // as added
  std::vector<StateDelta> merged_;
  std::int64_t bytes_ = 0;
};

}  // namespace weir::runtime
