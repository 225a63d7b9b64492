// What every Log keeps, and what it lets go of: by trimming, by retention, and with a topic.

#include "core/adapters/embedded/tests/log_subject.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

class LogRemovalTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase_data() { addLogs(); }
  void trimmingKeepsWhatIsAtThePosition();
  void trimmingKeepsRunsWithoutRowsAtThePosition();
  void aTrimBeyondTheEndTakesNothingThatComesLater();
  void aReaderBehindATrimGoesOnAtTheStart();
  void aReaderThatComesTooLateIsToldOfTheGap();
  void retentionByBytesLetsOldRunsGo();
  void retentionByTimeLetsOldRunsGo();
  void retentionByTimeNeedsNoNewRows();
  void aRowThatComesAfterLongIsKeptForItsTime();
  void whatWasTooOldWhileNothingRanGoesAtTheStart();
  void aShorterRetentionTakesNothingThatIsYounger();
  void aReaderThatHasReadAllHoldsNoOldRows();
  void wordsAboutTimeOutliveTheRowsBeforeThem_data();
  void wordsAboutTimeOutliveTheRowsBeforeThem();
  void retentionKeepsWhatAReaderHolds_data();
  void retentionKeepsWhatAReaderHolds();
  void retentionKeepsWordsAboutTimeThatAReaderHolds();
  void whatIsHeldOutlivesARestart();
  void aRefusedCommitMovesNoReader();
  void aReleasedReaderHoldsNothing();
  void aDroppedTopicIsGone();
  void figuresSayWhatIsKeptAndWhatWent();
};

void LogRemovalTest::trimmingKeepsWhatIsAtThePosition() {
  SUBJECT();
  for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->append({to(kFirst, {run(std::string(100, 'x'))})}));
  const std::vector<Run> before = runs(*log, kFirst);
  WEIR_VERIFY(log->trim(kFirst, before[20].begin));
  WEIR_VERIFY(log->append({to(kFirst, {run("last")})}));
  const std::vector<Run> after = runs(*log, kFirst);
  QVERIFY(after.size() < before.size());
  QVERIFY(after.front().begin <= before[20].begin);
  QCOMPARE(textOf(after.back()), std::string("last"));
  QVERIFY(runs(*log, kFirst, before[20].begin).front().begin == before[20].begin);
}

void LogRemovalTest::trimmingKeepsRunsWithoutRowsAtThePosition() {
  SUBJECT();
  WEIR_VERIFY(log->append({to(kFirst, {run("a")})}));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->append({to(kFirst, {run(std::string(100, 'm'), 0)})}));
  WEIR_VERIFY(log->append({to(kFirst, {run("b")})}));
  const Position first = runs(*log, kFirst).front().end;
  WEIR_VERIFY(log->trim(kFirst, first));
  WEIR_VERIFY(log->append({to(kOther, {run("other")})}));
  log.reopen();
  QCOMPARE(texts(*log, kFirst, first).size(), std::size_t{21});
}

void LogRemovalTest::aTrimBeyondTheEndTakesNothingThatComesLater() {
  SUBJECT();
  WEIR_VERIFY(log->append({to(kFirst, {run("first")})}));
  const Position end = endOf(*log, kFirst);
  WEIR_VERIFY(log->trim(kFirst, Position::of(end.value() + 1000)));
  for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->append({to(kFirst, {run(std::string(100, 'x'))})}));
  WEIR_VERIFY(log->trim(kFirst, end));
  WEIR_VERIFY(log->append({to(kFirst, {run("last")})}));
  QCOMPARE(texts(*log, kFirst, end).size(), std::size_t{31});
}

void LogRemovalTest::aReaderBehindATrimGoesOnAtTheStart() {
  SUBJECT();
  auto reader = std::move(*log->read(kFirst, Position()));
  for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->append({to(kFirst, {run(std::string(100, 'x'))})}));
  Position last = (*reader->next())->end;
  WEIR_VERIFY(log->trim(kFirst, runs(*log, kFirst)[25].begin));
  WEIR_VERIFY(log->append({to(kFirst, {run("last")})}));
  std::string text;
  while (true) {
    const auto next = reader->next();
    QVERIFY2(next.ok(), why(next));
    if (!*next) break;
    QVERIFY((*next)->begin >= last);
    last = (*next)->end;
    text = textOf(**next);
  }
  QCOMPARE(text, std::string("last"));
}

