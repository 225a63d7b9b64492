// What every StateStore keeps: the same tests on the one in memory and on the one over RocksDB.
#include <rocksdb/db.h>

#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <random>

#include "core/adapters/embedded/state/rocks_state_store.hpp"
#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_state_store.hpp"
#include "tests/crash/faults/lossy_file_system.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using runtime::StateDelta;
using runtime::StateStore;
using runtime::StoreId;

namespace {

using Kind = StateDelta::Kind;
using Texts = std::vector<std::string>;
const StoreId kCounts = {"count", "counts"};

StateDelta put(std::string_view key, std::string_view value, std::int64_t segment = 0,
               std::string_view store = "counts") {
  return {Kind::Put, store, segment, key, value};
}
StateDelta erase(std::string_view key, std::int64_t segment = 0) {
  return {Kind::Delete, "counts", segment, key, {}};
}
StateDelta dropBelow(std::int64_t segment) {
  return {Kind::DropBelow, "counts", segment, {}, {}};
}

Result<void> apply(StateStore& store, std::int32_t partition, std::vector<StateDelta> deltas, std::int64_t upTo = 1) {
  return store.apply("count", partition, deltas, runtime::Position::of(upTo));
}

Texts entries(StateStore& store, std::int32_t partition = 0, std::int64_t segment = 0, std::string_view from = {},
              std::string_view to = {}) {
  Texts found;
  const auto scanned =
      store.scan(kCounts, partition, segment, from, to, [&](std::string_view key, std::string_view value) {
        found.push_back(std::string(key) + "=" + std::string(value));
        return true;
      });
  if (!scanned) found.push_back(scanned.error().message);
  return found;
}

void withDatabase(const std::string& folder, const std::function<void(rocksdb::DB&)>& work) {
  rocksdb::DB* opened = nullptr;
  QVERIFY(rocksdb::DB::OpenForReadOnly({}, folder, &opened).ok());
  const std::unique_ptr<rocksdb::DB> database(opened);
  work(*database);
}

std::uint64_t bytesOfTables(const std::string& folder) {
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".sst") bytes += file.file_size();
  }
  return bytes;
}

class Subject {
 public:
  explicit Subject(const QString& kind) : kind_(kind) { make(); }
  StateStore* operator->() { return store_.get(); }
  StateStore& operator*() { return *store_; }
  bool survives() const { return kind_ == "rocksdb"; }
  // Closes and opens it again: nothing but what is on disk is left.
  void again() {
    store_.reset();
    make();
    WEIR_VERIFY(store_->open(kCounts, "1"));
  }
  std::string folder() const { return folder_.path().toStdString() + "/state"; }

 private:
  void make() {
    if (kind_ == "memory") {
      store_ = std::make_unique<runtime::MemoryStateStore>();
    } else {
      RocksStateStoreOptions options;
      options.folder = folder();
      options.memoryBudget = 8 << 20;
      store_ = std::make_unique<RocksStateStore>(options);
    }
  }
  QString kind_;
  QTemporaryDir folder_;
  std::unique_ptr<StateStore> store_;
};

}  // namespace

class StateStoreTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase_data();
  void whatIsAppliedIsFound();
  void laterDeltasWin();
  void partitionsAndSegmentsAreApart();
  void scansKeepOrderAndBounds();
  void scansStopWhenTold();
  void droppedSegmentsAreGone();
  void aSegmentThatIsUsedAgainBeginsEmpty();
  void putsAndDropsInOneApplyKeepTheirOrder();
  void aStoreThatWasNotOpenedIsRefused();
  void anotherStampIsRefused();
  void everythingIsThereAfterOpeningAgain();
  void stateOfANewerVersionIsRefused();
  void nothingIsMadeBeforeTheFirstEntry();
  void droppedSegmentsLeaveTheDisk();
  void thereIsOneFamilyWhateverTheSegmentsAre();
  void endsOfSegmentsDoNotPileUp();
  void randomDeltasEqualTheModel();
  void crashPointsArePassedInOrder();
  void aPowerCutTakesWhatWasNotSyncedAndNoMore();
};

void StateStoreTest::initTestCase_data() {
  QTest::addColumn<QString>("kind");
  QTest::newRow("memory") << QString("memory");
  QTest::newRow("rocksdb") << QString("rocksdb");
}

#define SUBJECT()               \
  QFETCH_GLOBAL(QString, kind); \
  Subject store(kind);          \
  WEIR_VERIFY(store->open(kCounts, "1"))

