// What every Log keeps: the same tests on the one in memory and on the embedded one.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

#include "adapters/embedded/files/posix_files.hpp"
#include "adapters/embedded/tests/log_words.hpp"
#include "runtime/memory/memory_files.hpp"
#include "runtime/memory/memory_log.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

namespace {

const PartitionId kFirst = {"orders", 0};
const PartitionId kOther = {"orders", 1};
const PartitionId kEvery = {"orders", runtime::kEveryPartition};
using Texts = std::vector<std::string>;

// The log of the test's data row, with the topic `orders` of two partitions and small segments.
class Subject {
 public:
  explicit Subject(const QString& kind) {
    if (kind == "memory") {
      log_ = std::make_unique<runtime::MemoryLog>(clock);
      return;
    }
    if (kind == "embedded, disk") files_ = std::make_unique<PosixFiles>();
    if (kind == "embedded, memory") files_ = std::make_unique<runtime::MemoryFiles>();
    reopen();
  }
  // As after a restart; a log in memory is what it was.
  void reopen() {
    if (!files_) return;
    log_.reset();
    EmbeddedLogOptions options;
    options.folder = folder_.path().toStdString() + "/log";
    options.clock = &clock;
    log_ = std::move(*EmbeddedLog::open(*files_, options));
  }
  Log* operator->() { return log_.get(); }
  Log& operator*() { return *log_; }

  ManualClock clock{1'000'000 * kSecond};

 private:
  QTemporaryDir folder_;
  std::unique_ptr<runtime::Files> files_;
  std::unique_ptr<Log> log_;
};

TopicSpec orders() {
  TopicSpec spec = topic("orders", 2);
  spec.segmentBytes = 400;
  return spec;
}

TopicSpec keptFor(Duration time) {
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionTime = time;
  return spec;
}

// Looks for what is too old; answers whether there will be more of it.
bool expired(Log& log) {
  const Result<Instant> next = log.expire();
  [&] { QVERIFY2(next.ok(), next.ok() ? "" : next.error().message.c_str()); }();
  return next.ok() && *next != Instant::never();
}

runtime::TopicFigures figuresOf(const Log& log, const std::string& topic) {
  const auto all = log.figures();
  for (const runtime::TopicFigures& figures : *all) {
    if (figures.topic == topic) return figures;
  }
  return {};
}

}  // namespace

class LogContractTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase_data();
  void runsComeBackAsTheyWereWritten();
  void offsetsCountRows();
  void aReaderGoesOnAfterTheNextCommit();
  void aReaderStartsWithTheRunThatHoldsItsOffset();
  void runsWithoutRowsStandBeforeTheNextRow();
  void bytesAfterTheEndAreNone();
  void whatIsBeyondTheEndCannotBeRead();
  void aTopicKeepsItsNumberOfPartitions();
  void aTopicThatMayGrowGetsMorePartitionsAndNeverFewer();
  void topicsAreListedWithWhatTheyWereMadeOf();
  void unknownPartitionsAreRefused();
  void trimmingKeepsWhatIsAtTheOffset();
  void trimmingKeepsRunsWithoutRowsAtTheOffset();
  void aReaderBehindATrimGoesOnAtTheStart();
  void retentionByBytesLetsOldRunsGo();
  void retentionByTimeLetsOldRunsGo();
  void retentionByTimeNeedsNoNewRows();
  void whatWasTooOldWhileNothingRanGoesAtTheStart();
  void aShorterRetentionTakesNothingThatIsYounger();
  void aReaderThatHasReadAllHoldsNoOldRows();
  void wordsAboutTimeOutliveTheRowsBeforeThem();
  void retentionKeepsWhatAReaderHolds_data();
  void retentionKeepsWhatAReaderHolds();
  void whatIsHeldOutlivesARestart();
  void aReleasedReaderHoldsNothing();
  void runsForEveryPartitionStandInEachOne();
  void runsForEveryPartitionStandBeforeLaterRows();
  void runsForEveryPartitionOutliveARestart();
  void ofTheRunsForEveryPartitionTheLastOfEachWriterStays();
  void runsForEveryPartitionHaveNoRows();
  void aDroppedTopicIsGone();
  void figuresSayWhatIsKeptAndWhatWent();
  void listenersHearOfEveryCommit();
  void readersRunBesideCommitsAndTrims();
};

