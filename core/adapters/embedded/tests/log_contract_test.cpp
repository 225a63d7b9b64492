// What every Log keeps: the same tests on those in memory, one of which is like Kafka, and on the embedded one.
#include <atomic>
#include <thread>

#include "core/adapters/embedded/tests/log_subject.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

class LogContractTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase_data() { addLogs(); }
  void runsComeBackAsTheyWereWritten();
  void positionsAscend();
  void offsetsCountRows();
  void aReaderGoesOnAfterTheNextCommit();
  void aReaderStartsWithTheRunThatHoldsItsOffset();
  void runsWithoutRowsStandBeforeTheNextRow();
  void lagIsWhatIsBeforeAReader();
  void whatIsBeyondTheEndCannotBeRead();
  void aTopicKeepsItsNumberOfPartitions();
  void aTopicThatMayGrowGetsMorePartitionsAndNeverFewer();
  void topicsAreListedWithWhatTheyWereMadeOf();
  void unknownPartitionsAreRefused();
  void changelogsAreAppendedAsOutputsAre();
  void runsForEveryPartitionStandInEachOne();
  void runsForEveryPartitionStandBeforeLaterRows();
  void runsForEveryPartitionOutliveARestart();
  void ofTheRunsForEveryPartitionTheLastOfEachWriterStays();
  void whatRowsTellOfTimeIsNotToldTwice();
  void runsForEveryPartitionHaveNoRows();
  void whatIsAnnouncedIsMetBehindAllRows();
  void whatIsAnnouncedIsNotKept();
  void aCommitWritesNothingToPartitionsThatGetNoRows();
  void listenersHearOfEveryCommit();
  void readersRunBesideCommitsAndTrims();
};

void LogContractTest::runsComeBackAsTheyWereWritten() {
  SUBJECT();
  WEIR_VERIFY(log->append({to(kFirst, {run("one", 2), run("")}), to(kOther, {run("other")})}));
  auto reader = std::move(*log->read(kFirst, Position()));
  const Run first = **reader->next();
  QCOMPARE(textOf(first), std::string("one"));
  QCOMPARE(first.header.rows, 2);
  QVERIFY(first.header.mark == (runtime::WriterMark{3, 4, 5, 6, 7, runtime::WriterState::Idle}));
  QCOMPARE(reinterpret_cast<std::uintptr_t>(first.body.bytes.data()) % 8, std::uintptr_t{0});
  QCOMPARE(textOf(**reader->next()), std::string());
  QVERIFY(!reader->next()->has_value());
  QCOMPARE(texts(*log, kOther), Texts{"other"});
}

void LogContractTest::positionsAscend() {
  SUBJECT();
  QVERIFY(endOf(*log, kFirst) == Position());
  for (int i = 0; i < 10; ++i) WEIR_VERIFY(log->append({to(kFirst, {run("a", 3), run("b", 2)})}));
  Position last;
  std::int64_t row = -1;
  for (const Run& run : runs(*log, kFirst)) {
    QVERIFY(run.begin >= last && run.end > run.begin);
    QVERIFY(run.firstRow > row);
    last = run.end;
    row = run.firstRow + run.header.rows - 1;
  }
  QVERIFY(last <= endOf(*log, kFirst));
}

void LogContractTest::offsetsCountRows() {
  SUBJECT();
  if (kind == "broker") QSKIP("Its positions count records.");
  WEIR_VERIFY(log->append({to(kFirst, {run("a", 3), run("b", 2)})}));
  WEIR_VERIFY(log->append({to(kFirst, {run("c", 1)})}));
  QCOMPARE(contents(*log, kFirst), (Texts{"0:a", "3:b", "5:c"}));
  QCOMPARE(endOf(*log, kFirst).value(), std::int64_t{6});
  QCOMPARE(endOf(*log, kOther).value(), std::int64_t{0});
}

void LogContractTest::aReaderGoesOnAfterTheNextCommit() {
  SUBJECT();
  auto reader = std::move(*log->read(kFirst, Position()));
  QVERIFY(!reader->next()->has_value());
  for (int i = 0; i < 30; ++i) {
    const std::string text = "run " + std::to_string(i) + std::string(40, '.');
    WEIR_VERIFY(log->append({to(kFirst, {run(text, 2)})}));
    const Run next = **reader->next();
    QCOMPARE(textOf(next), text);
    QVERIFY(reader->position() == next.end);
    QVERIFY(!reader->next()->has_value());
    QVERIFY(reader->position() == endOf(*log, kFirst));
  }
}

