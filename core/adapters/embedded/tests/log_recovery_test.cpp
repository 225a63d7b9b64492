// What the embedded log does about torn, damaged and missing files, failing syncs and a full disk.

#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "tests/crash/faults/faulty_files.hpp"
#include "tests/crash/faults/unsynced_loss_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

namespace {

const PartitionId kOrders = {"orders", 0};
using Texts = std::vector<std::string>;

// A log on a disk in memory that can be closed, damaged and opened again.
class Home {
 public:
  Home() {
    options.folder = "/home/log";
    static_cast<void>(disk.makeFolders("/home"));
  }
  Result<void> open() {
    log.reset();
    auto opened = EmbeddedLog::open(faulty, options);
    if (!opened) return opened.error();
    log = std::move(*opened);
    TopicSpec spec = topic("orders");
    spec.segmentBytes = 500;
    spec.retentionTime = retention;
    return log->ensureTopic(spec);
  }
  runtime::CommitResult commit(const std::string& text) { return log->append({to(kOrders, {run(text)})}); }
  void commitSome(int count) {
    for (int i = 0; i < count; ++i) WEIR_VERIFY(commit(std::to_string(i) + std::string(80, '.')));
  }
  std::string folder() const { return "/home/log/topics/orders/0/"; }
  std::vector<std::string> files(const std::string& ending) {
    std::vector<std::string> found;
    const auto names = disk.list("/home/log/topics/orders/0");
    for (const std::string& name : *names) {
      if (name.ends_with(ending)) found.push_back(folder() + name);
    }
    return found;
  }
  std::uint64_t size(const std::string& path) { return *(*disk.open(path, runtime::OpenMode::Read))->size(); }
  void append(const std::string& path, const std::string& text) {
    WEIR_VERIFY((*disk.open(path, runtime::OpenMode::Append))->append(std::as_bytes(std::span(text))));
  }

  runtime::MemoryFiles disk;
  faults::FaultyFiles faulty{disk};
  EmbeddedLogOptions options;
  Duration retention = TopicSpec().retentionTime;
  std::unique_ptr<EmbeddedLog> log;
};

}  // namespace

class LogRecoveryTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatWasCommittedIsThereAfterOpeningAgain();
  void aTornTailIsTruncated();
  void aSegmentThatWasNeverCommittedIsRemoved();
  void aTornJournalRecordIsDropped();
  void aDamagedJournalRecordBeforeAGoodOneIsRefused();
  void aJournalWithoutOneOfItsRecordsIsRefused();
  void aFlippedByteInTheLastCommitIsRefusedAtOpening();
  void aFlippedByteBeforeTheCommitPointIsRefusedAtReading();
  void everyFlippedBitIsNoticed();
  void aMissingSegmentIsRefused();
  void aMissingJournalIsRefused();
  void aMissingTopicIsRefused();
  void aShortSegmentIsRefused();
  void newerVersionsAreRefused();
  void aJournalOfTheEarlierVersionStaysSoUntilTheFirstCommit();
  void aMissingOrDamagedIndexIsBuiltAnew();
  void trimmedSegmentsStayAwayAfterOpeningAgain();
  void aFailedSyncStopsTheLogUntilItIsOpenedAgain();
  void aFullDiskIsSaidAndTheLogGoesOnWithSpace();
  void whatDoesNotKnowItsTimeIsAsOldAsWhatFollowsIt();
  void theJournalStaysShort();
  void crashPointsArePassedInOrder();
  void crashPointsOfAStartArePassedInOrder();
};

void LogRecoveryTest::whatWasCommittedIsThereAfterOpeningAgain() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(20);
  const Texts before = contents(*home.log, kOrders);
  QVERIFY(home.files(".segment").size() > 3);
  WEIR_VERIFY(home.open());
  QCOMPARE(contents(*home.log, kOrders), before);
  for (std::int64_t offset = 0; offset < 20; ++offset) {
    QCOMPARE(contents(*home.log, kOrders, offset), Texts(before.begin() + offset, before.end()));
  }
  WEIR_VERIFY(home.commit("more"));
  QCOMPARE(contents(*home.log, kOrders, 20), Texts{"20:more"});
}