void StateStoreTest::whatIsAppliedIsFound() {
  SUBJECT();
  QCOMPARE(store->appliedUpTo("count", 0)->value(), std::int64_t{0});
  WEIR_VERIFY(apply(*store, 0, {put("a", "1"), put("c", ""), put(std::string_view("\0\xff", 2), "3")}, 17));
  std::vector<std::optional<std::string>> values;
  const std::vector<std::string_view> keys = {std::string_view("\0\xff", 2), "a", "b", "c"};
  WEIR_VERIFY(store->getMany(kCounts, 0, 0, keys, values));
  QVERIFY(values == (std::vector<std::optional<std::string>>{"3", "1", std::nullopt, ""}));
  QCOMPARE(store->appliedUpTo("count", 0)->value(), std::int64_t{17});
  QCOMPARE(store->appliedUpTo("count", 1)->value(), std::int64_t{0});
}

void StateStoreTest::laterDeltasWin() {
  SUBJECT();
  WEIR_VERIFY(apply(*store, 0, {put("a", "1"), put("b", "1")}));
  WEIR_VERIFY(apply(*store, 0, {put("a", "2"), erase("b"), erase("never"), put("c", "1"), erase("c")}));
  QCOMPARE(entries(*store), Texts{"a=2"});
}

void StateStoreTest::partitionsAndSegmentsAreApart() {
  SUBJECT();
  WEIR_VERIFY(apply(*store, 0, {put("a", "00", 0), put("a", "05", 5), put("a", "0-5", -5)}));
  WEIR_VERIFY(apply(*store, 256, {put("a", "10", 0)}));
  QCOMPARE(entries(*store, 0, 0), Texts{"a=00"});
  QCOMPARE(entries(*store, 0, 5), Texts{"a=05"});
  QCOMPARE(entries(*store, 256, 0), Texts{"a=10"});
  QCOMPARE(entries(*store, 1, 0), Texts());
  QCOMPARE(*store->segments(kCounts, 0), (std::vector<std::int64_t>{-5, 0, 5}));
  QCOMPARE(*store->segments(kCounts, 256), (std::vector<std::int64_t>{0}));
}

void StateStoreTest::scansKeepOrderAndBounds() {
  SUBJECT();
  WEIR_VERIFY(apply(*store, 0, {put("a", "1"), put("ab", "2"), put("b", "3"), put("\xff", "4"), put("", "0")}));
  WEIR_VERIFY(apply(*store, 1, {put("", "other")}));
  QCOMPARE(entries(*store), (Texts{"=0", "a=1", "ab=2", "b=3", "\xff=4"}));
  QCOMPARE(entries(*store, 0, 0, "a", "b"), (Texts{"a=1", "ab=2"}));
  QCOMPARE(entries(*store, 0, 0, "aa"), (Texts{"ab=2", "b=3", "\xff=4"}));
  QCOMPARE(entries(*store, 0, 0, "b", "a"), Texts());
}

void StateStoreTest::scansStopWhenTold() {
  SUBJECT();
  WEIR_VERIFY(apply(*store, 0, {put("a", "1"), put("b", "2")}));
  int visits = 0;
  WEIR_VERIFY(store->scan(kCounts, 0, 0, {}, {}, [&](std::string_view, std::string_view) {
    ++visits;
    return false;
  }));
  QCOMPARE(visits, 1);
}

void StateStoreTest::droppedSegmentsAreGone() {
  SUBJECT();
  for (const std::int32_t partition : {0, 1}) {
    WEIR_VERIFY(apply(*store, partition, {put("a", "1", 1), put("a", "2", 2), put("a", "3", 3)}));
  }
  WEIR_VERIFY(apply(*store, 0, {dropBelow(3)}));
  QCOMPARE(*store->segments(kCounts, 0), (std::vector<std::int64_t>{3}));
  QCOMPARE(entries(*store, 0, 2), Texts());
  QCOMPARE(entries(*store, 1, 2), Texts{"a=2"});
  WEIR_VERIFY(apply(*store, 1, {dropBelow(2)}));
  QCOMPARE(*store->segments(kCounts, 1), (std::vector<std::int64_t>{2, 3}));
}

void StateStoreTest::aSegmentThatIsUsedAgainBeginsEmpty() {
  SUBJECT();
  for (const std::int32_t partition : {0, 1}) WEIR_VERIFY(apply(*store, partition, {put("old", "1", 1)}));
  WEIR_VERIFY(apply(*store, 0, {dropBelow(2)}));
  WEIR_VERIFY(apply(*store, 0, {put("new", "2", 1)}));
  QCOMPARE(entries(*store, 0, 1), Texts{"new=2"});
  QCOMPARE(entries(*store, 1, 1), Texts{"old=1"});
}

