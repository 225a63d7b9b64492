// Tasks that come to a runner and go from it while it runs.
#include "core/runtime/ports/membership.hpp"

#include "core/runtime/tests/engine_words.hpp"
#include "core/runtime/tests/group.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <thread>

#include "core/runtime/engine/prepare_home.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

constexpr int kRowsPerSplit = 40;

// Two tasks read splits, and two number the rows of each.
topology::Plan countingPlan() {
  topology::Plan plan;
  for (const char* name : {"repartition.counting.in", "out-counting"}) {
    topology::PlannedTopic topic;
    topic.name = name;
    topic.schema = fakeSchema();
    plan.topics.push_back(topic);
  }
  plan.topics[0].repartition = true;
  plan.topics[0].partitions = 2;
  plan.topics[0].keyFields = {"split"};
  plan.topics[0].keyFormat = "string";
  topology::SubTopology rows{"rows", {}, 2, topology::Guarantee::ExactlyOnce};
  rows.nodes = {leadingOn(node("rows", NodeRole::Source), 1), node("counting.in.repartition", NodeRole::TopicWrite, 0)};
  rows.nodes[0].use = "fake.own_source";
  topology::PlannedNode counting = leadingOn(node("counting", NodeRole::Processor), 2);
  counting.use = "fake.counting";
  counting.stateStamp = "counts";
  topology::SubTopology count{"counting.in.repartition", {}, 2, topology::Guarantee::ExactlyOnce};
  count.nodes = {leadingOn(node("counting.in.repartition", NodeRole::TopicRead, 0), 1), counting,
                 node("out-counting", NodeRole::TopicWrite, 1)};
  plan.subTopologies = {rows, count};
  return plan;
}

// One task that reads and numbers, without a repartition.
topology::Plan onePartPlan() {
  topology::Plan plan = countingPlan();
  plan.topics.erase(plan.topics.begin());
  topology::SubTopology subTopology{"rows", {}, 1, topology::Guarantee::ExactlyOnce};
  topology::PlannedNode out = node("out-counting", NodeRole::TopicWrite, 0);
  subTopology.nodes = {plan.subTopologies[0].nodes[0], plan.subTopologies[1].nodes[1], out};
  plan.subTopologies = {subTopology};
  return plan;
}

void giveRows(FakeInput& input) {
  input.splits.clear();
  for (const char* split : {"a", "b", "c", "d"}) {
    for (int row = 0; row < kRowsPerSplit; ++row) {
      input.splits[split].push_back({std::to_string(row * 1000) + "\n", {}});
    }
  }
}

// A runner of the group, with a state store of its own.
class Runner {
 public:
  Runner(LogHub& hub, Group& group) : member(group.add()), log(hub) {
    options.threads = 2;
    options.task.untilEnd = true;
    options.task.batchRows = 1;
    options.task.commitInterval = kMillisecond;
    giveRows(plugins.sources.input);
  }
  ~Runner() {
    if (engine) engine->requestStop();
    end();
  }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Empty: it runs.
  std::string start(const topology::Plan& plan) {
    auto made = Engine::make(plan, {log, state, plugins, clock_, logger_, nullptr, &member}, options);
    if (!made.ok()) return made.error().message;
    engine = std::move(*made);
    thread_ = std::thread([this] {
      auto done = engine->run();
      problem = done.ok() ? "" : done.error().message;
      if (done.ok()) schemaChanges = done->schemaChanges;
    });
    return "";
  }
  void end() {
    if (thread_.joinable()) thread_.join();
  }

  Group::Member& member;
  SharedLog log;
  MemoryStateStore state;
  Plugins plugins;
  EngineOptions options;
  std::unique_ptr<Engine> engine;
  std::string problem;
  std::vector<SchemaChange> schemaChanges;

 private:
  const SystemClock clock_;
  SilentLogger logger_;
  std::thread thread_;
};

Rows sortedOut(LogHub& hub) {
  Rows rows = rowsOf(hub.log, "out-counting", fakeSchema());
  std::sort(rows.begin(), rows.end());
  return rows;
}

// What one runner makes of it that has all tasks from the beginning to the end.
Rows undisturbed() {
  LogHub hub;
  Group group;
  Runner runner(hub, group);
  if (!runner.start(countingPlan()).empty()) return {};
  group.awaitJoin(runner.member);
  group.give(runner.member, group.tasks());
  group.runToTheEnd();
  runner.end();
  return sortedOut(hub);
}