void LogRecoveryTest::aTornTailIsTruncated() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(2);
  const std::string segment = home.files(".segment").back();
  const std::uint64_t size = home.size(segment);
  home.append(segment, "half of a run");
  WEIR_VERIFY(home.open());
  QCOMPARE(home.size(segment), size);
  QCOMPARE(contents(*home.log, kOrders).size(), std::size_t{2});
  WEIR_VERIFY(home.commit("more"));
  QCOMPARE(contents(*home.log, kOrders, 2), Texts{"2:more"});
}

void LogRecoveryTest::aSegmentThatWasNeverCommittedIsRemoved() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(1);
  const std::string stray = home.folder() + segmentFileName({1, 2});
  home.append(stray, "anything");
  WEIR_VERIFY(home.open());
  QVERIFY(!*home.disk.exists(stray));
}

void LogRecoveryTest::aTornJournalRecordIsDropped() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(3);
  const std::uint64_t size = home.size("/home/log/journal");
  WEIR_VERIFY(home.commit("last"));
  WEIR_VERIFY((*home.disk.open("/home/log/journal", runtime::OpenMode::Append))->truncate(size + 40));
  WEIR_VERIFY(home.open());
  QCOMPARE(home.size("/home/log/journal"), size);
  QCOMPARE(contents(*home.log, kOrders).size(), std::size_t{3});
}

void LogRecoveryTest::aDamagedJournalRecordBeforeAGoodOneIsRefused() {
  Home home;
  WEIR_VERIFY(home.open());
  WEIR_VERIFY(home.commit("a"));
  const std::uint64_t size = home.size("/home/log/journal");
  home.commitSome(2);
  WEIR_VERIFY(faults::flipBit(home.disk, "/home/log/journal", size + 50));
  const auto opened = home.open();
  QVERIFY(!opened.ok());
  QVERIFY(opened.error().kind == ErrorKind::Corrupt);
  QVERIFY(mentions(opened.error(), "/home/log/journal is damaged at byte " + std::to_string(size)));
}

void LogRecoveryTest::aJournalWithoutOneOfItsRecordsIsRefused() {
  Home home;
  WEIR_VERIFY(home.open());
  std::vector<std::uint64_t> sizes;
  for (const char* const text : {"a", "b", "c"}) {
    WEIR_VERIFY(home.commit(text));
    sizes.push_back(home.size("/home/log/journal"));
  }
  const auto journal = std::move(*home.disk.open("/home/log/journal", runtime::OpenMode::Append));
  std::vector<std::byte> last(sizes[2] - sizes[1]);
  WEIR_VERIFY(journal->read(sizes[1], last));
  WEIR_VERIFY(journal->truncate(sizes[0]));
  WEIR_VERIFY(journal->append(last));
  const auto opened = home.open();
  QVERIFY(!opened.ok());
  QVERIFY(mentions(opened.error(), "/home/log/journal is damaged at byte " + std::to_string(sizes[0])));
}

void LogRecoveryTest::aFlippedByteInTheLastCommitIsRefusedAtOpening() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(2);
  const std::string segment = home.files(".segment").back();
  WEIR_VERIFY(faults::flipBit(home.disk, segment, home.size(segment) - 20));
  const auto opened = home.open();
  QVERIFY(!opened.ok());
  QVERIFY(opened.error().kind == ErrorKind::Corrupt);
  QVERIFY(mentions(opened.error(), segment + " is damaged at byte"));
}

void LogRecoveryTest::aFlippedByteBeforeTheCommitPointIsRefusedAtReading() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(10);
  const std::string segment = home.files(".segment").front();
  WEIR_VERIFY(faults::flipBit(home.disk, segment, 200));
  WEIR_VERIFY(home.open());
  const Texts found = contents(*home.log, kOrders);
  QVERIFY(found.size() < 10);
  const std::string place = segment + " is damaged at byte ";
  QVERIFY2(found.back().starts_with(place), found.back().c_str());
}

