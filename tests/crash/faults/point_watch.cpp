#include "tests/crash/faults/point_watch.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace weir::faults {

namespace {

// How often each named point was passed; written down at the end of the run.
class PointCounts {
 public:
  explicit PointCounts(std::string path) : path_(std::move(path)) {}
  ~PointCounts() {
    std::ofstream file(path_);
    for (const auto& [point, count] : counts_) file << point << ' ' << count << '\n';
  }
  PointCounts(const PointCounts&) = delete;
  PointCounts& operator=(const PointCounts&) = delete;

  void add(std::string_view point) {
    const std::lock_guard lock(mutex_);
    ++counts_[std::string(point)];
  }

 private:
  std::string path_;
  std::mutex mutex_;
  std::map<std::string, int> counts_;
};

}  // namespace

std::function<void(std::string_view)> watchPoints(const std::string& killAt, const std::string& countFile) {
  const std::size_t colon = killAt.rfind(':');
  // Shared, because std::function copies what it holds and all copies count together.
  if (colon != std::string::npos) {
    auto left = std::make_shared<std::atomic<int>>(std::atoi(killAt.c_str() + colon + 1));
    return [point = killAt.substr(0, colon), left](std::string_view passed) {
      if (passed == point && left->fetch_sub(1) == 1) std::raise(SIGKILL);
    };
  }
  if (countFile.empty()) return {};
  return [counts = std::make_shared<PointCounts>(countFile)](std::string_view passed) { counts->add(passed); };
}

}  // namespace weir::faults
