// What goes into the log together, and in which order, of what tasks hand over at once.
#include "core/runtime/engine/committer.hpp"

#include <atomic>
#include <thread>

#include "core/adapters/memory/memory_log.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// What a record of the log held, in words.
std::string inWords(const Commit& commit) {
  std::string words = commit.generation ? std::to_string(*commit.generation) + ":" : "";
  for (const PartitionAppend& append : commit.outputs) words += " " + append.partition.topic;
  for (const PartitionAppend& append : commit.changelogs) words += " " + append.partition.topic;
  for (const Consumed& consumed : commit.consumed) words += " read-by-" + consumed.reader;
  return words;
}

// Takes commits down, and may refuse one of them.
class Told final : public Log {
 public:
  CommitResult commit(const Commit& commit) override {
    records.push_back(inWords(commit));
    if (records.size() != refuses) return {};
    return {CommitFailure::Aborted, retryableError("It is refused.")};
  }
  Result<void> ensureTopic(const TopicSpec& spec) override { return log_.ensureTopic(spec); }
  Result<std::vector<TopicSpec>> topics() const override { return log_.topics(); }
  Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, Position from) override {
    return log_.read(partition, from);
  }
  Result<Position> publishedEnd(const PartitionId& partition) const override { return log_.publishedEnd(partition); }
  Result<Lag> lag(const PartitionId& partition, Position from) const override { return log_.lag(partition, from); }
  Result<void> trim(const PartitionId& partition, Position position) override { return log_.trim(partition, position); }
  Result<void> release(const std::string& reader) override { return log_.release(reader); }
  Result<void> dropTopic(const std::string& topic) override { return log_.dropTopic(topic); }
  Result<std::vector<TopicFigures>> figures() const override { return log_.figures(); }
  void onPublished(std::function<void(const std::vector<PartitionAppend>&)>) override {}
  Result<Instant> expire() override { return ++looks < kLooks ? Instant() : Instant::never(); }

  static constexpr int kLooks = 3;
  std::atomic<int> looks{0};  // for what is too old; there is more at once, for some times
  std::vector<std::string> records;
  std::size_t refuses = 0;  // the record of this number

 private:
  MemoryLog log_;
};

CommitRequest requestOf(const std::string& name, topology::Guarantee guarantee,
                        std::optional<std::int64_t> generation = {}) {
  CommitRequest request;
  request.guarantee = guarantee;
  request.generation = generation;
  request.outputs.push_back({{"out-" + name, 0}, {}});
  request.changelogs.push_back({{"state-" + name, 0}, {}});
  request.consumed.push_back({name, {"in", 0}, Position::of(1)});
  return request;
}

using Records = std::vector<std::string>;
constexpr topology::Guarantee kOnce = topology::Guarantee::ExactlyOnce;
constexpr topology::Guarantee kAtLeast = topology::Guarantee::AtLeastOnce;

}  // namespace

class CommitterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsExactlyOnceIsOneRecord() {
    Told log;
    std::vector<CommitRequest> group{requestOf("a", kOnce), requestOf("b", kOnce)};
    QVERIFY(Committer::commitGroup(log, group, {}));
    QCOMPARE(log.records, (Records{" out-a out-b state-a state-b read-by-a read-by-b"}));
  }

  void outputsOfAtLeastOnceStandBeforeTheStateThatMadeThem() {
    Told log;
    std::vector<CommitRequest> group{requestOf("a", kAtLeast), requestOf("b", kOnce)};
    QVERIFY(Committer::commitGroup(log, group, {}));
    QCOMPARE(log.records, (Records{" out-a", " out-b state-a state-b read-by-a read-by-b"}));
  }

  void stateIsNotKeptWithoutTheOutputsThatItMade() {
    Told log;
    log.refuses = 1;
    std::vector<CommitRequest> group{requestOf("a", kAtLeast)};
    QVERIFY(!Committer::commitGroup(log, group, {}));
    QCOMPARE(log.records, (Records{" out-a"}));
  }

  // What was handed over in an assignment that is over must not go through with what came later.
  void whatIsCommittedTogetherIsOfTheOldestAssignment() {
    for (const bool oldestFirst : {true, false}) {
      Told log;
      std::vector<CommitRequest> group{requestOf("a", kAtLeast, oldestFirst ? 6 : 7),
                                       requestOf("b", kOnce, oldestFirst ? 7 : 6)};
      QVERIFY(Committer::commitGroup(log, group, {}));
      QCOMPARE(log.records, (Records{"6: out-a", "6: out-b state-a state-b read-by-a read-by-b"}));
    }
  }

  void whatBecomesTooOldIsLookedForWhenTheLogSaysSo() {
    Told log;
    const ManualClock clock;
    CommitterOptions options;
    options.clock = &clock;
    Committer committer(log, options);
    while (log.looks < Told::kLooks) std::this_thread::yield();
    committer.stop();
    QCOMPARE(log.looks.load(), Told::kLooks);
  }

  void nothingIsNoRecord() {
    Told log;
    std::vector<CommitRequest> group(2);
    QVERIFY(Committer::commitGroup(log, group, {}));
    QCOMPARE(log.records, Records{});
  }
};

WEIR_TEST(CommitterTest)
#include "committer_test.moc"
