#include "tests/crash/faults/faults.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/crash/faults/point_watch.hpp"

namespace weir::faults {

namespace {

constexpr std::int64_t kSmallSegment = 64 << 10;
constexpr std::int64_t kSmallUnapplied = 128 << 10;
constexpr std::int64_t kSmallCommit = 256 << 10;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
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

Faults readFaults() {
  Faults faults;
  faults.loseUnsynced = !environment("WEIR_TEST_LOSE_UNSYNCED").empty();
  const std::string wrongOrder = environment("WEIR_TEST_WRONG_ORDER");
  faults.stateFirst = wrongOrder == "state";
  faults.journalFirst = wrongOrder == "journal";
  if (const std::string gate = environment("WEIR_TEST_SYNC_GATE"); !gate.empty()) {
    faults.waitToSync = [gate] { passGate(gate); };
  }
  faults.small = !environment("WEIR_TEST_SMALL").empty();
  faults.unmarked = !environment("WEIR_TEST_IGNORE_MARKS").empty();
  if (const std::string mebibytes = environment("WEIR_TEST_REPARTITION_MEMORY"); !mebibytes.empty()) {
    faults.repartitionBound = std::atoll(mebibytes.c_str()) << 20;
  }
  faults.reached = watchPoints(environment("WEIR_TEST_KILL_AT"), environment("WEIR_TEST_COUNT_POINTS"));
  return faults;
}

void change(app::RunOptions& options, const Faults& faults) {
  options.engine.committer.reached = faults.reached;
  if (faults.small) {
    options.engine.segmentBytes = kSmallSegment;
    options.engine.unappliedBytes = kSmallUnapplied;
  }
  if (faults.waitToSync) options.engine.task.commitBytes = kSmallCommit;
  if (faults.repartitionBound) options.engine.task.repartitionBound = *faults.repartitionBound;
}

}  // namespace weir::faults