void LogContractTest::aReaderStartsWithTheRunThatHoldsItsOffset() {
  SUBJECT();
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->append({to(kFirst, {run(std::to_string(i), 3)})}));
  const std::vector<Run> all = runs(*log, kFirst);
  QCOMPARE(all.size(), std::size_t{40});
  for (std::int64_t value = 0; value <= endOf(*log, kFirst).value(); ++value) {
    const Position from = Position::of(value);
    Texts expected;
    for (const Run& run : all) {
      if (run.end > from) expected.push_back(textOf(run));
    }
    QCOMPARE(texts(*log, kFirst, from), expected);
  }
}

void LogContractTest::runsWithoutRowsStandBeforeTheNextRow() {
  SUBJECT();
  WEIR_VERIFY(log->append({to(kFirst, {run("a", 2), run("mark 1", 0)})}));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->append({to(kFirst, {run("mark", 0)})}));
  WEIR_VERIFY(log->append({to(kFirst, {run("b", 1), run("mark 2", 0)})}));
  const std::vector<Run> all = runs(*log, kFirst);
  QCOMPARE(all.size(), std::size_t{24});
  QCOMPARE(texts(*log, kFirst, all[0].begin).size(), std::size_t{24});
  QCOMPARE(texts(*log, kFirst, all[0].end).size(), std::size_t{23});
  QCOMPARE(texts(*log, kFirst, all[0].end).front(), std::string("mark 1"));
  QCOMPARE(texts(*log, kFirst, all[22].end), Texts{"mark 2"});
}

void LogContractTest::lagIsWhatIsBeforeAReader() {
  SUBJECT();
  QCOMPARE(log->lag(kFirst, Position())->bytes, std::int64_t{0});
  for (int i = 0; i < 10; ++i) WEIR_VERIFY(log->append({to(kFirst, {run(std::string(1000, 'x'), 2)})}));
  const std::vector<Run> all = runs(*log, kFirst);
  const auto lagAt = [&](Position from) { return *log->lag(kFirst, from); };
  QCOMPARE(lagAt(endOf(*log, kFirst)).bytes, std::int64_t{0});
  QVERIFY(lagAt(Position()).bytes >= 10000);
  QVERIFY(lagAt(all[5].begin).bytes >= 5000);
  QVERIFY(lagAt(all[5].begin).bytes < lagAt(Position()).bytes);
  // Where the log knows.
  QCOMPARE(lagAt(Position()).rows.value_or(20), std::int64_t{20});
  QCOMPARE(lagAt(all[5].begin).rows.value_or(10), std::int64_t{10});
  QCOMPARE(lagAt(endOf(*log, kFirst)).rows.value_or(0), std::int64_t{0});
}

void LogContractTest::whatIsBeyondTheEndCannotBeRead() {
  SUBJECT();
  WEIR_VERIFY(log->append({to(kFirst, {run("a")})}));
  const Position end = endOf(*log, kFirst);
  QVERIFY(log->read(kFirst, end).ok());
  const auto beyond = log->read(kFirst, Position::of(end.value() + 1));
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
  WEIR_VERIFY(log->append({to(kFirst, {run("a")})}));
  TopicSpec more = topic("orders", 4);
  more.mayGrow = true;
  WEIR_VERIFY(log->ensureTopic(more));
  WEIR_VERIFY(log->append({to({"orders", 3}, {run("b")})}));
  more.partitions = 1;
  WEIR_VERIFY(log->ensureTopic(more));
  log.reopen();
  QCOMPARE((*log->topics()).at(0).partitions, 4);
  QCOMPARE(texts(*log, kFirst), Texts{"a"});
  QCOMPARE(texts(*log, {"orders", 3}), Texts{"b"});
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
  const PartitionId unknown{"orders", 2};
  for (const runtime::Commit& commit : {runtime::Commit{{to(kFirst, {run("a")}), to(unknown, {run("b")})}, {}, {}},
                                        runtime::Commit{{to(kFirst, {run("a")})}, {to(unknown, {run("b")})}, {}},
                                        runtime::Commit{{to(kFirst, {run("a")})}, {}, {{"r", unknown, Position()}}}}) {
    const runtime::CommitResult refused = log->commit(commit);
    QVERIFY(refused.failure() == runtime::CommitFailure::Aborted);
  }
  QVERIFY(!log->read({"nothing", 0}, Position()).ok());
  QVERIFY(!log->publishedEnd({"orders", -1}).ok());
  QVERIFY(!log->lag({"orders", 2}, Position()).ok());
  // Nothing of them is in the log, which goes on.
  QCOMPARE(texts(*log, kFirst), Texts());
  WEIR_VERIFY(log->append({to(kFirst, {run("a")})}));
}