void LogRecoveryTest::everyFlippedBitIsNoticed() {
  Home model;
  WEIR_VERIFY(model.open());
  model.commitSome(6);
  const Texts all = contents(*model.log, kOrders);
  for (const std::string& path : model.files(".segment")) {
    for (std::uint64_t position = 0; position < model.size(path); ++position) {
      WEIR_VERIFY(faults::flipBit(model.disk, path, position, static_cast<int>(position % 8)));
      const bool opened = model.open().ok();
      // Padding is the only thing that may differ without anybody noticing, and then nothing is lost.
      if (opened) {
        const Texts found = contents(*model.log, kOrders);
        const bool noticed = found.back().find("is damaged at byte") != std::string::npos ||
                             found.back().find("format version") != std::string::npos;
        QVERIFY2(noticed || found == all, (path + " " + std::to_string(position)).c_str());
      }
      WEIR_VERIFY(faults::flipBit(model.disk, path, position, static_cast<int>(position % 8)));
    }
  }
}

void LogRecoveryTest::aMissingSegmentIsRefused() {
  for (const bool first : {true, false}) {
    Home home;
    WEIR_VERIFY(home.open());
    home.commitSome(20);
    const std::vector<std::string> segments = home.files(".segment");
    WEIR_VERIFY(home.disk.remove(first ? segments.front() : segments[segments.size() / 2]));
    const auto opened = home.open();
    QVERIFY(!opened.ok());
    QVERIFY(mentions(opened.error(), "is missing"));
  }
}

void LogRecoveryTest::aMissingJournalIsRefused() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(1);
  WEIR_VERIFY(home.disk.remove("/home/log/journal"));
  const auto opened = home.open();
  QVERIFY(!opened.ok());
  QVERIFY(mentions(opened.error(), "'journal' is missing"));
}

void LogRecoveryTest::aMissingTopicIsRefused() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(1);
  WEIR_VERIFY(home.disk.remove("/home/log/topics/orders/topic"));
  const auto opened = home.open();
  QVERIFY(!opened.ok());
  QVERIFY(mentions(opened.error(), "topic 'orders'"));
}

void LogRecoveryTest::aShortSegmentIsRefused() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(2);
  const std::string segment = home.files(".segment").back();
  WEIR_VERIFY((*home.disk.open(segment, runtime::OpenMode::Append))->truncate(home.size(segment) - 8));
  const auto opened = home.open();
  QVERIFY(!opened.ok());
  QVERIFY(mentions(opened.error(), "bytes were committed"));
}

void LogRecoveryTest::aJournalOfTheEarlierVersionStaysSoUntilTheFirstCommit() {
  Home home;
  const std::string path = "/home/log/journal";
  const auto version = [&home, &path] {
    std::byte found{};
    const auto read = (*home.disk.open(path, runtime::OpenMode::Read))->read(8, {&found, 1});
    return read ? static_cast<int>(found) : -1;
  };
  WEIR_VERIFY(home.open());
  // An empty journal is the same in both.
  for (const int bit : {0, 1}) WEIR_VERIFY(faults::flipBit(home.disk, path, 8, bit));
  WEIR_VERIFY(home.open());
  QCOMPARE(version(), 1);
  WEIR_VERIFY(home.commit("a"));
  QCOMPARE(version(), 2);
  WEIR_VERIFY(home.commit("b"));
  WEIR_VERIFY(home.open());
  QCOMPARE(contents(*home.log, kOrders), (Texts{"0:a", "1:b"}));
}

void LogRecoveryTest::newerVersionsAreRefused() {
  for (const std::string name : {"segment", "journal"}) {
    Home home;
    WEIR_VERIFY(home.open());
    home.commitSome(1);
    const std::string path = name == "journal" ? "/home/log/journal" : home.files(".segment").front();
    WEIR_VERIFY(faults::flipBit(home.disk, path, 8, name == "journal" ? 0 : 1));  // version 2 and 1 become 3
    const auto opened = home.open();
    QVERIFY(!opened.ok());
    QVERIFY(opened.error().kind == ErrorKind::Config);
    QVERIFY2(mentions(opened.error(), "format version 3"), opened.error().message.c_str());
  }
}

void LogRecoveryTest::aMissingOrDamagedIndexIsBuiltAnew() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(20);
  const Texts all = contents(*home.log, kOrders);
  const std::vector<std::string> indexes = home.files(".index");
  QVERIFY(indexes.size() > 2);
  WEIR_VERIFY(home.disk.remove(indexes[0]));
  WEIR_VERIFY(faults::flipBit(home.disk, indexes[1], 40));
  WEIR_VERIFY(home.open());
  for (std::int64_t offset = 0; offset < 20; ++offset) {
    QCOMPARE(contents(*home.log, kOrders, offset), Texts(all.begin() + offset, all.end()));
  }
}

