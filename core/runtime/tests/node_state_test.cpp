#include "core/runtime/state/node_state.hpp"

#include "core/adapters/memory/memory_log.hpp"
#include "core/adapters/memory/memory_state_store.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/slice.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// Remembers how far it has been synced.
class ObservedStore final : public StateStore {
 public:
  Result<void> dropNode(std::string_view node) override { return store_.dropNode(node); }
  Result<void> open(const StoreId& id, std::string_view stamp) override { return store_.open(id, stamp); }
  Result<Position> appliedUpTo(std::string_view node, std::int32_t partition) override {
    return store_.appliedUpTo(node, partition);
  }
  Result<void> apply(std::string_view node, std::int32_t partition, std::span<const StateDelta> deltas,
                     Position upTo) override {
    ++applies;
    if (failsFrom != 0 && applies >= failsFrom) return retryableError("injected");
    deltaCount += deltas.size();
    applied = upTo;
    return store_.apply(node, partition, deltas, upTo);
  }
  Result<void> sync() override {
    synced = applied;
    return {};
  }
  Result<void> getMany(const StoreId& id, std::int32_t partition, std::int64_t segment,
                       std::span<const std::string_view> keys,
                       std::vector<std::optional<std::string>>& values) override {
    return store_.getMany(id, partition, segment, keys, values);
  }
  Result<void> scan(const StoreId& id, std::int32_t partition, std::int64_t segment, std::string_view from,
                    std::string_view to, const StateVisitor& visitor) override {
    return store_.scan(id, partition, segment, from, to, visitor);
  }
  Result<std::vector<std::int64_t>> segments(const StoreId& id, std::int32_t partition) override {
    return store_.segments(id, partition);
  }
  std::int64_t memoryUse() const override { return store_.memoryUse(); }

  Position applied;
  Position synced;
  int applies = 0;
  int failsFrom = 0;  // 0: none
  std::size_t deltaCount = 0;

 private:
  MemoryStateStore store_;
};

weir_state_entry entryOf(std::int64_t segment) {
  weir_state_entry entry{};
  entry.segment = segment;
  entry.key = toSlice("k");
  entry.value = toSlice("v");
  return entry;
}

topology::PlannedNode statefulNode() {
  topology::PlannedNode node;
  node.id = "sums";
  node.stateStamp = "meaning";
  return node;
}

struct Home {
  Home() {
    TopicSpec changelog;
    changelog.name = changelogTopic("sums");
    created = log.ensureTopic(changelog).ok();
  }
  // One commit that changes one entry.
  void commit(NodeState& state, int round) {
    state.put("sums", "key", std::string(100, static_cast<char>('a' + round % 26)));
    std::vector<PartitionAppend> appends;
    appends.push_back(*state.takeDirty());
    QVERIFY(log.append(std::move(appends)).ok());
    const Result<void> told = state.committed();
    QVERIFY2(told.ok(), told ? "" : told.error().message.c_str());
  }
  // One commit of windows of one entry: it opens one and, when there are more than `open`, ends the eldest.
  void commitWindow(NodeState& state, std::int64_t window, std::int64_t open) {
    NodeStore& store = state.store("windows");
    const weir_state_entry entry = entryOf(window);
    QVERIFY(store.put(std::span(&entry, 1)).ok());
    if (window >= open) QVERIFY(store.dropBelow(window - open + 1).ok());
    std::vector<PartitionAppend> appends;
    appends.push_back(*state.takeDirty());
    QVERIFY(log.append(std::move(appends)).ok());
  }
  Position begin() { return (*log.read({changelogTopic("sums"), 0}, Position()))->position(); }
  StateResources resources(StateStore& store) { return {log, store, budget, kBound}; }

  static constexpr std::int64_t kBound = 1'000;
  MemoryLog log;
  MemoryBudget budget{1 << 20};
  bool created = false;
};

}  // namespace

class NodeStateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theChangelogIsLetGoOnlyAfterASync();
  void stateThatEndsBeforeItsChangelogBeginsIsRefused();
  void replayIsToldAtAStartOnly();
  void aRestartWritesWhatIsLeftOfManyCommitsAtOnce();
  void aCommitOfVeryManyEntriesIsWrittenInPieces();
  void aPositionWithinARunAsAnEarlierVersionKeptItIsGoodToGoOnFrom();
  void aFailedWriteIsMadeUpForFromTheChangelog();
  void aStopEndsAReplayAndTheNextStartGoesOn();
};

