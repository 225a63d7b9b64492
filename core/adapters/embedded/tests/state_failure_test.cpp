// What becomes of stored state when writes fail, and of state that an older Weir wrote.
#include <rocksdb/db.h>

#include <QTemporaryDir>
#include <set>

#include "core/adapters/embedded/state/rocks_state_store.hpp"
#include "core/adapters/embedded/state/state_keys.hpp"
#include "core/adapters/embedded/tests/failing_file_system.hpp"
#include "core/adapters/embedded/tests/log_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using runtime::StateDelta;
using runtime::StoreId;

namespace {

using Kind = StateDelta::Kind;
using Texts = std::vector<std::string>;
const StoreId kCounts = {"count", "counts"};

struct Home {
  Home() : files(std::make_shared<FailingFileSystem>()) { options.folder = folder.path().toStdString() + "/state"; }
  QTemporaryDir folder;
  std::shared_ptr<FailingFileSystem> files;
  RocksStateStoreOptions options;
};

Result<void> put(RocksStateStore& store, std::int32_t partition, std::string_view value, std::int64_t upTo) {
  const StateDelta delta{Kind::Put, "counts", 0, "a", value};
  return store.apply("count", partition, std::span(&delta, 1), runtime::Position::of(upTo));
}

Texts entries(RocksStateStore& store, std::int32_t partition, std::int64_t segment = 0) {
  Texts found;
  const auto scanned =
      store.scan(kCounts, partition, segment, {}, {}, [&](std::string_view key, std::string_view value) {
        found.push_back(std::string(key) + "=" + std::string(value));
        return true;
      });
  if (!scanned) found.push_back(scanned.error().message);
  return found;
}

// A database as Weir of format 1 wrote it: a family for each store and segment, partition and key in it.
class FormatOne {
 public:
  explicit FormatOne(const std::string& folder) {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    ok_ = rocksdb::DB::Open(options, folder, &opened).ok();
    database_.reset(opened);
    ok_ = ok_ && database_->Put({}, "format", "1").ok() && database_->Put({}, storeKey(kCounts), "stamp").ok();
  }
  ~FormatOne() {
    for (auto& [segment, family] : families_) database_->DestroyColumnFamilyHandle(family);
  }
  bool ok() const { return ok_; }
  void applied(std::int32_t partition, std::int64_t offset) {
    const rocksdb::Slice value(reinterpret_cast<const char*>(&offset), sizeof offset);
    ok_ = ok_ && database_->Put({}, offsetKey("count", partition), value).ok();
  }
  void put(std::int32_t partition, std::int64_t segment, std::string_view key, std::string_view value) {
    auto [family, isNew] = families_.try_emplace(segment, nullptr);
    if (isNew) {
      std::string name = "s" + named() + segmentBytes(segment);
      ok_ = ok_ && database_->CreateColumnFamily({}, name, &family->second).ok();
    }
    std::string where;
    appendBigEndian(where, static_cast<std::uint32_t>(partition), 4);
    ok_ = ok_ && database_->Put({}, "p" + named() + where + segmentBytes(segment), "").ok() &&
          database_->Put({}, family->second, where + std::string(key), std::string(value)).ok();
  }

 private:
  static std::string named() {
    std::string text;
    appendText(text, kCounts.node);
    appendText(text, kCounts.store);
    return text;
  }
  static std::string segmentBytes(std::int64_t segment) {
    std::string bytes;
    appendBigEndian(bytes, static_cast<std::uint64_t>(segment) ^ 1ULL << 63, 8);
    return bytes;
  }
  std::unique_ptr<rocksdb::DB> database_;
  std::map<std::int64_t, rocksdb::ColumnFamilyHandle*> families_;
  bool ok_ = false;
};

std::size_t familyCount(const std::string& folder) {
  std::vector<std::string> families;
  static_cast<void>(rocksdb::DB::ListColumnFamilies({}, folder, &families));
  return families.size();
}

// Asks for a stop as soon as it hears how far something is.
class ImpatientLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::string_view text) override {
    lines.emplace_back(text);
    stop.request_stop();
  }
  Texts lines;
  std::stop_source stop;
};

}  // namespace

class StateFailureTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void itGoesOnByItselfWhenThereIsSpaceAgain();
  void afterAFailedWriteTheBatchIsThereAsAWholeOrNotAtAll();
  void whoeverIsBehindAfterAReopeningHasToLookFirst();
  void afterAReopeningAPieceOfARunIsNotTakenForGranted();
  void aReaderEndsOnTheDatabaseItBeganOn();
  void stateOfFormatOneIsConverted();
  void aConversionThatWasStoppedBeginsAgain();
};

