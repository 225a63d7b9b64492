// One key, and time that moves with its rows, through a repartition of many partitions: those that get nothing but the
// time.
#include "core/runtime/tests/engine_words.hpp"

#include "core/runtime/engine/prepare_home.hpp"
#include "core/runtime/time/writer_watermarks.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// source -> repartition -> topic "result"
topology::Plan moving(std::int32_t partitions) {
  topology::Plan plan;
  plan.topics.resize(2);
  for (topology::PlannedTopic& topic : plan.topics) topic.schema = fakeSchema();
  plan.topics[0].name = "moved";
  plan.topics[0].repartition = true;
  plan.topics[0].partitions = partitions;
  plan.topics[0].keyFields = {"split"};
  plan.topics[0].keyFormat = "string";
  plan.topics[1].name = "result";
  const auto once = topology::Guarantee::ExactlyOnce;
  plan.subTopologies = {
      {"rows", {leadingOn(node("rows", NodeRole::Source), 1), node("moved.write", NodeRole::TopicWrite, 0)}, 1, once},
      {"moved",
       {leadingOn(node("moved", NodeRole::TopicRead, 0), 1), node("result", NodeRole::TopicWrite, 1)},
       partitions,
       once}};
  return plan;
}

class Tasks {
 public:
  explicit Tasks(std::int32_t partitions) : host_(log_) {
    plugins_.input.splits["a"] = {};
    const StateResources state{log_, store_, budget_};
    auto prepared = prepareHome(moving(partitions), {state, plugins_, host_.clock(), logger_}, {});
    if (!prepared.ok()) return;
    prepared_ = std::move(*prepared);
    const TaskResources resources{
        plugins_, state, host_, flow_, [](const auto&) { return nullptr; }, prepared_.generations, prepared_.home};
    for (std::size_t subTopology = 0; subTopology < 2; ++subTopology) {
      for (std::int32_t index = 0; index < prepared_.plan.subTopologies[subTopology].tasks; ++index) {
        auto task = Task::make(
            {&prepared_.plan, subTopology, static_cast<std::uint32_t>(index), {}, prepared_.sequence}, resources);
        if (!task.ok()) return;
        tasks_.push_back(std::move(*task));
        running_.push_back(tasks_.back().get());
      }
    }
    ready = true;
  }
  // Until nothing is left to do for it.
  void pass(int second) {
    plugins_.input.splits["a"].push_back({std::to_string(second * 1000) + "\n", {}});
    host_.run(running_, 5'000 + 500 * static_cast<int>(running_.size()));
  }
  int commits() const { return host_.commits; }
  std::size_t results() { return rowsOf(log_, "result", fakeSchema()).size(); }
  // Of the readers of the repartition, the one that is furthest behind.
  std::int64_t lowest() const {
    std::int64_t lowest = WEIR_WATERMARK_MAX;
    for (const Task* const task : running_) lowest = std::min(lowest, task->watermark());
    return lowest;
  }
  // For whoever reads the result.
  std::int64_t timeOfResult() {
    WriterWatermarks writers;
    std::vector<WatermarkStep> steps;
    auto reader = log_.read({"result", 0}, Position());
    while (reader.ok()) {
      auto run = (*reader)->next();
      if (!run.ok() || !*run) break;
      writers.advance((*run)->header.mark, {}, (*run)->header.rows, steps);
    }
    return writers.combined();
  }

  bool ready = false;

 private:
  MemoryLog log_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  FakePlugins plugins_;
  SilentLogger logger_;
  OpenFlow flow_;
  SteppedHost host_;
  PreparedHome prepared_;
  std::vector<std::unique_ptr<Task>> tasks_;
  std::vector<Task*> running_;
};

}  // namespace

class ManyPartitionsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void partitionsThatGetNothingButTheTimeHearOfItAndCommitNothing() {
    constexpr int kRows = 10;
    std::vector<int> commits;
    for (const int partitions : {1, 32}) {
      Tasks subject(partitions);
      QVERIFY(subject.ready);
      for (int second = 1; second <= kRows; ++second) {
        subject.pass(second);
        QCOMPARE(subject.lowest(), second * kSecond - 1);
        QCOMPARE(subject.timeOfResult(), second * kSecond - 1);
      }
      QCOMPARE(subject.results(), std::size_t{kRows});
      commits.push_back(subject.commits());
    }
    QCOMPARE(commits[1], commits[0]);
  }
};

WEIR_TEST(ManyPartitionsTest)
#include "many_partitions_test.moc"