void NodeStateTest::theChangelogIsLetGoOnlyAfterASync() {
  Home home;
  QVERIFY(home.created);
  ObservedStore store;
  NodeState state(statefulNode(), 0, home.resources(store));
  for (int round = 0; round < 200; ++round) {
    home.commit(state, round);
    QVERIFY2(home.begin() <= store.synced, "a power cut would lose entries");
  }
  QVERIFY2(home.begin() > Position::of(100), "the changelog grows for ever");
}

void NodeStateTest::stateThatEndsBeforeItsChangelogBeginsIsRefused() {
  Home home;
  QVERIFY(home.created);
  MemoryStateStore store;
  NodeState state(statefulNode(), 0, home.resources(store));
  for (int round = 0; round < 200; ++round) home.commit(state, round);
  QVERIFY(home.begin() > Position());
  MemoryStateStore lost;
  NodeState again(statefulNode(), 0, home.resources(lost));
  const auto value = again.get("sums", "key");
  QVERIFY(!value.ok());
  QCOMPARE(value.error().kind, ErrorKind::Corrupt);
  QVERIFY2(value.error().message.find("what lies between is lost") != std::string::npos, value.error().message.c_str());
}

void NodeStateTest::replayIsToldAtAStartOnly() {
  Home home;
  QVERIFY(home.created);
  MemoryStateStore store;
  StateResources resources = home.resources(store);
  std::vector<std::string> reached;
  resources.reached = [&](std::string_view point) { reached.emplace_back(point); };
  NodeState state(statefulNode(), 0, resources);
  home.commit(state, 0);
  home.commit(state, 1);
  QVERIFY(state.get("sums", "key").ok());  // applies both
  QCOMPARE(reached, std::vector<std::string>());
  MemoryStateStore behind;
  StateResources later = home.resources(behind);
  later.reached = resources.reached;
  NodeState again(statefulNode(), 0, later);
  QVERIFY(again.get("sums", "key").ok());
  QCOMPARE(reached, std::vector<std::string>{"recovery.replayed"});
}

void NodeStateTest::aRestartWritesWhatIsLeftOfManyCommitsAtOnce() {
  constexpr std::int64_t kOpen = 10;
  std::vector<int> applies;
  std::vector<std::size_t> deltas;
  for (const std::int64_t windows : {1000, 2000}) {
    Home home;
    MemoryStateStore store;
    StateResources resources = home.resources(store);
    resources.unappliedBound = 1 << 30;
    {
      NodeState state(statefulNode(), 0, resources);
      for (std::int64_t window = 0; window < windows; ++window) home.commitWindow(state, window, kOpen);
    }
    ObservedStore behind;
    NodeState again(statefulNode(), 0, StateResources{home.log, behind, home.budget, 1 << 30});
    const auto segments = again.store("windows").segments();
    QVERIFY(segments.ok());
    QCOMPARE(segments->size(), static_cast<std::size_t>(kOpen));
    QCOMPARE(segments->front(), windows - kOpen);
    applies.push_back(behind.applies);
    deltas.push_back(behind.deltaCount);
  }
  QCOMPARE(applies, (std::vector<int>{1, 1}));
  QCOMPARE(deltas, std::vector<std::size_t>(2, kOpen + 1));  // the ten that are open, and one end of all others
}