void LogContractTest::initTestCase_data() {
  QTest::addColumn<QString>("kind");
  for (const char* kind : {"memory", "embedded, memory", "embedded, disk"}) QTest::newRow(kind) << QString(kind);
}

#define SUBJECT()               \
  QFETCH_GLOBAL(QString, kind); \
  Subject log(kind);            \
  WEIR_VERIFY(log->ensureTopic(orders()))

void LogContractTest::runsComeBackAsTheyWereWritten() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kFirst, {run("one", 2), run("")}), to(kOther, {run("other")})}));
  auto reader = std::move(*log->read(kFirst, 0));
  const Run first = **reader->next();
  QCOMPARE(textOf(first), std::string("one"));
  QCOMPARE(first.header.rows, 2);
  QVERIFY(first.header.mark == (runtime::WriterMark{3, 4, 5, 6, 7, runtime::WriterState::Idle}));
  QCOMPARE(reinterpret_cast<std::uintptr_t>(first.body.bytes.data()) % 8, std::uintptr_t{0});
  QCOMPARE(textOf(**reader->next()), std::string());
  QVERIFY(!reader->next()->has_value());
  QCOMPARE(contents(*log, kOther), Texts{"0:other"});
}

void LogContractTest::offsetsCountRows() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kFirst, {run("a", 3), run("b", 2)})}));
  WEIR_VERIFY(log->commit({to(kFirst, {run("c", 1)})}));
  QCOMPARE(contents(*log, kFirst), (Texts{"0:a", "3:b", "5:c"}));
  QCOMPARE(*log->publishedEnd(kFirst), std::int64_t{6});
  QCOMPARE(*log->publishedEnd(kOther), std::int64_t{0});
}

void LogContractTest::aReaderGoesOnAfterTheNextCommit() {
  SUBJECT();
  auto reader = std::move(*log->read(kFirst, 0));
  QVERIFY(!reader->next()->has_value());
  for (int i = 0; i < 30; ++i) {
    const std::string text = "run " + std::to_string(i) + std::string(40, '.');
    WEIR_VERIFY(log->commit({to(kFirst, {run(text, 2)})}));
    QCOMPARE(textOf(**reader->next()), text);
    QCOMPARE(reader->offset(), std::int64_t{2 * i + 2});
    QVERIFY(!reader->next()->has_value());
  }
}

void LogContractTest::aReaderStartsWithTheRunThatHoldsItsOffset() {
  SUBJECT();
  Texts all;
  for (int i = 0; i < 40; ++i) {
    all.push_back(std::to_string(3 * i) + ":" + std::to_string(i));
    WEIR_VERIFY(log->commit({to(kFirst, {run(std::to_string(i), 3)})}));
  }
  for (std::int64_t offset = 0; offset <= 120; ++offset) {
    const Texts expected(all.begin() + offset / 3, all.end());
    QCOMPARE(contents(*log, kFirst, offset), expected);
  }
}

void LogContractTest::runsWithoutRowsStandBeforeTheNextRow() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kFirst, {run("a", 2), run("mark 1", 0)})}));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->commit({to(kFirst, {run("mark", 0)})}));
  WEIR_VERIFY(log->commit({to(kFirst, {run("b", 1), run("mark 2", 0)})}));
  QCOMPARE(contents(*log, kFirst, 1).size(), std::size_t{24});
  QCOMPARE(contents(*log, kFirst, 2).size(), std::size_t{23});
  QCOMPARE(contents(*log, kFirst, 2).front(), std::string("2:mark 1"));
  QCOMPARE(contents(*log, kFirst, 3), Texts{"3:mark 2"});
}

void LogContractTest::bytesAfterTheEndAreNone() {
  SUBJECT();
  QCOMPARE(*log->bytesAfter(kFirst, 0), std::int64_t{0});
  for (int i = 0; i < 10; ++i) WEIR_VERIFY(log->commit({to(kFirst, {run(std::string(1000, 'x'))})}));
  QCOMPARE(*log->bytesAfter(kFirst, 10), std::int64_t{0});
  QVERIFY(*log->bytesAfter(kFirst, 0) >= 10000);
  QVERIFY(*log->bytesAfter(kFirst, 5) >= 5000);
  QVERIFY(*log->bytesAfter(kFirst, 5) < *log->bytesAfter(kFirst, 0));
}