// Entries in the changelog of the task of onePartPlan that take several pieces to restore.
constexpr int kEntries = 100'000;
constexpr int kEntriesPerRun = 10'000;
constexpr int kPieces = 4;
bool fillChangelog(LogHub& hub) {
  std::vector<PartitionAppend> appends;
  appends.push_back({{changelogTopic("counting"), 0}, {}});
  ChangelogWriter writer;
  for (int i = 0; i < kEntries; ++i) {
    const std::string key = std::to_string(i);
    StateDelta delta;
    delta.store = "counts";
    delta.key = key;
    delta.value = "1";
    writer.append(delta);
    if ((i + 1) % kEntriesPerRun == 0) appends[0].runs.push_back(writer.take());
  }
  return hub.log.commit({{}, std::move(appends), {}}).ok();
}

// A runner whose task has much to restore, which tells of each piece.
class Restored {
 public:
  Restored() : runner(hub, group) {
    runner.options.committer.reached = [this](std::string_view point) {
      if (point != "recovery.replayed") return;
      ++pieces;
      if (onPiece) onPiece();
    };
  }
  std::string start() {
    std::string problem = runner.start(onePartPlan());
    if (!problem.empty()) return problem;
    group.awaitJoin(runner.member);
    if (!fillChangelog(hub)) return "the changelog is not filled";
    group.give(runner.member, group.tasks());
    return "";
  }

  LogHub hub;
  Group group;
  std::atomic<int> pieces{0};
  std::function<void()> onPiece;
  Runner runner;
};

bool isDone(const std::future<void>& future) {
  return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

// A task that holds at its third batch until it is let go, and commits whatever it has as soon as it can.
class Held {
 public:
  Held() : runner(hub, group) {
    runner.options.task.commitInterval = 0;
    runner.plugins.onBatch["counting"] = [this](const Batch&) -> Result<void> {
      if (++batches_ != 3) return {};
      inside_ = true;
      while (!letGo) std::this_thread::yield();
      return {};
    };
  }
  // Until it holds.
  std::string start() {
    std::string problem = runner.start(onePartPlan());
    if (!problem.empty()) return problem;
    group.awaitJoin(runner.member);
    group.give(runner.member, group.tasks());
    while (!inside_) std::this_thread::yield();
    return "";
  }
  ~Held() { letGo = true; }

  LogHub hub;
  Group group;
  std::atomic<bool> letGo{false};

 private:
  std::atomic<int> batches_{0};
  std::atomic<bool> inside_{false};

 public:
  Runner runner;
};

// A slot for the task of onePartPlan, which the test runs by hand. Its commits are good at once.
class OwnSlot final : public SlotOwner {
 public:
  OwnSlot() {
    giveRows(subject_.plugins.sources.input);
    subject_.options.task.commitInterval = 0;
    auto prepared =
        prepareHome(onePartPlan(), {state_, subject_.plugins, subject_.clock, subject_.logger}, {.joins = true});
    if (!prepared.ok()) {
      problem = prepared.error().message;
      return;
    }
    plan_ = std::move(prepared->plan);
    const SlotResources resources{
        *this,         pool_, flow_, subject_.clock, subject_.logger, subject_.plugins, state_, prepared->generations,
        prepared->home};
    slot =
        std::make_unique<TaskSlot>(TaskSpec{&plan_, 0, 0, subject_.options.task}, resources, RestartLimits(), nullptr);
  }
  void commit(CommitRequest request) override {
    generations.push_back(request.generation.value_or(-1));
    request.task->commitDone({});
  }
  void schemaChanged(SchemaChange) override {}
  void slotRests(TaskSlot&) override {}

  std::string problem;
  std::vector<std::int64_t> generations;  // of its commits

 private:
  Subject subject_;
  MemoryBudget budget_{1 << 20};
  const StateResources state_{subject_.log, subject_.state, budget_};
  WorkerPool pool_{subject_.clock};
  FlowLimits flow_{subject_.log, 1 << 20};
  topology::Plan plan_;

 public:
  std::unique_ptr<TaskSlot> slot;
};

}  // namespace

class MembershipTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRunnerThatHasAllTasksDoesWhatOneAloneDoes() {
    Subject alone;
    giveRows(alone.plugins.sources.input);
    QCOMPARE(alone.run(countingPlan()), std::string());
    Rows rows = alone.out("counting");
    std::sort(rows.begin(), rows.end());
    QCOMPARE(rows.size(), std::size_t{4 * kRowsPerSplit});
    QVERIFY(rows == undisturbed());
  }

  void tasksThatMoveWhileTheyRunGiveWhatOneRunGives() {
    const Rows wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{4 * kRowsPerSplit});
    for (unsigned seed = 0; seed < 50; ++seed) {
      const std::string where = "seed " + std::to_string(seed);
      std::mt19937 random(seed);
      LogHub hub;
      Group group;
      Runner first(hub, group);
      Runner second(hub, group);
      std::atomic<int> rows{0};
      const auto count = [&rows](const Batch& batch) -> Result<void> {
        rows += static_cast<int>(batch.selectedCount());
        return {};
      };
      for (Runner* const runner : {&first, &second}) {
        runner->plugins.onBatch["counting"] = count;
        QCOMPARE(runner->start(countingPlan()), std::string());
        group.awaitJoin(runner->member);
      }
      const std::vector<TaskId> tasks = group.tasks();
      for (const TaskId& task : tasks) group.give(random() % 2 == 0 ? first.member : second.member, {task});
      int until = 0;
      for (unsigned move = 1 + random() % 4; move > 0; --move) {
        until += static_cast<int>(random() % kRowsPerSplit);
        while (rows < until && !group.allEnded()) std::this_thread::yield();
        const TaskId& task = tasks[random() % tasks.size()];
        Group::Member* const from = group.ownerOf(task);
        group.take(*from, {task}, random() % 2 == 0 ? Revocation::Asked : Revocation::Lost).wait();
        group.give(from == &first.member ? second.member : first.member, {task});
      }
      group.runToTheEnd();
      first.end();
      second.end();
      QVERIFY2(first.problem.empty() && second.problem.empty(), (where + first.problem + second.problem).c_str());
      QVERIFY2(sortedOut(hub) == wanted, where.c_str());
    }
  }

  void aTaskThatIsAskedForCommitsOnceMoreAndOneThatIsLostNothing() {
    for (const bool asked : {true, false}) {
      Held held;
      QCOMPARE(held.start(), std::string());
      const auto away =
          held.group.take(held.runner.member, held.group.tasks(), asked ? Revocation::Asked : Revocation::Lost);
      QVERIFY(!isDone(away));
      held.letGo = true;
      away.wait();
      // The task goes on to its next commit in the same turn: it is too late for that, or the last time.
      QCOMPARE(sortedOut(held.hub).size() > 2, asked);
      const auto figures = held.runner.engine->figures();
      QVERIFY(figures.tasks[0]->state == TaskState::Away);
      QCOMPARE(figures.totals.eventsIn > 2, asked);
    }
  }

  void aCommitThatIsWithTheCommitterIsAnsweredBeforeALostTaskIsGone() {
    LogHub hub;
    Group group;
    Runner runner(hub, group);
    std::atomic<bool> letGo{false};
    runner.options.committer.reached = [&](std::string_view point) {
      while (point == "commit.begin" && !letGo) std::this_thread::yield();
    };
    runner.options.threads = 1;
    QCOMPARE(runner.start(countingPlan()), std::string());
    group.awaitJoin(runner.member);
    group.give(runner.member, group.tasks());
    while (runner.engine->figures().tasks[0]->epoch == 0) std::this_thread::yield();
    const auto away = group.take(runner.member, {group.tasks()[0]}, Revocation::Lost);
    const auto hasTask = [&](std::size_t task) {
      std::promise<bool> answer;
      runner.engine->post(group.tasks()[task], [&](const Result<TaskView>& view) { answer.set_value(view.ok()); });
      return answer.get_future().get();
    };
    while (hasTask(0)) std::this_thread::yield();
    QVERIFY(hasTask(1));  // so the only thread is done with the other one
    QVERIFY(!isDone(away));
    letGo = true;
    away.wait();
    runner.engine->requestStop();
  }

  void aTaskComesBackToWhereItWasBefore() {
    Held held;
    QCOMPARE(held.start(), std::string());
    auto tap = held.runner.engine->openTap({"counting"});
    QVERIFY(tap.ok());
    const auto away = held.group.take(held.runner.member, held.group.tasks(), Revocation::Asked);
    held.letGo = true;
    away.wait();
    held.group.give(held.runner.member, held.group.tasks());
    held.group.runToTheEnd();
    held.runner.end();
    QCOMPARE(held.runner.problem, std::string());
    const Rows rows = sortedOut(held.hub);
    QCOMPARE(rows.size(), std::size_t{4 * kRowsPerSplit});
    QVERIFY(std::adjacent_find(rows.begin(), rows.end()) == rows.end());
    // The tap has stayed where it was; two rows had passed before.
    std::int64_t passed = 0;
    for (const TappedBatch& tapped : (*tap)->take().batches) passed += tapped.batch.selectedCount();
    QCOMPARE(passed, std::int64_t{4 * kRowsPerSplit - 2});
  }

  void aRestoreIsDoneInPiecesAndItsProgressIsShown() {
    Restored restored;
    std::optional<TaskSnapshot> seen;
    restored.onPiece = [&] {
      if (restored.pieces == 3) seen = *restored.runner.engine->figures().tasks[0];
    };
    QCOMPARE(restored.start(), std::string());
    restored.group.runToTheEnd();
    restored.runner.end();
    QCOMPARE(restored.runner.problem, std::string());
    QCOMPARE(restored.pieces.load(), kPieces);
    QVERIFY(seen && seen->state == TaskState::Restoring);
    // What the second piece found done: one of four, in bytes of whole runs.
    QVERIFY(seen->restore.done > seen->restore.total / (kPieces + 1));
    QVERIFY(seen->restore.done < seen->restore.total / (kPieces - 1));
    QCOMPARE(sortedOut(restored.hub).size(), std::size_t{4 * kRowsPerSplit});
  }

  void aRestoreAnswersAStopWithinOnePiece() {
    Restored restored;
    restored.onPiece = [&] { restored.runner.engine->requestStop(); };
    QCOMPARE(restored.start(), std::string());
    restored.runner.end();
    QCOMPARE(restored.runner.problem, std::string());
    QCOMPARE(restored.pieces.load(), 1);
  }

  void aRestoreAnswersARevocationWithinOnePiece() {
    for (const Revocation why : {Revocation::Asked, Revocation::Lost}) {
      Restored restored;
      std::promise<std::future<void>> taken;
      restored.onPiece = [&] {
        taken.set_value(restored.group.take(restored.runner.member, restored.group.tasks(), why));
      };
      QCOMPARE(restored.start(), std::string());
      taken.get_future().get().wait();
      QCOMPARE(restored.pieces.load(), 1);
      restored.runner.engine->requestStop();
      restored.runner.end();
      QCOMPARE(restored.runner.problem, std::string());
      QVERIFY(sortedOut(restored.hub).empty());
    }
  }

  void aRestoreThatFailsIsTriedAgain() {
    Restored restored;
    std::atomic<int> failures{0};
    restored.runner.options.restarts = {3, kMillisecond, 2 * kMillisecond};
    restored.runner.log.onRead = [&](const PartitionId& partition) -> Result<void> {
      if (partition.topic != changelogTopic("counting") || ++failures > 2) return {};
      return retryableError("The disk is away.");
    };
    QCOMPARE(restored.start(), std::string());
    restored.group.runToTheEnd();
    restored.runner.end();
    QCOMPARE(restored.runner.problem, std::string());
    QVERIFY(failures > 2);
    QCOMPARE(sortedOut(restored.hub).size(), std::size_t{4 * kRowsPerSplit});
  }

  void aRunnerWithoutTasksWaitsAndEndsWhenItIsAskedTo() {
    LogHub hub;
    Group group;
    Runner runner(hub, group);
    QCOMPARE(runner.start(countingPlan()), std::string());
    group.awaitJoin(runner.member);
    group.give(runner.member, {});
    QVERIFY(!group.hasLeft(runner.member));
    runner.engine->requestStop();
    runner.end();
    QVERIFY(group.hasLeft(runner.member));
    QCOMPARE(runner.problem, std::string());
  }

  void aSchemaThatChangesEndsARunOfTheGroupAndTheNextOneGoesOn() {
    LogHub hub;
    Group group;
    Runner runner(hub, group);
    for (auto& [split, chunks] : runner.plugins.sources.input.splits) {
      for (std::size_t i = kRowsPerSplit / 2; i < chunks.size(); ++i) chunks[i].version = 1;
    }
    QCOMPARE(runner.start(countingPlan()), std::string());
    group.awaitJoin(runner.member);
    group.give(runner.member, group.tasks());
    runner.end();
    QCOMPARE(runner.problem, std::string());
    QVERIFY(!runner.schemaChanges.empty());
    QVERIFY(group.hasLeft(runner.member));
    QVERIFY(!group.allEnded());
    Runner next(hub, group);
    QCOMPARE(next.start(countingPlan()), std::string());
    group.awaitJoin(next.member);
    group.give(next.member, group.tasks());
    group.runToTheEnd();
    next.end();
    QCOMPARE(next.problem, std::string());
    QVERIFY(sortedOut(hub) == undisturbed());
  }

  void commitsAreMadeInTheNewestAssignment() {
    OwnSlot own;
    QCOMPARE(own.problem, std::string());
    own.slot->assign(7);
    while (own.generations.empty()) own.slot->runSome();
    own.slot->heard(8);
    while (own.slot->state() != TaskState::Ended) own.slot->runSome();
    QCOMPARE(own.generations.front(), std::int64_t{7});
    QCOMPARE(own.generations.back(), std::int64_t{8});
  }

  void whatHasNoTaskDoesNothingWhenItIsWoken() {
    OwnSlot own;
    QCOMPARE(own.problem, std::string());
    QVERIFY(!own.slot->runSome());
    QVERIFY(own.slot->state() == TaskState::Away);
    own.slot->assign(7);
    while (own.generations.empty()) own.slot->runSome();
    bool away = false;
    own.slot->revoke(Revocation::Asked, [&away] { away = true; });
    while (!away) own.slot->runSome();
    // A timer of the task that it had, or rows that it was to read, come too late.
    QVERIFY(!own.slot->runSome());
    QVERIFY(own.slot->state() == TaskState::Away);
  }
};

WEIR_TEST(MembershipTest)
#include "membership_test.moc"
