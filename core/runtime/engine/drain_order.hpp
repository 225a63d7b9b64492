// The order in which parts end when a plan is given up for a new one.
//
// Rows that wait in a repartition or a topic have the columns of the old plan, and the new one may not be able to read
// them, or would read less of them. So a part ends when those that write for it have ended, and what they wrote has
// been read: how far its reader had come does not show in the results.
#pragma once

#include <cstddef>
#include <vector>

#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

class DrainOrder {
 public:
  explicit DrainOrder(const topology::Plan& plan);

  // Parts that may end now; each is told once. `running`: which of them have a task that has not ended, of those that
  // this runner runs.
  std::vector<std::size_t> takeReady(const std::vector<bool>& running);

 private:
  struct Entry {
    std::vector<std::size_t> writers;  // parts that write what it reads
    bool told = false;
  };
  std::vector<Entry> subTopologies_;
};

}  // namespace weir::runtime