void LogContractTest::whatIsBeyondTheEndCannotBeRead() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kFirst, {run("a")})}));
  QVERIFY(log->read(kFirst, 1).ok());
  const auto beyond = log->read(kFirst, 2);
  QVERIFY(!beyond.ok());
  QVERIFY(beyond.error().kind == ErrorKind::Corrupt);
}

void LogContractTest::aTopicKeepsItsNumberOfPartitions() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(orders()));
  const auto changed = log->ensureTopic(topic("orders", 3));
  QVERIFY(!changed.ok());
  QVERIFY(mentions(changed.error(), "2 partitions"));
}

void LogContractTest::aTopicThatMayGrowGetsMorePartitionsAndNeverFewer() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kFirst, {run("a")})}));
  TopicSpec more = topic("orders", 4);
  more.mayGrow = true;
  WEIR_VERIFY(log->ensureTopic(more));
  WEIR_VERIFY(log->commit({to({"orders", 3}, {run("b")})}));
  more.partitions = 1;
  WEIR_VERIFY(log->ensureTopic(more));
  log.reopen();
  QCOMPARE((*log->topics()).at(0).partitions, 4);
  QCOMPARE(*log->publishedEnd(kFirst), std::int64_t{1});
  QCOMPARE(*log->publishedEnd({"orders", 3}), std::int64_t{1});
}

void LogContractTest::topicsAreListedWithWhatTheyWereMadeOf() {
  SUBJECT();
  TopicSpec other = topic("../a b/é");
  other.description = "line one\nline two";
  other.retentionTime = 5;
  WEIR_VERIFY(log->ensureTopic(other));
  const std::vector<TopicSpec> found = *log->topics();
  QCOMPARE(found.size(), std::size_t{2});
  QCOMPARE(found[0].name, other.name);
  QCOMPARE(found[0].description, other.description);
  QCOMPARE(found[1].segmentBytes, std::int64_t{400});
}

void LogContractTest::unknownPartitionsAreRefused() {
  SUBJECT();
  QVERIFY(!log->commit({to(kFirst, {run("a")}), to({"orders", 2}, {run("b")})}).ok());
  QVERIFY(!log->read({"nothing", 0}, 0).ok());
  QVERIFY(!log->publishedEnd({"orders", -1}).ok());
  QCOMPARE(contents(*log, kFirst), Texts());
}

void LogContractTest::trimmingKeepsWhatIsAtTheOffset() {
  SUBJECT();
  for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->commit({to(kFirst, {run(std::string(100, 'x'))})}));
  const std::size_t before = contents(*log, kFirst).size();
  WEIR_VERIFY(log->trim(kFirst, 20));
  WEIR_VERIFY(log->commit({to(kFirst, {run("last")})}));
  const Texts after = contents(*log, kFirst);
  QVERIFY(after.size() < before);
  QVERIFY(std::stoi(after.front()) <= 20);
  QCOMPARE(after.back(), std::string("30:last"));
  QCOMPARE(contents(*log, kFirst, 20).front().substr(0, 3), std::string("20:"));
}

void LogContractTest::trimmingKeepsRunsWithoutRowsAtTheOffset() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kFirst, {run("a")})}));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->commit({to(kFirst, {run(std::string(100, 'm'), 0)})}));
  WEIR_VERIFY(log->commit({to(kFirst, {run("b")})}));
  WEIR_VERIFY(log->trim(kFirst, 1));
  WEIR_VERIFY(log->commit({to(kOther, {run("other")})}));
  log.reopen();
  QCOMPARE(contents(*log, kFirst, 1).size(), std::size_t{21});
}

void LogContractTest::aReaderBehindATrimGoesOnAtTheStart() {
  SUBJECT();
  auto reader = std::move(*log->read(kFirst, 0));
  for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->commit({to(kFirst, {run(std::string(100, 'x'))})}));
  QCOMPARE((*reader->next())->header.offset, std::int64_t{0});
  WEIR_VERIFY(log->trim(kFirst, 25));
  WEIR_VERIFY(log->commit({to(kFirst, {run("last")})}));
  std::int64_t last = 0;
  while (true) {
    const auto next = reader->next();
    QVERIFY2(next.ok(), next.ok() ? "" : next.error().message.c_str());
    if (!*next) break;
    QVERIFY((*next)->header.offset > last);
    last = (*next)->header.offset;
  }
  QCOMPARE(last, std::int64_t{30});
}