void LogRemovalTest::aReaderThatComesTooLateIsToldOfTheGap() {
  SUBJECT();
  const auto append = [&] { return log->append({to(kFirst, {run(std::string(100, 'x'), 2)})}); };
  for (int i = 0; i < 30; ++i) WEIR_VERIFY(append());
  auto under = std::move(*log->read(kFirst, Position()));
  const Position read = (*under->next())->end;
  QVERIFY(!under->takeGap());
  WEIR_VERIFY(log->trim(kFirst, endOf(*log, kFirst)));
  WEIR_VERIFY(append());
  auto late = std::move(*log->read(kFirst, Position()));
  const std::optional<runtime::Gap> before = late->takeGap();
  const Run first = **late->next();
  QVERIFY(before && before->from == Position() && before->to > read && before->to <= first.begin);
  QVERIFY(!late->takeGap());  // it is told once
  std::optional<runtime::Gap> gap;
  std::int64_t rows = 2;
  while (const std::optional<Run> next = *under->next()) {
    rows += next->header.rows;
    if (auto found = under->takeGap()) gap = found;
  }
  // One that was in a segment when it went may go on to its end.
  QVERIFY(gap && gap->from >= read && gap->to == before->to);
  QCOMPARE(rows + gap->rows.value_or(62 - rows), std::int64_t{62});
}

void LogRemovalTest::retentionByBytesLetsOldRunsGo() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'))})}));
  const Texts kept = texts(*log, {"short", 0});
  QVERIFY2(kept.size() >= 3 && kept.size() <= 15, std::to_string(kept.size()).c_str());
}

void LogRemovalTest::retentionByTimeLetsOldRunsGo() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  for (int i = 0; i < 100; ++i) {
    WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'))})}));
    log.clock.advance(kSecond);
  }
  const Texts kept = texts(*log, {"short", 0});
  QVERIFY2(kept.size() >= 40 && kept.size() <= 50, std::to_string(kept.size()).c_str());
}

void LogRemovalTest::retentionByTimeNeedsNoNewRows() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'))})}));
  log.clock.advance(20 * kSecond);
  QCOMPARE(expired(*log), true);
  QCOMPARE(texts(*log, {"short", 0}).size(), std::size_t{20});
  log.clock.advance(30 * kSecond);
  QCOMPARE(expired(*log), false);  // nothing is left that could become too old
  QCOMPARE(texts(*log, {"short", 0}), Texts());
  QCOMPARE(figuresOf(*log, "short").rows, std::int64_t{0});
  const Position end = endOf(*log, {"short", 0});
  WEIR_VERIFY(log->append({to({"short", 0}, {run("next")})}));
  log.reopen();
  QCOMPARE(texts(*log, {"short", 0}), Texts{"next"});
  QVERIFY(runs(*log, {"short", 0}).front().begin == end);
}

void LogRemovalTest::aRowThatComesAfterLongIsKeptForItsTime() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(log->append({to(partition, {run("old")})}));
  log.clock.advance(60 * kSecond);
  QCOMPARE(expired(*log), false);
  log.clock.advance(3600 * kSecond);
  WEIR_VERIFY(log->append({to(partition, {run("young")})}));
  for (int look = 0; look < 2; ++look) {
    QCOMPARE(expired(*log), true);
    QCOMPARE(texts(*log, partition), Texts{"young"});
    log.clock.advance(30 * kSecond);
  }
  QCOMPARE(expired(*log), false);
  QCOMPARE(texts(*log, partition), Texts());
}

void LogRemovalTest::whatWasTooOldWhileNothingRanGoesAtTheStart() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  WEIR_VERIFY(log->append({to({"short", 0}, {run("old")})}));
  log.clock.advance(3600 * kSecond);
  log.reopen();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  QCOMPARE(expired(*log), false);
  QCOMPARE(texts(*log, {"short", 0}), Texts());
}