void StateFailureTest::itGoesOnByItselfWhenThereIsSpaceAgain() {
  Home home;
  home.options.files = home.files;
  RocksStateStore store(home.options);
  WEIR_VERIFY(store.open(kCounts, "stamp"));
  for (const std::int32_t partition : {0, 1}) WEIR_VERIFY(put(store, partition, "1", 1));
  home.files->fail(rocksdb::IOStatus::NoSpace("injected"));
  const Result<void> full = put(store, 0, "2", 2);
  QVERIFY(!full.ok());
  QCOMPARE(full.error().kind, ErrorKind::Retryable);
  QVERIFY2(words::mentions(full.error(), "Disk full"), full.error().message.c_str());
  // Whatever works meanwhile and whatever does not: nothing ends the process, and nothing becomes wrong.
  static_cast<void>(put(store, 1, "2", 2));
  QVERIFY(home.files->failures() > 0);
  home.files->work();
  for (const std::int32_t partition : {0, 1}) {
    const auto offset = store.appliedUpTo("count", partition);
    QVERIFY(offset.ok());
    QCOMPARE(entries(store, partition), Texts{"a=" + std::to_string(offset->value())});
    WEIR_VERIFY(put(store, partition, "3", 3));
    QCOMPARE(entries(store, partition), Texts{"a=3"});
  }
  WEIR_VERIFY(store.sync());
}

void StateFailureTest::afterAFailedWriteTheBatchIsThereAsAWholeOrNotAtAll() {
  std::set<std::int64_t> outcomes;
  for (int after = 0; after < 6; ++after) {
    Home home;
    home.options.files = home.files;
    RocksStateStore store(home.options);
    WEIR_VERIFY(store.open(kCounts, "stamp"));
    WEIR_VERIFY(put(store, 0, "1", 1));
    const std::string large(200 << 10, 'x');
    const StateDelta deltas[] = {{Kind::Put, "counts", 0, "a", "2"}, {Kind::Put, "counts", 0, "b", large}};
    home.files->fail(rocksdb::IOStatus::IOError("injected"), after);
    const bool written = store.apply("count", 0, deltas, runtime::Position::of(2)).ok();
    home.files->work();
    const auto offset = store.appliedUpTo("count", 0);
    QVERIFY(offset.ok());
    QVERIFY2(!written || offset->value() == 2, "what was answered is kept");
    const Texts found = entries(store, 0);
    QCOMPARE(found, offset->value() == 2 ? (Texts{"a=2", "b=" + large}) : Texts{"a=1"});
    outcomes.insert(offset->value());
  }
  QVERIFY2(outcomes.contains(1), "no write has failed");
}

// Its position is the one from before it: whether it is there still, only the beginning of the run can make up for.
void StateFailureTest::afterAReopeningAPieceOfARunIsNotTakenForGranted() {
  Home home;
  home.options.files = home.files;
  RocksStateStore store(home.options);
  WEIR_VERIFY(store.open(kCounts, "stamp"));
  for (const std::int32_t partition : {0, 1}) WEIR_VERIFY(put(store, partition, "1", 1));
  WEIR_VERIFY(put(store, 0, "piece", 1));
  home.files->fail(rocksdb::IOStatus::IOError("injected"));
  QVERIFY(!put(store, 1, "2", 2).ok());
  home.files->work();
  const Result<void> next = put(store, 0, "next piece", 2);
  QVERIFY(!next.ok());
  QCOMPARE(next.error().kind, ErrorKind::Retryable);
  QCOMPARE(store.appliedUpTo("count", 0)->value(), std::int64_t{1});
  WEIR_VERIFY(put(store, 0, "piece", 1));
  WEIR_VERIFY(put(store, 0, "next piece", 2));
  QCOMPARE(entries(store, 0), Texts{"a=next piece"});
}

