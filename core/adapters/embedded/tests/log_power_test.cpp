// The power goes at every single operation of a run of commits: afterwards the log is as it was before a commit or
// after it, in all partitions, and never a mix.

#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "tests/crash/faults/faulty_files.hpp"
#include "tests/crash/faults/late_segment_files.hpp"
#include "tests/crash/faults/unsynced_loss_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

namespace {

constexpr int kCommits = 12;
const std::vector<PartitionId> kPartitions = {{"orders", 0}, {"orders", 1}, {"changelog.count", 0}};

// Nobody writes to it after the first commit, so that a segment without rows follows its only one, and takes its place.
const PartitionId kIdle = {"idle", 0};

EmbeddedLogOptions optionsOf(const Clock* clock = nullptr) {
  EmbeddedLogOptions options;
  options.clock = clock;
  options.folder = "/home/log";
  options.journalLimit = 900;  // so that it is compacted several times
  return options;
}

Result<std::unique_ptr<EmbeddedLog>> openLog(runtime::Files& files, const Clock* clock = nullptr) {
  auto log = EmbeddedLog::open(files, optionsOf(clock));
  if (!log) return log.error();
  TopicSpec idle = topic(kIdle.topic);
  idle.retentionTime = 80 * kSecond;
  WEIR_TRY((*log)->ensureTopic(idle));
  for (const auto& [name, partitions] : {std::pair("orders", 2), std::pair("changelog.count", 1)}) {
    TopicSpec spec = topic(name, partitions);
    spec.segmentBytes = 600;
    WEIR_TRY((*log)->ensureTopic(spec));
  }
  return log;
}

Result<void> commitNumber(EmbeddedLog& log, int number) {
  std::vector<PartitionAppend> appends;
  for (const PartitionId& partition : kPartitions) {
    const std::string text = std::to_string(number) + std::string(static_cast<std::size_t>(60 + number), '.');
    appends.push_back(to(partition, {run(text, 1), run("mark", 0)}));
  }
  if (number == 0) appends.push_back(to(kIdle, {run("rows that nothing follows", 3)}));
  if (number % 5 == 4) WEIR_TRY(log.trim(kPartitions[0], Position::of(number - 2)));
  WEIR_TRY(log.append(std::move(appends)));
  return {};
}

// How many commits a log holds; an error when partitions disagree or anything is wrong.
Result<int> commitsIn(EmbeddedLog& log) {
  std::optional<std::int64_t> end;
  for (const PartitionId& partition : kPartitions) {
    WEIR_TRY_ASSIGN(publishedEnd, log.publishedEnd(partition));
    const std::int64_t published = publishedEnd.value();
    if (end && *end != published) return fatalError("Partitions hold different commits: a mix.");
    end = published;
    auto reader = log.read(partition, Position());
    if (!reader) return reader.error();
    std::int64_t next = -1;
    while (true) {
      auto found = (*reader)->next();
      if (!found) return found.error();
      if (!*found) break;
      if ((*found)->header.rows == 0) continue;
      const std::int64_t offset = (*found)->begin.value();
      if (next >= 0 && offset != next) return fatalError("A commit is missing in the middle.");
      if (!textOf(**found).starts_with(std::to_string(offset) + ".")) return fatalError("Wrong contents.");
      next = offset + 1;
    }
    if (next != published && published != 0) return fatalError("The last commit cannot be read.");
  }
  auto idle = log.read(kIdle, Position());
  if (!idle) return idle.error();
  auto rows = (*idle)->next();
  if (!rows) return rows.error();
  if (*rows && (*rows)->header.rows != 3) return fatalError("The idle topic has a part of its rows.");
  if (!*rows && *end != 0 && *end < 6) return fatalError("The idle topic has lost its rows too early.");
  return static_cast<int>(*end);
}

struct Outcome {
  std::int64_t operations = 0;
  std::optional<Error> violation;
};

// Runs until the power goes at `operation`, loses it, and looks at what is left.
Outcome runUntil(std::int64_t operation, std::uint64_t tornSeed, bool journalBeforeData) {
  runtime::MemoryFiles disk;
  faults::UnsyncedLossFiles cache(disk);
  faults::FaultyFiles files(cache);
  faults::LateSegmentFiles late(files);
  static_cast<void>(disk.makeFolders("/home"));
  files.powerOffAt(operation);
  int acknowledged = 0;
  bool started = false;
  {
    ManualClock clock{1'000'000 * kSecond};
    auto log = openLog(journalBeforeData ? static_cast<runtime::Files&>(late) : files, &clock);
    while (log && acknowledged < kCommits) {
      started = true;
      if (!commitNumber(**log, acknowledged)) break;
      ++acknowledged;
      // The last segment is put an end to at the fourth, and its rows go with the sixth.
      clock.advance(acknowledged == 4 || acknowledged == 6 ? 85 * kSecond : 0);
      if ((acknowledged == 4 || acknowledged == 6) && !(*log)->expire()) break;
    }
  }
  Outcome outcome;
  outcome.operations = files.operations();
  if (Result<void> lost = cache.losePower(tornSeed); !lost) {
    outcome.violation = lost.error();
    return outcome;
  }
  auto log = openLog(cache);
  if (!log) {
    outcome.violation = log.error();
    return outcome;
  }
  auto found = commitsIn(**log);
  if (!found) {
    outcome.violation = found.error();
  } else if (*found != acknowledged && !(started && *found == acknowledged + 1)) {
    outcome.violation =
        fatalError("Acknowledged " + std::to_string(acknowledged) + ", found " + std::to_string(*found) + ".");
  } else if (Result<void> next = commitNumber(**log, *found); !next) {
    outcome.violation = next.error();
  } else if (auto after = commitsIn(**log); !after || *after != *found + 1) {
    outcome.violation = after ? fatalError("The next commit is not there.") : after.error();
  }
  return outcome;
}

}  // namespace

class LogPowerTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void powerLossAtAnyOperationLeavesWholeCommits();
  void aFileThatIsClosedToMakeRoomIsSyncedBefore();
  void theWrongOrderOfSyncsIsNoticed();
};

void LogPowerTest::powerLossAtAnyOperationLeavesWholeCommits() {
  const std::int64_t all = runUntil(INT64_MAX, 0, false).operations;
  QVERIFY(all > 200);
  for (std::int64_t operation = 1; operation <= all + 1; ++operation) {
    for (const std::uint64_t seed : {0, 1, 2, 3}) {
      const std::uint64_t torn = seed == 0 ? 0 : seed * 100000 + static_cast<std::uint64_t>(operation);
      const Outcome outcome = runUntil(operation, torn, false);
      const std::string where = "operation " + std::to_string(operation) + ", seed " + std::to_string(torn) + ": ";
      QVERIFY2(!outcome.violation, (where + (outcome.violation ? outcome.violation->message : "")).c_str());
    }
  }
}

void LogPowerTest::aFileThatIsClosedToMakeRoomIsSyncedBefore() {
  constexpr std::int32_t kMany = 200;  // partitions in one commit: far more than files may be open
  runtime::MemoryFiles disk;
  faults::UnsyncedLossFiles cache(disk);
  WEIR_VERIFY(disk.makeFolders("/home"));
  {
    auto log = EmbeddedLog::open(cache, optionsOf());
    QVERIFY2(log.ok(), why(log));
    WEIR_VERIFY((*log)->ensureTopic(topic("many", kMany)));
    for (const char* const text : {"first", "second"}) {
      std::vector<PartitionAppend> appends;
      for (std::int32_t p = 0; p < kMany; ++p) appends.push_back(to({"many", p}, {run(text)}));
      WEIR_VERIFY((*log)->append(std::move(appends)));
    }
  }
  WEIR_VERIFY(cache.losePower());
  auto log = EmbeddedLog::open(cache, optionsOf());
  QVERIFY2(log.ok(), why(log));
  for (std::int32_t p = 0; p < kMany; ++p) {
    QCOMPARE(contents(**log, {"many", p}), (std::vector<std::string>{"0:first", "1:second"}));
  }
}

void LogPowerTest::theWrongOrderOfSyncsIsNoticed() {
  const std::int64_t all = runUntil(INT64_MAX, 0, true).operations;
  int violations = 0;
  for (std::int64_t operation = 1; operation <= all; ++operation) {
    violations += runUntil(operation, 0, true).violation ? 1 : 0;
  }
  QVERIFY(violations > 0);
}

WEIR_TEST(LogPowerTest)
#include "log_power_test.moc"