void StateStoreTest::putsAndDropsInOneApplyKeepTheirOrder() {
  SUBJECT();
  WEIR_VERIFY(apply(*store, 0, {put("a", "1", 1), dropBelow(2), put("b", "2", 1), put("c", "3", 2)}));
  QCOMPARE(entries(*store, 0, 1), Texts{"b=2"});
  WEIR_VERIFY(apply(*store, 0, {put("a", "1", 1), dropBelow(9)}));
  QCOMPARE(*store->segments(kCounts, 0), std::vector<std::int64_t>());
}

void StateStoreTest::aStoreThatWasNotOpenedIsRefused() {
  SUBJECT();
  QVERIFY(!apply(*store, 0, {put("a", "1", 0, "unknown")}).ok());
  std::vector<std::optional<std::string>> values;
  QVERIFY(!store->getMany({"count", "unknown"}, 0, 0, {}, values).ok());
}

void StateStoreTest::anotherStampIsRefused() {
  SUBJECT();
  WEIR_VERIFY(apply(*store, 0, {put("a", "1")}));
  WEIR_VERIFY(store->open(kCounts, "1"));
  const auto other = store->open(kCounts, "2");
  QVERIFY(!other.ok());
  QVERIFY(words::mentions(other.error(), "another meaning"));
}

void StateStoreTest::everythingIsThereAfterOpeningAgain() {
  SUBJECT();
  if (!store.survives()) return;
  WEIR_VERIFY(apply(*store, 0, {put("a", "1"), put("b", "2", 7)}, 5));
  WEIR_VERIFY(apply(*store, 3, {put("a", "3")}, 6));
  WEIR_VERIFY(apply(*store, 0, {put("c", "4", 6), dropBelow(7)}, 7));
  store.again();
  QCOMPARE(entries(*store, 3), Texts{"a=3"});
  QCOMPARE(*store->segments(kCounts, 0), (std::vector<std::int64_t>{7}));
  QCOMPARE(store->appliedUpTo("count", 0)->value(), std::int64_t{7});
  QCOMPARE(store->appliedUpTo("count", 3)->value(), std::int64_t{6});
  QVERIFY(!store->open(kCounts, "2").ok());
}

void StateStoreTest::stateOfANewerVersionIsRefused() {
  QTemporaryDir temporary;
  const std::string folder = temporary.path().toStdString() + "/state";
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* database = nullptr;
    QVERIFY(rocksdb::DB::Open(options, folder, &database).ok());
    QVERIFY(database->Put({}, "format", "3").ok());
    delete database;
  }
  RocksStateStore store({folder, 8 << 20, {}});
  const auto opened = store.open(kCounts, "1");
  QVERIFY(!opened.ok());
  QVERIFY2(words::mentions(opened.error(), "format version 3"), opened.error().message.c_str());
}

void StateStoreTest::nothingIsMadeBeforeTheFirstEntry() {
  SUBJECT();
  if (!store.survives()) return;
  QCOMPARE(entries(*store), Texts());
  QCOMPARE(store->appliedUpTo("count", 0)->value(), std::int64_t{0});
  QVERIFY(!QDir(QString::fromStdString(store.folder())).exists());
}

void StateStoreTest::droppedSegmentsLeaveTheDisk() {
  SUBJECT();
  if (!store.survives()) return;
  const std::string value(1000, 'x');
  for (std::int64_t segment = 0; segment < 400; ++segment) {
    std::vector<StateDelta> deltas = {dropBelow(segment)};
    std::vector<std::string> keys;
    for (int i = 0; i < 100; ++i) keys.push_back(std::to_string(i));
    for (const std::string& key : keys) deltas.push_back(put(key, value, segment));
    WEIR_VERIFY(apply(*store, 0, deltas));
  }
  store.again();
  QVERIFY2(bytesOfTables(store.folder()) < 10 << 20, "of 40 MB in all, one segment of 100 kB is alive");
}

void StateStoreTest::thereIsOneFamilyWhateverTheSegmentsAre() {
  SUBJECT();
  if (!store.survives()) return;
  for (std::int64_t segment = 0; segment < 500; ++segment) {
    WEIR_VERIFY(
        apply(*store, static_cast<std::int32_t>(segment % 7), {put("a", "x", segment), dropBelow(segment - 90)}));
  }
  store.again();
  std::vector<std::string> families;
  QVERIFY(rocksdb::DB::ListColumnFamilies({}, store.folder(), &families).ok());
  QCOMPARE(families.size(), std::size_t{1});
}