void StateFailureTest::whoeverIsBehindAfterAReopeningHasToLookFirst() {
  Home home;
  home.options.files = home.files;
  RocksStateStore store(home.options);
  WEIR_VERIFY(store.open(kCounts, "stamp"));
  for (const std::int32_t partition : {0, 1}) WEIR_VERIFY(put(store, partition, "1", 1));
  home.files->fail(rocksdb::IOStatus::IOError("injected"));
  QVERIFY(!put(store, 0, "2", 2).ok());
  home.files->work();
  // What another program would do, were there one: the disk is not what it was.
  {
    RocksStateStoreOptions stranger;
    stranger.folder = home.options.folder;
    RocksStateStore other(stranger);
    WEIR_VERIFY(other.open(kCounts, "stamp"));
    WEIR_VERIFY(put(other, 0, "0", 0));
  }
  std::vector<std::optional<std::string>> values;
  const std::vector<std::string_view> keys = {"a"};
  const Result<void> stale = store.getMany(kCounts, 0, 0, keys, values);
  QVERIFY(!stale.ok());
  QCOMPARE(stale.error().kind, ErrorKind::Retryable);
  QVERIFY(!put(store, 0, "3", 3).ok());
  WEIR_VERIFY(store.getMany(kCounts, 1, 0, keys, values));  // has lost nothing
  QCOMPARE(store.appliedUpTo("count", 0)->value(), std::int64_t{0});
  WEIR_VERIFY(put(store, 0, "3", 3));
  WEIR_VERIFY(store.getMany(kCounts, 0, 0, keys, values));
  QCOMPARE(values[0].value_or(""), std::string("3"));
}

void StateFailureTest::aReaderEndsOnTheDatabaseItBeganOn() {
  Home home;
  home.options.files = home.files;
  RocksStateStore store(home.options);
  WEIR_VERIFY(store.open(kCounts, "stamp"));
  for (const std::int32_t partition : {0, 1}) WEIR_VERIFY(put(store, partition, "1", 1));
  int seen = 0;
  WEIR_VERIFY(store.scan(kCounts, 1, 0, {}, {}, [&](std::string_view, std::string_view value) {
    home.files->fail(rocksdb::IOStatus::IOError("injected"));
    const bool refused = !put(store, 0, "2", 2).ok() && !put(store, 0, "2", 2).ok();
    home.files->work();
    seen += refused && value == "1" ? 1 : 0;
    return true;
  }));
  QCOMPARE(seen, 1);
  QVERIFY(store.appliedUpTo("count", 0).ok());
  WEIR_VERIFY(put(store, 0, "2", 2));
}

void StateFailureTest::stateOfFormatOneIsConverted() {
  Home home;
  {
    FormatOne old(home.options.folder);
    for (std::int64_t segment = -20; segment < 20; ++segment) {
      for (const std::int32_t partition : {0, 3}) {
        old.put(partition, segment, "k" + std::to_string(partition), std::to_string(segment));
      }
    }
    old.put(0, INT64_MAX, "closed", "9");
    old.applied(0, 70);
    old.applied(3, 80);
    QVERIFY(old.ok());
  }
  QVERIFY(familyCount(home.options.folder) > 40);
  for (int opening = 0; opening < 2; ++opening) {
    RocksStateStore store(home.options);
    WEIR_VERIFY(store.open(kCounts, "stamp"));
    QVERIFY(!store.open(kCounts, "another").ok());
    QCOMPARE(store.appliedUpTo("count", 0)->value(), std::int64_t{70});
    QCOMPARE(store.appliedUpTo("count", 3)->value(), std::int64_t{80});
    QCOMPARE(store.segments(kCounts, 0)->size(), std::size_t{41});
    QCOMPARE(store.segments(kCounts, 3)->size(), std::size_t{40});
    QCOMPARE(entries(store, 3, -20), Texts{"k3=-20"});
    QCOMPARE(entries(store, 0, 19), Texts{"k0=19"});
    QCOMPARE(entries(store, 0, INT64_MAX), Texts{"closed=9"});
  }
  QCOMPARE(familyCount(home.options.folder), std::size_t{1});
}

void StateFailureTest::aConversionThatWasStoppedBeginsAgain() {
  Home home;
  {
    FormatOne old(home.options.folder);
    for (std::int64_t segment = 0; segment < 30; ++segment) old.put(0, segment, "a", std::string(100 << 10, 'x'));
    old.applied(0, 7);
    QVERIFY(old.ok());
  }
  ManualClock clock;
  ImpatientLogger logger;
  StartProgress start(clock, logger, logger.stop.get_token());
  clock.advance(2 * kSecond);
  RocksStateStoreOptions stopped = home.options;
  stopped.start = &start;
  {
    RocksStateStore store(stopped);
    QVERIFY(!store.open(kCounts, "stamp").ok());
    QVERIFY(start.stopped());
    QCOMPARE(logger.lines, Texts{"Converting the stored state to this version's format: 0 %."});
  }
  QVERIFY(familyCount(home.options.folder) > 30);
  RocksStateStore store(home.options);
  WEIR_VERIFY(store.open(kCounts, "stamp"));
  QCOMPARE(store.segments(kCounts, 0)->size(), std::size_t{30});
  QCOMPARE(store.appliedUpTo("count", 0)->value(), std::int64_t{7});
}

WEIR_TEST(StateFailureTest)
#include "state_failure_test.moc"