void LogRecoveryTest::trimmedSegmentsStayAwayAfterOpeningAgain() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(20);
  WEIR_VERIFY(home.log->trim(kOrders, Position::of(15)));
  WEIR_VERIFY(home.commit("more"));
  const Texts kept = contents(*home.log, kOrders);
  QVERIFY(kept.size() < 12);
  WEIR_VERIFY(home.open());
  QCOMPARE(contents(*home.log, kOrders), kept);
}

void LogRecoveryTest::aFailedSyncStopsTheLogUntilItIsOpenedAgain() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(2);
  home.faulty.failSync(1);
  QVERIFY(!home.commit("lost").ok());
  const auto next = home.commit("also refused");
  QVERIFY(!next.ok());
  QVERIFY(mentions(next.error(), "until it is opened again"));
  QVERIFY(!home.log->read(kOrders, Position()).ok());
  WEIR_VERIFY(home.open());
  QCOMPARE(contents(*home.log, kOrders).size(), std::size_t{2});
  WEIR_VERIFY(home.commit("more"));
}

void LogRecoveryTest::aFullDiskIsSaidAndTheLogGoesOnWithSpace() {
  for (std::int64_t space = 0; space < 400; space += 7) {
    Home home;
    WEIR_VERIFY(home.open());
    home.commitSome(2);
    const Texts before = contents(*home.log, kOrders);
    home.faulty.setSpace(space);
    const auto committed = home.commit(std::string(100, 'x'));
    if (!committed) {
      QVERIFY(committed.error().kind == ErrorKind::Retryable);
      QVERIFY(mentions(committed.error(), "pace"));
      WEIR_VERIFY(home.open());  // even while the disk is full
      QCOMPARE(contents(*home.log, kOrders), before);
    }
    home.faulty.setSpace(-1);
    WEIR_VERIFY(home.commit("more"));
    QCOMPARE(contents(*home.log, kOrders).back(), std::string(committed ? "3" : "2") + ":more");
  }
}

void LogRecoveryTest::whatDoesNotKnowItsTimeIsAsOldAsWhatFollowsIt() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(20);  // without a clock, as in a home of an earlier version
  ManualClock clock{1'000'000 * kSecond};
  home.options.clock = &clock;
  home.retention = 40 * kSecond;
  for (int start = 0; start < 2; ++start) {
    WEIR_VERIFY(home.open());
    WEIR_VERIFY(home.log->expire());
    QCOMPARE(contents(*home.log, kOrders).size(), std::size_t{20});
  }
  clock.advance(60 * kSecond);
  WEIR_VERIFY(home.commit("young"));
  WEIR_VERIFY(home.log->expire());
  QCOMPARE(contents(*home.log, kOrders), Texts{"20:young"});
}

void LogRecoveryTest::theJournalStaysShort() {
  Home home;
  home.options.journalLimit = 2000;
  WEIR_VERIFY(home.open());
  home.commitSome(100);
  QVERIFY(home.size("/home/log/journal") < 2200);
  const Texts all = contents(*home.log, kOrders);
  WEIR_VERIFY(home.open());
  QCOMPARE(contents(*home.log, kOrders), all);
}

void LogRecoveryTest::crashPointsArePassedInOrder() {
  Home home;
  Texts passed;
  home.options.crashPoints = [&](std::string_view point) { passed.emplace_back(point); };
  WEIR_VERIFY(home.open());
  WEIR_VERIFY(home.commit("a"));
  QCOMPARE(passed, (Texts{"recovery.log.done", "segment.rolled", "log.append.done", "log.synced", "journal.written",
                          "journal.synced", "log.published"}));
}

void LogRecoveryTest::crashPointsOfAStartArePassedInOrder() {
  Home home;
  WEIR_VERIFY(home.open());
  home.commitSome(2);
  home.append(home.files(".segment").back(), "half of a run");
  home.append("/home/log/journal", "half of a record");
  Texts passed;
  home.options.crashPoints = [&](std::string_view point) { passed.emplace_back(point); };
  WEIR_VERIFY(home.open());
  QCOMPARE(passed, (Texts{"recovery.journal.cut", "recovery.truncated", "recovery.log.done"}));
}

WEIR_TEST(LogRecoveryTest)
#include "log_recovery_test.moc"
