// Members of a group in memory: who has which tasks when, and whose commits count.
#include "core/adapters/memory/memory_group.hpp"

#include <algorithm>
#include <array>

#include "core/adapters/memory/memory_broker.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

std::vector<TaskId> tasks(std::int32_t count) {
  std::vector<TaskId> all;
  for (std::int32_t task = 0; task < count; ++task) all.push_back({"part", task});
  return all;
}

// Does what it is told, and answers at once, or when the test says so.
class FakeRunner final : public AssignmentListener {
 public:
  void assigned(std::vector<TaskId> added, std::int64_t in) override {
    const std::lock_guard lock(mutex_);
    for (const TaskId& task : added) wrong_ = !held_.insert(task).second || wrong_;
    wrong_ = wrong_ || in <= generation_;
    generation_ = in;
  }
  void revoked(std::vector<TaskId> gone, Revocation why, std::function<void()> done) override {
    {
      const std::lock_guard lock(mutex_);
      for (const TaskId& task : gone) wrong_ = held_.erase(task) == 0 || wrong_;
      reasons_.push_back(why);
      if (!answers_) waiting_.push_back(std::move(done));
      if (!answers_) return;
    }
    done();
  }

  // Whether it answers from now on; if so, what waits for it too.
  void answer(bool at) {
    std::vector<std::function<void()>> waiting;
    {
      const std::lock_guard lock(mutex_);
      answers_ = at;
      if (at) waiting.swap(waiting_);
    }
    for (const auto& done : waiting) done();
  }
  std::set<TaskId> held() const {
    const std::lock_guard lock(mutex_);
    return held_;
  }
  std::int64_t generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
  }
  std::vector<Revocation> reasons() const {
    const std::lock_guard lock(mutex_);
    return reasons_;
  }
  bool isAsked() const {
    const std::lock_guard lock(mutex_);
    return !waiting_.empty();
  }
  // It was given what it had, or was to give what it had not.
  bool wrong() const {
    const std::lock_guard lock(mutex_);
    return wrong_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<TaskId> held_;
  std::int64_t generation_ = 0;
  std::vector<Revocation> reasons_;
  std::vector<std::function<void()>> waiting_;
  bool answers_ = true;
  bool wrong_ = false;
};

std::unique_ptr<Log> opened(MemoryBroker& broker, const std::string& runner, const MemoryGroup& group) {
  std::unique_ptr<Log> log = broker.open(runner, &group);
  TopicSpec spec;
  spec.name = "t";
  return log->ensureTopic(spec).ok() ? std::move(log) : nullptr;
}

CommitResult commit(Log& log, std::int64_t generation) {
  RunToAppend run;
  run.header.rows = 1;
  return log.commit({{{{"t", 0}, {run}}}, {}, {}, generation});
}

int runsIn(Log& log) {
  auto reader = log.read({"t", 0}, Position());
  int runs = 0;
  while (reader.ok() && (*reader)->next()->has_value()) ++runs;
  return runs;
}

template <typename Condition>
void waitFor(const Condition& condition) {
  while (!condition()) std::this_thread::yield();
}

}  // namespace

class MemoryGroupTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneMemberHasEverythingAndTwoShareIt() {
    MemoryGroup group;
    FakeRunner a;
    FakeRunner b;
    GroupMember first(group, "a");
    QVERIFY(first.join(tasks(8), a).ok());
    group.settle();
    QCOMPARE(a.held().size(), std::size_t{8});
    GroupMember second(group, "b");
    QVERIFY(second.join(tasks(8), b).ok());
    group.settle();
    QCOMPARE(a.held().size() + b.held().size(), std::size_t{8});
    QCOMPARE(a.generation(), b.generation());
    QVERIFY(a.generation() > 1);
    first.leave();
    group.settle();
    QCOMPARE(b.held().size(), std::size_t{8});
  }

  void membersOfOtherTasksAreRefused() {
    MemoryGroup group;
    FakeRunner a;
    FakeRunner b;
    GroupMember first(group, "a");
    QVERIFY(first.join(tasks(8), a).ok());
    GroupMember second(group, "b");
    QVERIFY(!second.join(tasks(7), b).ok());
    GroupMember same(group, "a");
    QVERIFY(!same.join(tasks(8), b).ok());
    same.leave();  // which it never joined
    group.settle();
    QCOMPARE(a.held().size(), std::size_t{8});
  }

  void whatIsAskedForGoesToOthersOnlyWhenItIsDone() {
    MemoryGroup group;
    MemoryBroker broker;
    FakeRunner a;
    FakeRunner b;
    GroupMember first(group, "a");
    const auto log = opened(broker, "a", group);
    QVERIFY(first.join(tasks(8), a).ok());
    group.settle();
    const std::int64_t before = a.generation();
    a.answer(false);
    GroupMember second(group, "b");
    QVERIFY(second.join(tasks(8), b).ok());
    waitFor([&] { return a.isAsked(); });
    // Its last commit comes first.
    QVERIFY(commit(*log, before).ok());
    QCOMPARE(b.generation(), std::int64_t{0});
    QVERIFY(b.held().empty());
    a.answer(true);
    group.settle();
    QCOMPARE(b.held().size(), 8 - a.held().size());
    QVERIFY(!b.held().empty());
    QCOMPARE(a.reasons(), std::vector<Revocation>{Revocation::Asked});
    // What it has kept it commits in the new assignment, not in the one before.
    QVERIFY(commit(*log, before).failure() == CommitFailure::Aborted);
    QVERIFY(commit(*log, a.generation()).ok());
    QCOMPARE(runsIn(*log), 2);
  }

  void whatIsLostIsWithOthersAtOnceAndMayNotBeCommitted() {
    for (unsigned seed = 1; seed <= 8; ++seed) {
      MemoryGroup group(seed);
      MemoryBroker broker;
      FakeRunner a;
      FakeRunner b;
      GroupMember first(group, "a");
      const auto log = opened(broker, "a", group);
      QVERIFY(first.join(tasks(8), a).ok());
      GroupMember second(group, "b");
      QVERIFY(second.join(tasks(8), b).ok());
      group.settle();
      const std::int64_t before = a.generation();
      a.answer(false);
      group.giveUp("a");
      QVERIFY(commit(*log, before).failure() == CommitFailure::Fenced);
      waitFor([&] { return b.held().size() == 8; });
      waitFor([&] { return a.isAsked(); });
      QVERIFY(commit(*log, before).failure() == CommitFailure::Fenced);
      a.answer(true);
      group.settle();
      // It has come back.
      QCOMPARE(a.held().size() + b.held().size(), std::size_t{8});
      QVERIFY(commit(*log, before).failure() == CommitFailure::Aborted);
      QVERIFY(commit(*log, a.generation()).ok());
      QCOMPARE(runsIn(*log), 1);
      // Once it may have been asked before, when the other joined.
      const std::vector<Revocation> reasons = a.reasons();
      QCOMPARE(std::count(reasons.begin(), reasons.end(), Revocation::Lost), 1);
    }
  }

  void nothingIsWithTwoMembersWhoseCommitsCount_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 30; ++seed) QTest::addRow("seed %u", seed) << seed;
  }
  void nothingIsWithTwoMembersWhoseCommitsCount() {
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    MemoryGroup group(seed);
    std::array<FakeRunner, 3> runners;
    std::vector<std::unique_ptr<GroupMember>> members;
    for (const char* name : {"a", "b", "c"}) {
      members.push_back(std::make_unique<GroupMember>(group, name));
      QVERIFY(members.back()->join(tasks(16), runners[members.size() - 1]).ok());
    }
    for (int round = 0; round < 40; ++round) {
      const std::size_t which = random() % 3;
      const std::string name(1, static_cast<char>('a' + which));
      switch (random() % 4) {
        case 0: group.rebalance(); break;
        case 1: group.giveUp(name); break;
        case 2: runners[which].answer(false); break;
        default: runners[which].answer(true);
      }
    }
    for (FakeRunner& runner : runners) runner.answer(true);
    group.settle();
    std::size_t held = 0;
    std::set<TaskId> all;
    for (std::size_t i = 0; i < runners.size(); ++i) {
      QVERIFY(!runners[i].wrong());
      QVERIFY(group.standingOf(std::string(1, static_cast<char>('a' + i)), runners[i].generation()) == Standing::Good);
      held += runners[i].held().size();
      for (const TaskId& task : runners[i].held()) all.insert(task);
    }
    QCOMPARE(held, std::size_t{16});
    QCOMPARE(all.size(), std::size_t{16});
  }
};

WEIR_TEST(MemoryGroupTest)
#include "memory_group_test.moc"
