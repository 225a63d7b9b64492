// One bound for the overlays of all stores of a runner.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace weir::runtime {

// [any] Each store tells what it uses, and learns what it may use: whatever is free, and at least its fair share.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::int64_t bytes) : total_(bytes) {}

  class Share {
   public:
    explicit Share(MemoryBudget& budget) : budget_(budget) { budget_.shares_ += 1; }
    ~Share() {
      budget_.used_ -= used_;
      budget_.shares_ -= 1;
    }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    std::int64_t update(std::int64_t used) {
      const std::int64_t all = budget_.used_.fetch_add(used - used_) + used - used_;
      used_ = used;
      const std::int64_t fairShare = budget_.total_ / std::max<std::int64_t>(budget_.shares_, 1);
      return std::max(fairShare, used + budget_.total_ - all);
    }

    std::int64_t used() const { return used_; }

   private:
    MemoryBudget& budget_;
    std::int64_t used_ = 0;
  };

  std::int64_t total() const { return total_; }
  std::int64_t used() const { return used_; }

 private:
  std::int64_t total_;
  std::atomic<std::int64_t> used_{0};
  std::atomic<std::int64_t> shares_{0};
};

}  // namespace weir::runtime
