#include "runner/test_switches.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <memory>

namespace weir::app {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

TestSwitches readTestSwitches() {
  TestSwitches switches;
  switches.loseUnsynced = !environment("WEIR_TEST_LOSE_UNSYNCED").empty();
  const std::string wrongOrder = environment("WEIR_TEST_WRONG_ORDER");
  switches.journalBeforeData = wrongOrder == "journal";
  switches.wrongCommitOrder = !wrongOrder.empty() && !switches.journalBeforeData;
  switches.small = !environment("WEIR_TEST_SMALL").empty();
  switches.ignoreWriterMarks = !environment("WEIR_TEST_IGNORE_MARKS").empty();
  const std::string killAt = environment("WEIR_TEST_KILL_AT");
  const std::size_t colon = killAt.rfind(':');
  if (colon != std::string::npos) {
    // Shared, because std::function copies what it holds and all copies count together.
    auto left = std::make_shared<std::atomic<int>>(std::atoi(killAt.c_str() + colon + 1));
    switches.reached = [point = killAt.substr(0, colon), left](std::string_view passed) {
      if (passed == point && left->fetch_sub(1) == 1) std::raise(SIGKILL);
    };
  }
  return switches;
}

}  // namespace weir::app