void LogContractTest::retentionByBytesLetsOldRunsGo() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->commit({to({"short", 0}, {run(std::string(100, 'x'))})}));
  const Texts kept = contents(*log, {"short", 0});
  QVERIFY2(kept.size() >= 3 && kept.size() <= 15, std::to_string(kept.size()).c_str());
  QCOMPARE(kept.back().substr(0, 3), std::string("39:"));
}

void LogContractTest::retentionByTimeLetsOldRunsGo() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  for (int i = 0; i < 100; ++i) {
    WEIR_VERIFY(log->commit({to({"short", 0}, {run(std::string(100, 'x'))})}));
    log.clock.advance(kSecond);
  }
  const Texts kept = contents(*log, {"short", 0});
  QVERIFY2(kept.size() >= 40 && kept.size() <= 50, std::to_string(kept.size()).c_str());
}

void LogContractTest::retentionByTimeNeedsNoNewRows() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->commit({to({"short", 0}, {run(std::string(100, 'x'))})}));
  log.clock.advance(20 * kSecond);
  QCOMPARE(expired(*log), true);
  QCOMPARE(contents(*log, {"short", 0}).size(), std::size_t{20});
  log.clock.advance(30 * kSecond);
  QCOMPARE(expired(*log), false);  // nothing is left that could become too old
  QCOMPARE(contents(*log, {"short", 0}), Texts());
  QCOMPARE(figuresOf(*log, "short").rows, std::int64_t{0});
  WEIR_VERIFY(log->commit({to({"short", 0}, {run("next")})}));
  log.reopen();
  QCOMPARE(contents(*log, {"short", 0}), Texts{"20:next"});
}

void LogContractTest::whatWasTooOldWhileNothingRanGoesAtTheStart() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  WEIR_VERIFY(log->commit({to({"short", 0}, {run("old")})}));
  log.clock.advance(3600 * kSecond);
  log.reopen();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  QCOMPARE(expired(*log), false);
  QCOMPARE(contents(*log, {"short", 0}), Texts());
}

void LogContractTest::aShorterRetentionTakesNothingThatIsYounger() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(80'000 * kSecond)));
  WEIR_VERIFY(log->commit({to({"short", 0}, {run("old")})}));
  log.clock.advance(5'000 * kSecond);
  WEIR_VERIFY(log->commit({to({"short", 0}, {run("young")})}));
  log.clock.advance(10 * kSecond);
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  QCOMPARE(expired(*log), true);
  QCOMPARE(contents(*log, {"short", 0}).back(), std::string("1:young"));
  log.clock.advance(50 * kSecond);
  QCOMPARE(expired(*log), false);
  QCOMPARE(contents(*log, {"short", 0}), Texts());
}

void LogContractTest::aReaderThatHasReadAllHoldsNoOldRows() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(log->commit({to(partition, {run("a"), run("b")})}));
  WEIR_VERIFY(log->hold(partition, "reader", 1));
  log.clock.advance(3600 * kSecond);
  expired(*log);
  QCOMPARE(contents(*log, partition, 1).front(), std::string("1:b"));
  WEIR_VERIFY(log->hold(partition, "reader", 2));
  expired(*log);
  QCOMPARE(contents(*log, partition), Texts());
}

void LogContractTest::wordsAboutTimeOutliveTheRowsBeforeThem() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(log->hold(partition, "reader", 1));
  WEIR_VERIFY(log->commit({to(partition, {run("row")})}));
  WEIR_VERIFY(log->commit({to({"short", runtime::kEveryPartition}, {run("time", 0)})}));
  for (int i = 0; i < 3; ++i) {
    log.clock.advance(3600 * kSecond);
    expired(*log);
    log.reopen();
    QCOMPARE(contents(*log, partition, 1), Texts{"1:time"});
  }
  QCOMPARE(figuresOf(*log, "short").rows, std::int64_t{0});
}

void LogContractTest::retentionKeepsWhatAReaderHolds_data() {
  QTest::addColumn<bool>("byTime");
  QTest::newRow("bytes") << false;
  QTest::newRow("time") << true;
}

