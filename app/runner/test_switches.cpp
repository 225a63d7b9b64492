#include "app/runner/test_switches.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>

namespace weir::app {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

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

// Comes back when nobody else holds the gate. A lock goes with its holder, so no test that dies leaves anybody waiting.
void passGate(const std::string& gate) {
  const int file = open(gate.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    std::fprintf(stderr, "weir: WEIR_TEST_SYNC_GATE names %s, which cannot be opened.\n", gate.c_str());
    std::abort();
  }
  while (flock(file, LOCK_SH) != 0 && errno == EINTR) {
  }
  close(file);
}

}  // namespace

TestSwitches readTestSwitches() {
  TestSwitches switches;
  switches.loseUnsynced = !environment("WEIR_TEST_LOSE_UNSYNCED").empty();
  const std::string wrongOrder = environment("WEIR_TEST_WRONG_ORDER");
  switches.journalBeforeData = wrongOrder == "journal";
  switches.wrongCommitOrder = !wrongOrder.empty() && !switches.journalBeforeData;
  if (const std::string gate = environment("WEIR_TEST_SYNC_GATE"); !gate.empty()) {
    switches.waitToSync = [gate] { passGate(gate); };
  }
  switches.small = !environment("WEIR_TEST_SMALL").empty();
  switches.ignoreWriterMarks = !environment("WEIR_TEST_IGNORE_MARKS").empty();
  switches.reached = watchPoints(environment("WEIR_TEST_KILL_AT"), environment("WEIR_TEST_COUNT_POINTS"));
  return switches;
}

}  // namespace weir::app