void NodeStateTest::aCommitOfVeryManyEntriesIsWrittenInPieces() {
  Home home;
  constexpr int kEntries = 200'000;
  {
    MemoryStateStore store;
    NodeState state(statefulNode(), 0, StateResources{home.log, store, home.budget, 1 << 30});
    for (int i = 0; i < kEntries; ++i) state.put("sums", std::to_string(i), std::to_string(i));
    std::vector<PartitionAppend> appends;
    appends.push_back(*state.takeDirty());
    QVERIFY(home.log.append(std::move(appends)).ok());
  }
  // A process that ends between two pieces begins the commit again.
  ObservedStore store;
  store.failsFrom = 3;
  StateResources resources{home.log, store, home.budget, 1 << 30};
  {
    NodeState state(statefulNode(), 0, resources);
    QVERIFY(!state.get("sums", "1").ok());
    QVERIFY(store.deltaCount > 0 && store.deltaCount < kEntries / 2);
    QVERIFY(*store.appliedUpTo("sums", 0) == Position());
  }
  store.failsFrom = 0;
  store.deltaCount = 0;
  NodeState again(statefulNode(), 0, resources);
  for (const int i : {0, 1, kEntries / 4, kEntries - 1}) {
    const auto value = again.get("sums", std::to_string(i));
    QVERIFY(value.ok());
    QCOMPARE(value->value_or(""), std::to_string(i));
  }
  QVERIFY(store.applied == *home.log.publishedEnd({changelogTopic("sums"), 0}));
  QCOMPARE(store.deltaCount, static_cast<std::size_t>(kEntries));
}

void NodeStateTest::aPositionWithinARunAsAnEarlierVersionKeptItIsGoodToGoOnFrom() {
  Home home;
  MemoryStateStore store;
  {
    NodeState state(statefulNode(), 0, home.resources(store));
    for (const char* key : {"a", "b", "c", "d"}) state.put("sums", key, key);
    QVERIFY(home.log.append({*state.takeDirty()}).ok());
  }
  ObservedStore behind;
  QVERIFY(behind.open({"sums", "sums"}, "meaning").ok());
  StateDelta delta;
  delta.store = "sums";
  delta.key = "a";
  delta.value = "a";
  QVERIFY(behind.apply("sums", 0, std::span(&delta, 1), Position::of(2)).ok());
  NodeState again(statefulNode(), 0, home.resources(behind));
  for (const char* key : {"a", "b", "c", "d"}) {
    const auto value = again.get("sums", key);
    QVERIFY(value.ok());
    QCOMPARE(value->value_or(""), std::string(key));
  }
  QVERIFY(behind.applied == Position::of(4));
}

void NodeStateTest::aFailedWriteIsMadeUpForFromTheChangelog() {
  Home home;
  ObservedStore store;
  NodeState state(statefulNode(), 0, home.resources(store));
  home.commit(state, 0);
  QVERIFY(state.get("sums", "key").ok());
  home.commit(state, 1);
  store.failsFrom = store.applies + 1;
  const auto refused = state.get("sums", "key");
  QVERIFY(!refused.ok());
  QCOMPARE(refused.error().kind, ErrorKind::Retryable);
  store.failsFrom = 0;
  const auto value = state.get("sums", "key");
  QVERIFY(value.ok());
  QCOMPARE(value->value_or(""), std::string(100, 'b'));
}

void NodeStateTest::aStopEndsAReplayAndTheNextStartGoesOn() {
  Home home;
  MemoryStateStore applied;
  {
    NodeState state(statefulNode(), 0, home.resources(applied));
    for (int round = 0; round < 5; ++round) home.commit(state, round);
  }
  struct : Logger {
    void write(LogLevel, std::string_view where, std::string_view text) override {
      lines.push_back(std::string(where) + ": " + std::string(text));
    }
    std::vector<std::string> lines;
  } logger;
  ManualClock clock;
  std::stop_source stop;
  StartProgress start(clock, logger, stop.get_token());
  clock.advance(2 * kSecond);
  MemoryStateStore behind;
  StateResources resources = home.resources(behind);
  resources.start = &start;
  stop.request_stop();
  NodeState stopped(statefulNode(), 0, resources);
  QVERIFY(!stopped.get("sums", "key").ok());
  QVERIFY(start.stopped());
  QCOMPARE(logger.lines, std::vector<std::string>());

  std::stop_source nobody;
  StartProgress patient(clock, logger, nobody.get_token());
  clock.advance(2 * kSecond);
  resources.start = &patient;
  NodeState again(statefulNode(), 0, resources);
  QVERIFY(again.get("sums", "key").ok());
  QCOMPARE(logger.lines, std::vector<std::string>{"sums: Bringing stored state up to the last commit: 0 %."});
}

WEIR_TEST(NodeStateTest)
#include "node_state_test.moc"