void LogContractTest::retentionKeepsWhatAReaderHolds() {
  SUBJECT();
  QFETCH(bool, byTime);
  TopicSpec spec = byTime ? keptFor(10 * kSecond) : topic("short");
  spec.segmentBytes = 400;
  if (!byTime) spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(log->hold(partition, "slow", 0));
  const auto append = [&] {
    log.clock.advance(kSecond);
    WEIR_VERIFY(log->commit({to(partition, {run(std::string(100, 'x'))})}));
  };
  for (int i = 0; i < 100; ++i) append();
  QCOMPARE(contents(*log, partition).size(), std::size_t{100});
  QVERIFY(figuresOf(*log, "short").heldBytes > 5000);
  WEIR_VERIFY(log->hold(partition, "slow", 60));
  append();
  QCOMPARE(contents(*log, partition, 60).front().substr(0, 3), std::string("60:"));
  QVERIFY(contents(*log, partition).size() <= 50);
  WEIR_VERIFY(log->hold(partition, "slow", 101));
  append();
  QVERIFY(contents(*log, partition).size() <= 16);
  QCOMPARE(figuresOf(*log, "short").heldBytes, std::int64_t{0});
}

void LogContractTest::whatIsHeldOutlivesARestart() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  WEIR_VERIFY(log->ensureTopic(spec));
  WEIR_VERIFY(log->hold({"short", 0}, "slow", 7));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->commit({to({"short", 0}, {run(std::string(100, 'x'))})}));
  log.reopen();
  spec.retentionBytes = 1000;  // said only now
  WEIR_VERIFY(log->ensureTopic(spec));
  WEIR_VERIFY(log->commit({to({"short", 0}, {run("last")})}));
  QCOMPARE(contents(*log, {"short", 0}, 7).front().substr(0, 2), std::string("7:"));
}

void LogContractTest::aReleasedReaderHoldsNothing() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  WEIR_VERIFY(log->hold({"short", 0}, "gone", 0));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->commit({to({"short", 0}, {run(std::string(100, 'x'))})}));
  QCOMPARE(contents(*log, {"short", 0}).size(), std::size_t{40});
  WEIR_VERIFY(log->release("gone"));
  WEIR_VERIFY(log->commit({}));  // keeps the word
  log.reopen();
  WEIR_VERIFY(log->commit({to({"short", 0}, {run("last")})}));
  QVERIFY(contents(*log, {"short", 0}).size() <= 16);
}

void LogContractTest::runsForEveryPartitionStandInEachOne() {
  SUBJECT();
  auto reader = std::move(*log->read(kOther, 0));
  RunToAppend row = run("row");
  row.header.mark.sequence = 5;
  WEIR_VERIFY(log->commit({to(kFirst, {row}), to(kEvery, {run("mark", 0)})}));
  QCOMPARE(contents(*log, kFirst), (Texts{"0:row", "1:mark"}));
  QCOMPARE(contents(*log, kOther), Texts{"0:mark"});
  QCOMPARE(textOf(**reader->next()), std::string("mark"));  // one that was at the end already
  QVERIFY(!reader->next()->has_value());
}

void LogContractTest::runsForEveryPartitionStandBeforeLaterRows() {
  SUBJECT();
  WEIR_VERIFY(log->commit({to(kOther, {run("a")})}));
  WEIR_VERIFY(log->commit({to(kEvery, {run("mark", 0)})}));
  WEIR_VERIFY(log->commit({to(kOther, {run("b")})}));
  QCOMPARE(contents(*log, kOther), (Texts{"0:a", "1:mark", "1:b"}));
  QCOMPARE(contents(*log, kFirst), Texts{"0:mark"});
  log.reopen();
  QCOMPARE(contents(*log, kOther), (Texts{"0:a", "1:mark", "1:b"}));
}

void LogContractTest::runsForEveryPartitionOutliveARestart() {
  SUBJECT();
  for (int i = 0; i < 100; ++i) WEIR_VERIFY(log->commit({to(kEvery, {run("mark " + std::to_string(i), 0)})}));
  log.reopen();
  QCOMPARE(contents(*log, kFirst).back(), std::string("0:mark 99"));
  QCOMPARE(contents(*log, kOther).back(), std::string("0:mark 99"));
}