// Reads pay for each range deletion that is still there.
void StateStoreTest::endsOfSegmentsDoNotPileUp() {
  SUBJECT();
  if (!store.survives()) return;
  constexpr std::int64_t kEnds = 5000;
  for (std::int64_t segment = 0; segment < kEnds; ++segment) {
    WEIR_VERIFY(apply(*store, 0, {put("a", "x", segment), dropBelow(segment)}));
  }
  std::uint64_t deletions = 0;
  withDatabase(store.folder(), [&](rocksdb::DB& database) {
    rocksdb::TablePropertiesCollection tables;
    QVERIFY(database.GetPropertiesOfAllTables(&tables).ok());
    for (const auto& [file, properties] : tables) deletions += properties->num_range_deletions;
  });
  QVERIFY2(deletions < kEnds / 5, std::to_string(deletions).c_str());
}

void StateStoreTest::randomDeltasEqualTheModel() {
  SUBJECT();
  std::mt19937 random(4);
  runtime::MemoryStateStore model;
  WEIR_VERIFY(model.open(kCounts, "1"));
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> texts;
    texts.reserve(200);
    std::vector<StateDelta> deltas;
    for (int i = 0; i < 50; ++i) {
      texts.push_back(std::to_string(random() % 30));
      const std::string_view key = texts.back();
      const auto segment = static_cast<std::int64_t>(random() % 5 + static_cast<unsigned>(round / 10));
      const auto kindOf = random() % 20;
      if (kindOf == 0) {
        deltas.push_back(dropBelow(segment));
      } else if (kindOf < 6) {
        deltas.push_back(erase(key, segment));
      } else {
        texts.push_back(std::to_string(random()));
        deltas.push_back(put(key, texts.back(), segment));
      }
    }
    const auto partition = static_cast<std::int32_t>(random() % 3);
    WEIR_VERIFY(store->apply("count", partition, deltas, runtime::Position::of(round)));
    WEIR_VERIFY(model.apply("count", partition, deltas, runtime::Position::of(round)));
    if (store.survives() && round % 20 == 19) store.again();
    for (std::int32_t p = 0; p < 3; ++p) {
      QCOMPARE(*store->segments(kCounts, p), *model.segments(kCounts, p));
      for (std::int64_t segment = 0; segment < 12; ++segment) {
        QCOMPARE(entries(*store, p, segment), entries(model, p, segment));
      }
    }
  }
}

void StateStoreTest::crashPointsArePassedInOrder() {
  QFETCH_GLOBAL(QString, kind);
  if (kind != "rocksdb") return;  // the one in memory cannot crash on its own
  const QTemporaryDir folder;
  Texts passed;
  RocksStateStoreOptions options;
  options.folder = folder.path().toStdString() + "/state";
  options.crashPoints = [&](std::string_view point) { passed.emplace_back(point); };
  {
    RocksStateStore store(options);
    WEIR_VERIFY(store.open(kCounts, "1"));
    WEIR_VERIFY(apply(store, 0, {put("a", "1", 7)}));
    WEIR_VERIFY(apply(store, 0, {dropBelow(8)}, 2));
    WEIR_VERIFY(store.sync());
  }
  QCOMPARE(passed, (Texts{"state.flush.begin", "state.flush.written", "state.flush.end", "state.flush.begin",
                          "state.flush.written", "state.segment.dropped", "state.flush.end", "state.synced"}));
  passed.clear();
  RocksStateStore again(options);
  WEIR_VERIFY(again.open(kCounts, "1"));
  QCOMPARE(passed, Texts{"recovery.state.opened"});
}

void StateStoreTest::aPowerCutTakesWhatWasNotSyncedAndNoMore() {
  QFETCH_GLOBAL(QString, kind);
  if (kind != "rocksdb") return;
  const QTemporaryDir folder;
  RocksStateStoreOptions options;
  options.folder = folder.path().toStdString() + "/state";
  options.files = faults::makeLossyFileSystem();
  {
    RocksStateStore store(options);
    WEIR_VERIFY(store.open(kCounts, "1"));
    WEIR_VERIFY(apply(store, 0, {put("a", "1", 20), put("b", "1", 7)}, 5));
    WEIR_VERIFY(store.sync());
    WEIR_VERIFY(apply(store, 0, {put("a", "2", 20), put("b", "2", 7), dropBelow(8)}, 9));
  }
  RocksStateStore again(options);
  WEIR_VERIFY(again.open(kCounts, "1"));
  QCOMPARE(again.appliedUpTo("count", 0)->value(), std::int64_t{5});
  QCOMPARE(entries(again, 0, 20), Texts{"a=1"});
  // Files of a segment that ended went at once, and that it ended was lost: the changelog says so again.
  WEIR_VERIFY(apply(again, 0, {put("a", "2", 20), put("b", "2", 7), dropBelow(8)}, 9));
  QCOMPARE(entries(again, 0, 20), Texts{"a=2"});
  QVERIFY(*again.segments(kCounts, 0) == std::vector<std::int64_t>{20});
}

WEIR_TEST(StateStoreTest)
#include "state_store_test.moc"
