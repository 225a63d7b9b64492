// Jobs over a log that is like Kafka: gaps in its positions, aborted data, commits that are aborted, fenced, or of
// which nobody is told what became.
#include "core/adapters/memory/memory_broker.hpp"

#include "core/runtime/tests/broker_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

RunToAppend run(const std::string& text) {
  RunToAppend made;
  made.header.rows = 1;
  for (const char c : text) made.body.push_back(static_cast<std::byte>(c));
  return made;
}

// The texts of the topic "t", with their positions.
std::vector<std::pair<std::int64_t, std::string>> texts(Log& log) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  auto reader = log.read({"t", 0}, Position());
  while (reader.ok()) {
    auto next = (*reader)->next();
    if (!next.ok() || !*next) break;
    const std::span<const std::byte> bytes = (*next)->body.bytes;
    found.emplace_back((*next)->begin.value(), std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }
  return found;
}

std::unique_ptr<Log> opened(MemoryBroker& broker, const std::string& runner = "runner") {
  std::unique_ptr<Log> log = broker.open(runner);
  TopicSpec spec;
  spec.name = "t";
  return log->ensureTopic(spec).ok() ? std::move(log) : nullptr;
}

CommitResult append(Log& log, const std::string& text) {
  return log.append({{{"t", 0}, {run(text)}}});
}

}  // namespace

class BrokerLogTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theMarkerOfATransactionTakesAPosition() {
    MemoryBroker broker;
    const auto log = opened(broker);
    QVERIFY(append(*log, "a").ok());
    QVERIFY(append(*log, "b").ok());
    QCOMPARE(texts(*log), (std::vector<std::pair<std::int64_t, std::string>>{{0, "a"}, {2, "b"}}));
    QVERIFY(*log->publishedEnd({"t", 0}) == Position::of(4));
  }

  void whatIsAbortedTakesPositionsAndIsNeverRead() {
    MemoryBroker broker({.seed = 3, .aborted = 50});
    const auto log = opened(broker);
    std::vector<std::string> committed;
    for (int i = 0; i < 100; ++i) {
      const CommitResult result = append(*log, std::to_string(i));
      if (result) committed.push_back(std::to_string(i));
      if (!result) QVERIFY(result.failure() == CommitFailure::Aborted);
    }
    QVERIFY(committed.size() > 20 && committed.size() < 80);
    std::vector<std::string> found;
    for (const auto& [position, text] : texts(*log)) found.push_back(text);
    QCOMPARE(found, committed);
    QVERIFY(log->publishedEnd({"t", 0})->value() > static_cast<std::int64_t>(2 * committed.size()));
    QVERIFY(log->usable().ok());
  }

  void whoOpensTheLogAnewFencesWhoHadIt() {
    MemoryBroker broker;
    const auto before = opened(broker);
    const auto other = opened(broker, "other");
    const auto now = opened(broker);
    const CommitResult refused = append(*before, "zombie");
    QVERIFY(refused.failure() == CommitFailure::Fenced);
    QVERIFY(append(*before, "still").failure() == CommitFailure::Fenced);
    QVERIFY(!before->usable().ok());
    QVERIFY(append(*now, "a").ok());
    QVERIFY(append(*other, "b").ok());
    QCOMPARE(texts(*now), (std::vector<std::pair<std::int64_t, std::string>>{{0, "a"}, {2, "b"}}));
  }

  void afterAnUnknownOutcomeTheLogTellsWhenItIsOpenedAgain() {
    MemoryBroker broker({.seed = 5, .unknown = 100});
    std::set<bool> outcomes;
    for (int i = 0; i < 20; ++i) {
      const auto log = opened(broker);
      const std::size_t before = texts(*log).size();
      QVERIFY(append(*log, "a").failure() == CommitFailure::Unknown);
      QVERIFY(append(*log, "b").failure() == CommitFailure::Unknown);
      QVERIFY(!log->usable().ok());
      const auto again = opened(broker);
      const std::size_t after = texts(*again).size();
      QVERIFY(after <= before + 1);
      outcomes.insert(after > before);
    }
    QCOMPARE(outcomes.size(), std::size_t{2});
  }

  void theResultIsThatOfAPlainRunWhateverTheBrokerDoes_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 50; ++seed) QTest::addRow("seed %u", seed) << seed;
  }
  void theResultIsThatOfAPlainRunWhateverTheBrokerDoes() {
    QFETCH(unsigned, seed);
    const Rows wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{12});
    MemoryBroker broker({.seed = seed, .aborted = 10, .fenced = 1, .unknown = 3});
    Subject subject;
    QVERIFY2(subject.runToTheEnd(broker, seed % 3 == 0), subject.problem.c_str());
    const auto log = broker.open("reader");
    QCOMPARE(sorted(*log, "counts"), wanted);
    QCOMPARE(sorted(*log, "copy"), wanted);
    QVERIFY(subject.plugins.windowsMade > 2);  // the broker has done something
  }

  void anAbortedCommitIsNoFaultOfATask() {
    int madeAgain = 0;
    for (unsigned seed = 1; seed <= 10; ++seed) {
      MemoryBroker broker({.seed = seed, .aborted = 20});
      Subject subject;
      subject.options.restarts = {0, kMillisecond, kMillisecond};  // a fault would end it
      const auto log = broker.open("runner");
      Result<RunSummary> done = subject.run(*log);
      // The first commit of a start, before there are tasks, may be aborted, too.
      while (!done && subject.plugins.windowsMade == 0) done = subject.run(*log);
      QVERIFY2(done.ok(), done.ok() ? "" : done.error().message.c_str());
      QCOMPARE(done->eventsIn, std::int64_t{120});  // rows that were read again count once
      QCOMPARE(sorted(*log, "copy"), undisturbed());
      madeAgain += subject.plugins.windowsMade - 2;
    }
    QVERIFY(madeAgain > 10);
  }

  void aRunnerThatIsFencedEndsWithASentence() {
    MemoryBroker broker({.seed = 2, .fenced = 20});
    Subject subject;
    const auto log = broker.open("runner");
    Result<RunSummary> done = subject.run(*log);
    QVERIFY(!done.ok());
    QVERIFY2(done.error().message.find("Another runner has opened the log as 'runner'") != std::string::npos,
             done.error().message.c_str());
    QCOMPARE(done.error().kind, ErrorKind::Config);
  }
};

WEIR_TEST(BrokerLogTest)
#include "broker_log_test.moc"
