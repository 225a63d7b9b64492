// Entries of several runs of a changelog, put together into what one write has to do.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/ports/state_store.hpp"

namespace weir::runtime {

// [task] Entries are taken from its beginning in pieces, whatever runs they came in: one commit may hold very many.
class DeltaBatch {
 public:
  // Adds a run, which follows the one before. Keeps the body: entries point into it.
  Result<void> add(const Run& run);
  // How many entries wait to be taken.
  std::size_t size() const { return deltas_.size() - taken_; }
  void clear();

  // Takes up to `count` entries, of those for which `wanted` answers true what is left when later ones have replaced or
  // ended earlier ones: for each store how far its segments have ended, then its entries in the order of segment and
  // key, each key once. Valid until the next call.
  const std::vector<StateDelta>& take(std::size_t count, const std::function<bool(const StateDelta&)>& wanted);
  // Runs before it have been taken to their last entry. After a `take`.
  Position takenUpTo() const;

 private:
  struct Body {
    Run run;
    std::size_t end = 0;  // of its entries in deltas_
  };
  void letGoOfTaken();

  std::vector<Body> bodies_;
  std::vector<StateDelta> deltas_;
  std::size_t taken_ = 0;
  std::vector<StateDelta> merged_;
};

}  // namespace weir::runtime