void LogContractTest::changelogsAreAppendedAsOutputsAre() {
  SUBJECT();
  WEIR_VERIFY(log->commit({{to(kFirst, {run("out")})}, {to(kOther, {run("state")})}, {}}));
  QCOMPARE(texts(*log, kFirst), Texts{"out"});
  QCOMPARE(texts(*log, kOther), Texts{"state"});
}

void LogContractTest::runsForEveryPartitionStandInEachOne() {
  SUBJECT();
  auto reader = std::move(*log->read(kOther, Position()));
  RunToAppend row = run("row");
  row.header.mark.sequence = 5;
  WEIR_VERIFY(log->append({to(kFirst, {row}), to(kEvery, {run("mark", 0)})}));
  QCOMPARE(texts(*log, kFirst), (Texts{"row", "mark"}));
  QCOMPARE(texts(*log, kOther), Texts{"mark"});
  QCOMPARE(textOf(**reader->next()), std::string("mark"));  // one that was at the end already
  QVERIFY(!reader->next()->has_value());
}

void LogContractTest::runsForEveryPartitionStandBeforeLaterRows() {
  SUBJECT();
  WEIR_VERIFY(log->append({to(kOther, {run("a")})}));
  WEIR_VERIFY(log->append({to(kEvery, {run("mark", 0)})}));
  WEIR_VERIFY(log->append({to(kOther, {run("b")})}));
  QCOMPARE(texts(*log, kOther), (Texts{"a", "mark", "b"}));
  QCOMPARE(texts(*log, kFirst), Texts{"mark"});
  log.reopen();
  QCOMPARE(texts(*log, kOther), (Texts{"a", "mark", "b"}));
}

void LogContractTest::runsForEveryPartitionOutliveARestart() {
  SUBJECT();
  for (int i = 0; i < 100; ++i) WEIR_VERIFY(log->append({to(kEvery, {run("mark " + std::to_string(i), 0)})}));
  log.reopen();
  QCOMPARE(texts(*log, kFirst).back(), std::string("mark 99"));
  QCOMPARE(texts(*log, kOther).back(), std::string("mark 99"));
}

void LogContractTest::ofTheRunsForEveryPartitionTheLastOfEachWriterStays() {
  SUBJECT();
  constexpr std::int64_t kGenerations = 141;  // long enough that those of old ones are let go of
  const auto textOfMark = [](std::int64_t generation, std::int32_t writer) {
    return std::to_string(generation) + "/" + std::to_string(writer);
  };
  for (std::int64_t generation = 0; generation < kGenerations; ++generation) {
    std::vector<RunToAppend> runs;
    for (std::int32_t writer = 0; writer < 2; ++writer) {
      runs.push_back(run(textOfMark(generation, writer), 0));
      runs.back().header.mark.writer = writer;
      runs.back().header.mark.generation = generation;
    }
    WEIR_VERIFY(log->append({to(kEvery, runs)}));
  }
  log.reopen();
  WEIR_VERIFY(log->append({to(kFirst, {run("row")})}));
  QCOMPARE(texts(*log, kFirst).back(), std::string("row"));
  for (const PartitionId& partition : {kFirst, kOther}) {
    Texts found = texts(*log, partition);
    if (partition == kFirst) found.pop_back();
    QCOMPARE(Texts(found.end() - 2, found.end()), (Texts{"140/0", "140/1"}));
    for (std::int64_t generation = 0; generation < kGenerations; ++generation) {
      for (std::int32_t writer = 0; writer < 2; ++writer) {
        // None is passed over.
        QVERIFY(std::find(found.begin(), found.end(), textOfMark(generation, writer)) != found.end());
      }
    }
  }
}

void LogContractTest::whatRowsTellOfTimeIsNotToldTwice() {
  SUBJECT();
  if (!kind.startsWith("embedded")) QSKIP("It spares no bytes.");
  WEIR_VERIFY(log->append({to(kFirst, {run("row")}), to(kEvery, {run("mark", 0)})}));
  QCOMPARE(texts(*log, kFirst), Texts{"row"});
  QCOMPARE(texts(*log, kOther), Texts{"mark"});
}

void LogContractTest::runsForEveryPartitionHaveNoRows() {
  SUBJECT();
  QVERIFY(!log->append({to(kEvery, {run("row", 1)})}).ok());
}