void LogContractTest::ofTheRunsForEveryPartitionTheLastOfEachWriterStays() {
  SUBJECT();
  const auto marks = [&](std::int64_t generation, const std::string& text) {
    std::vector<RunToAppend> runs;
    for (std::int32_t writer = 0; writer < 2; ++writer) {
      runs.push_back(run(text + std::to_string(writer), 0));
      runs.back().header.mark.writer = writer;
      runs.back().header.mark.generation = generation;
    }
    return log->commit({to(kEvery, runs)});
  };
  // Long enough that those of old generations are let go of.
  for (int generation = 0; generation < 140; ++generation) WEIR_VERIFY(marks(generation, "old "));
  WEIR_VERIFY(marks(140, "new "));
  log.reopen();
  WEIR_VERIFY(log->commit({to(kFirst, {run("row")})}));
  Texts found = contents(*log, kFirst);
  QCOMPARE(found.back(), std::string("0:row"));
  found.pop_back();
  QCOMPARE(Texts(found.end() - 2, found.end()), (Texts{"0:new 0", "0:new 1"}));
  QCOMPARE(contents(*log, kOther).back(), std::string("0:new 1"));
  const auto oldest = std::find(found.begin(), found.end(), "0:old 0");
  QVERIFY(oldest != found.end());  // no generation was passed over
}

void LogContractTest::runsForEveryPartitionHaveNoRows() {
  SUBJECT();
  if (kind == "memory") QSKIP("Only the log on disk looks.");
  QVERIFY(!log->commit({to(kEvery, {run("row", 1)})}).ok());
}

void LogContractTest::aDroppedTopicIsGone() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(topic("gone", 2)));
  WEIR_VERIFY(log->commit({to({"gone", 1}, {run("a")}), to(kFirst, {run("b")})}));
  WEIR_VERIFY(log->dropTopic("gone"));
  QVERIFY(!log->read({"gone", 1}, 0).ok());
  QVERIFY(!log->dropTopic("gone").ok());
  log.reopen();
  QCOMPARE(log->topics()->size(), std::size_t{1});
  QCOMPARE(contents(*log, kFirst), Texts{"0:b"});
  WEIR_VERIFY(log->ensureTopic(topic("gone", 1)));
  WEIR_VERIFY(log->commit({to({"gone", 0}, {run("c")})}));
  log.reopen();
  QCOMPARE(contents(*log, {"gone", 0}), Texts{"0:c"});
}

void LogContractTest::figuresSayWhatIsKeptAndWhatWent() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->commit({to({"short", 0}, {run(std::string(100, 'x'), 2)})}));
  const runtime::TopicFigures figures = figuresOf(*log, "short");
  QCOMPARE(figures.rows + figures.rowsRemoved, std::int64_t{80});
  QCOMPARE(figures.rows, static_cast<std::int64_t>(2 * contents(*log, {"short", 0}).size()));
  QVERIFY(figures.bytes >= 500 && figures.bytes <= 2000);
  if (kind != "memory") QVERIFY(figures.files >= 2 && figures.files <= 10);
}

void LogContractTest::listenersHearOfEveryCommit() {
  SUBJECT();
  std::vector<std::string> heard;
  log->onPublished([&](const std::vector<PartitionAppend>& appends) {
    for (const PartitionAppend& append : appends) {
      heard.push_back(append.partition.topic + std::to_string(*log->publishedEnd(append.partition)));
    }
  });
  WEIR_VERIFY(log->commit({to(kFirst, {run("a", 2)})}));
  WEIR_VERIFY(log->commit({to(kOther, {run("a", 1)})}));
  QCOMPARE(heard, (std::vector<std::string>{"orders2", "orders1"}));
}

void LogContractTest::readersRunBesideCommitsAndTrims() {
  SUBJECT();
  const std::int64_t kCommits = kind.endsWith("disk") ? 60 : 1000;
  std::atomic<std::int64_t> reached = 0;
  std::string problem;
  std::thread reading([&] {
    auto reader = std::move(*log->read(kFirst, 0));
    std::int64_t expected = 0;
    while (expected < kCommits) {
      auto next = reader->next();
      if (!next || (*next && (*next)->header.offset != expected)) {
        problem = next ? "a run was passed over" : next.error().message;
        reached = kCommits;
        return;
      }
      if (*next) reached = ++expected;
    }
  });
  for (std::int64_t i = 0; i < kCommits; ++i) {
    const auto committed = log->commit({to(kFirst, {run(std::string(90, 'x'))})});
    QVERIFY2(committed.ok(), why(committed));
    WEIR_VERIFY(log->trim(kFirst, reached));  // never beyond what has been read
  }
  reading.join();
  QCOMPARE(QString::fromStdString(problem), QString());
}

QTEST_GUILESS_MAIN(LogContractTest)
#include "log_contract_test.moc"