void LogRemovalTest::aShorterRetentionTakesNothingThatIsYounger() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(80'000 * kSecond)));
  WEIR_VERIFY(log->append({to({"short", 0}, {run("old")})}));
  log.clock.advance(5'000 * kSecond);
  WEIR_VERIFY(log->append({to({"short", 0}, {run("young")})}));
  log.clock.advance(10 * kSecond);
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  QCOMPARE(expired(*log), true);
  QCOMPARE(texts(*log, {"short", 0}).back(), std::string("young"));
  log.clock.advance(50 * kSecond);
  QCOMPARE(expired(*log), false);
  QCOMPARE(texts(*log, {"short", 0}), Texts());
}

void LogRemovalTest::aReaderThatHasReadAllHoldsNoOldRows() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(log->append({to(partition, {run("a"), run("b")})}));
  const Position second = runs(*log, partition)[1].begin;
  WEIR_VERIFY(hold(*log, partition, "reader", second));
  log.clock.advance(3600 * kSecond);
  expired(*log);
  QCOMPARE(texts(*log, partition, second).front(), std::string("b"));
  WEIR_VERIFY(hold(*log, partition, "reader", endOf(*log, partition)));
  expired(*log);
  QCOMPARE(texts(*log, partition), Texts());
}

void LogRemovalTest::wordsAboutTimeOutliveTheRowsBeforeThem_data() {
  QTest::addColumn<bool>("together");
  QTest::newRow("in a commit of their own") << false;
  QTest::newRow("in the commit of the rows") << true;
}

void LogRemovalTest::wordsAboutTimeOutliveTheRowsBeforeThem() {
  SUBJECT();
  QFETCH(bool, together);
  WEIR_VERIFY(log->ensureTopic(keptFor(40 * kSecond)));
  const PartitionId partition{"short", 0};
  const PartitionAppend time = to({"short", runtime::kEveryPartition}, {run("time", 0)});
  RunToAppend row = run("row");
  row.header.mark.sequence = 5;  // before that of the time
  std::vector<PartitionAppend> appends = {to(partition, {row})};
  if (together) appends.push_back(time);
  WEIR_VERIFY(log->append(std::move(appends)));
  const Position read = runs(*log, partition).front().end;
  WEIR_VERIFY(hold(*log, partition, "reader", read));
  if (!together) WEIR_VERIFY(log->append({time}));
  for (int i = 0; i < 3; ++i) {
    log.clock.advance(3600 * kSecond);
    expired(*log);
    log.reopen();
    QCOMPARE(texts(*log, partition, read), Texts{"time"});
  }
  QCOMPARE(figuresOf(*log, "short").rows, std::int64_t{0});
}

void LogRemovalTest::retentionKeepsWhatAReaderHolds_data() {
  QTest::addColumn<bool>("byTime");
  QTest::newRow("bytes") << false;
  QTest::newRow("time") << true;
}

void LogRemovalTest::retentionKeepsWhatAReaderHolds() {
  SUBJECT();
  QFETCH(bool, byTime);
  TopicSpec spec = byTime ? keptFor(10 * kSecond) : topic("short");
  spec.segmentBytes = 400;
  if (!byTime) spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(hold(*log, partition, "slow", Position()));
  const auto append = [&] {
    log.clock.advance(kSecond);
    WEIR_VERIFY(log->append({to(partition, {run(std::string(100, 'x'))})}));
  };
  for (int i = 0; i < 100; ++i) append();
  const std::vector<Run> all = runs(*log, partition);
  QCOMPARE(all.size(), std::size_t{100});
  QVERIFY(figuresOf(*log, "short").heldBytes > 5000);
  WEIR_VERIFY(hold(*log, partition, "slow", all[60].begin));
  append();
  QVERIFY(runs(*log, partition, all[60].begin).front().begin == all[60].begin);
  QVERIFY(texts(*log, partition).size() <= 50);
  WEIR_VERIFY(hold(*log, partition, "slow", endOf(*log, partition)));
  append();
  QVERIFY(texts(*log, partition).size() <= 16);
  QCOMPARE(figuresOf(*log, "short").heldBytes, std::int64_t{0});
}

void LogRemovalTest::retentionKeepsWordsAboutTimeThatAReaderHolds() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 100;
  WEIR_VERIFY(log->ensureTopic(spec));
  const PartitionId partition{"short", 0};
  RunToAppend row = run(std::string(350, 'r'));  // the next row begins a segment
  row.header.mark.sequence = 5;                  // before that of the time
  WEIR_VERIFY(log->append({to(partition, {row}), to({"short", runtime::kEveryPartition}, {run("time", 0)})}));
  const Position read = runs(*log, partition).front().end;
  WEIR_VERIFY(hold(*log, partition, "reader", read));
  for (int i = 0; i < 20; ++i) WEIR_VERIFY(log->append({to(partition, {run(std::string(100, 'x'))})}));
  QCOMPARE(texts(*log, partition, read).front(), std::string("time"));
}