void LogContractTest::whatIsAnnouncedIsMetBehindAllRows() {
  SUBJECT();
  int heard = 0;
  log->onPublished(
      [&](const std::vector<PartitionAppend>& appends) { heard += appends[0].partition == kEvery ? 1 : 0; });
  auto before = std::move(*log->read(kOther, Position()));
  QVERIFY(!before->next()->has_value());
  WEIR_VERIFY(log->append({to(kFirst, {run("a"), run("b")})}));
  if (!log->announce(to(kEvery, {run("words", 0)}))) QSKIP("It tells nothing that it does not keep.");
  QCOMPARE(heard, 1);
  QCOMPARE(texts(*log, kFirst), (Texts{"a", "b", "words"}));
  auto first = std::move(*log->read(kFirst, endOf(*log, kFirst)));
  for (const char* text : {"words", "more"}) {
    for (runtime::PartitionReader* const reader : {before.get(), first.get()}) {
      QCOMPARE(textOf(**reader->next()), std::string(text));
      QVERIFY(!reader->next()->has_value());
    }
    QVERIFY(log->announce(to(kEvery, {run("more", 0)})));
  }
}

void LogContractTest::whatIsAnnouncedIsNotKept() {
  SUBJECT();
  if (!kind.startsWith("embedded")) QSKIP("It is not opened again, or tells nothing that it does not keep.");
  WEIR_VERIFY(log->append({to(kEvery, {run("mark", 0)})}));
  RunToAppend words = run("words", 0);
  for (std::int32_t writer = 0; writer < 3; ++writer) {
    words.header.mark.writer = writer;
    QVERIFY(log->announce(to(kEvery, {words})));
  }
  QCOMPARE(texts(*log, kOther), (Texts{"mark", "words", "words", "words"}));
  words.header.mark.generation += 1;
  QVERIFY(log->announce(to(kEvery, {words})));
  QCOMPARE(texts(*log, kOther), (Texts{"mark", "words"}));  // a generation that is over says nothing more
  WEIR_VERIFY(log->append({to(kOther, {run("b")})}));
  QCOMPARE(texts(*log, kOther), (Texts{"mark", "b", "words"}));
  log.reopen();
  QCOMPARE(texts(*log, kFirst), Texts{"mark"});
  QCOMPARE(texts(*log, kOther), (Texts{"mark", "b"}));
}

void LogContractTest::aCommitWritesNothingToPartitionsThatGetNoRows() {
  SUBJECT();
  if (!kind.startsWith("embedded")) QSKIP("It has no files.");
  WEIR_VERIFY(log->ensureTopic(topic("wide", 256)));
  for (int i = 0; i < 5; ++i) {
    WEIR_VERIFY(log->append({to({"wide", 7}, {run("row")}), to({"wide", runtime::kEveryPartition}, {run("mark", 0)})}));
  }
  QCOMPARE(figuresOf(*log, "wide").files, std::int64_t{1});
  QCOMPARE(texts(*log, {"wide", 255}), Texts{"mark"});
}

void LogContractTest::listenersHearOfEveryCommit() {
  SUBJECT();
  std::vector<std::string> heard;
  log->onPublished([&](const std::vector<PartitionAppend>& appends) {
    for (const PartitionAppend& append : appends) {
      heard.push_back(append.partition.topic + std::to_string(runs(*log, append.partition).size()));
    }
  });
  WEIR_VERIFY(log->append({to(kFirst, {run("a", 2)})}));
  WEIR_VERIFY(log->append({to(kFirst, {run("a", 2)}), to(kOther, {run("a", 1)})}));
  QCOMPARE(heard, (std::vector<std::string>{"orders1", "orders2", "orders1"}));
}

void LogContractTest::readersRunBesideCommitsAndTrims() {
  SUBJECT();
  const std::int64_t kCommits = kind.endsWith("disk") ? 60 : 1000;
  std::atomic<std::int64_t> reached = 0;  // a position
  std::string problem;
  std::thread reading([&] {
    auto reader = std::move(*log->read(kFirst, Position()));
    std::int64_t expected = 0;
    while (expected < kCommits) {
      auto next = reader->next();
      if (!next || (*next && textOf(**next).substr(0, 4) != std::to_string(1000 + expected))) {
        problem = next ? "a run was passed over" : next.error().message;
        return;
      }
      if (!*next) continue;
      ++expected;
      reached = (*next)->end.value();
    }
  });
  for (std::int64_t i = 0; i < kCommits; ++i) {
    const auto committed = log->append({to(kFirst, {run(std::to_string(1000 + i) + std::string(90, 'x'))})});
    QVERIFY2(committed.ok(), why(committed));
    WEIR_VERIFY(log->trim(kFirst, Position::of(reached)));  // never beyond what has been read
  }
  reading.join();
  QCOMPARE(QString::fromStdString(problem), QString());
}

WEIR_TEST(LogContractTest)
#include "log_contract_test.moc"