void LogRemovalTest::whatIsHeldOutlivesARestart() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  WEIR_VERIFY(log->ensureTopic(spec));
  for (int i = 0; i < 7; ++i) WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'))})}));
  // What is consumed is kept with what the same commit appends.
  const Position held = endOf(*log, {"short", 0});
  WEIR_VERIFY(log->commit({{to({"short", 0}, {run("held")})}, {}, {{"slow", {"short", 0}, held}}}));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'))})}));
  log.reopen();
  spec.retentionBytes = 1000;  // said only now
  WEIR_VERIFY(log->ensureTopic(spec));
  WEIR_VERIFY(log->append({to({"short", 0}, {run("last")})}));
  QCOMPARE(texts(*log, {"short", 0}, held).front(), std::string("held"));
}

void LogRemovalTest::aRefusedCommitMovesNoReader() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  const PartitionId partition{"short", 0};
  WEIR_VERIFY(hold(*log, partition, "slow", Position()));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->append({to(partition, {run(std::string(100, 'x'))})}));
  const Position end = endOf(*log, partition);
  QVERIFY(!log->commit({{}, {}, {{"slow", partition, end}, {"slow", {"nothing", 0}, Position()}}}).ok());
  WEIR_VERIFY(log->append({to(partition, {run("last")})}));
  QCOMPARE(texts(*log, partition).size(), std::size_t{41});
}

void LogRemovalTest::aReleasedReaderHoldsNothing() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  WEIR_VERIFY(hold(*log, {"short", 0}, "gone", Position()));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'))})}));
  QCOMPARE(texts(*log, {"short", 0}).size(), std::size_t{40});
  WEIR_VERIFY(log->release("gone"));
  WEIR_VERIFY(log->append({}));  // keeps the word
  log.reopen();
  WEIR_VERIFY(log->append({to({"short", 0}, {run("last")})}));
  QVERIFY(texts(*log, {"short", 0}).size() <= 16);
}

void LogRemovalTest::aDroppedTopicIsGone() {
  SUBJECT();
  WEIR_VERIFY(log->ensureTopic(topic("gone", 2)));
  WEIR_VERIFY(log->append({to({"gone", 1}, {run("a")}), to(kFirst, {run("b")})}));
  // What was still to be done for it goes with it.
  WEIR_VERIFY(hold(*log, {"gone", 1}, "reader", Position()));
  WEIR_VERIFY(log->trim({"gone", 1}, endOf(*log, {"gone", 1})));
  WEIR_VERIFY(log->release("reader"));
  WEIR_VERIFY(log->dropTopic("gone"));
  WEIR_VERIFY(log->append({}));
  QVERIFY(!log->read({"gone", 1}, Position()).ok());
  QVERIFY(!log->append({to({"gone", 1}, {run("a")})}).ok());
  QVERIFY(!log->dropTopic("gone").ok());
  QCOMPARE(figuresOf(*log, "gone").topic, std::string());
  log.reopen();
  QCOMPARE(log->topics()->size(), std::size_t{1});
  QCOMPARE(texts(*log, kFirst), Texts{"b"});
  // One of the same name is another one.
  WEIR_VERIFY(log->ensureTopic(topic("gone", 1)));
  QVERIFY(endOf(*log, {"gone", 0}) == Position());
  WEIR_VERIFY(log->append({to({"gone", 0}, {run("c")})}));
  log.reopen();
  QCOMPARE(texts(*log, {"gone", 0}), Texts{"c"});
}

void LogRemovalTest::figuresSayWhatIsKeptAndWhatWent() {
  SUBJECT();
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionBytes = 1000;
  WEIR_VERIFY(log->ensureTopic(spec));
  for (int i = 0; i < 40; ++i) WEIR_VERIFY(log->append({to({"short", 0}, {run(std::string(100, 'x'), 2)})}));
  const runtime::TopicFigures figures = figuresOf(*log, "short");
  QCOMPARE(figures.rows + figures.rowsRemoved, std::int64_t{80});
  QCOMPARE(figures.rows, static_cast<std::int64_t>(2 * texts(*log, {"short", 0}).size()));
  QVERIFY(figures.bytes >= 500 && figures.bytes <= 2000);
  if (kind.startsWith("embedded")) QVERIFY(figures.files >= 2 && figures.files <= 10);
}

WEIR_TEST(LogRemovalTest)
#include "log_removal_test.moc"
