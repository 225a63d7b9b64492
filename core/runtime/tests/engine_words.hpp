// Plans, operators and an engine that tests of engines are told with.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/runtime/engine/engine.hpp"
#include "core/runtime/tests/fake_operators.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

using topology::NodeRole;
using Rows = std::vector<std::string>;

inline topology::PlannedNode node(const std::string& id, NodeRole role, std::size_t topic = 0) {
  topology::PlannedNode node;
  node.id = id;
  node.role = role;
  node.topic = topic;
  node.params = "{}";
  if (role != NodeRole::Source && role != NodeRole::TopicRead) node.inputs = {fakeSchema()};
  if (role != NodeRole::TopicWrite) node.outputs = {fakeSchema()};
  if (role == NodeRole::Source) {
    node.use = "fake.source";
    node.format = "fake.format";
    node.eventTime = topology::EventTime{"ts", 0};
  }
  return node;
}

inline topology::PlannedNode leadingOn(topology::PlannedNode node, std::size_t to) {
  node.edges = {{0, to, 0}};
  return node;
}

// For each name: a source, an operator of that name, and a topic; with `moved`, a repartition between the first two.
inline topology::Plan plan(const std::vector<std::string>& names, bool moved = false) {
  topology::Plan plan;
  for (const std::string& name : names) {
    topology::PlannedTopic out;
    out.name = "out-" + name;
    out.schema = fakeSchema();
    plan.topics.push_back(out);
    const std::size_t result = plan.topics.size() - 1;
    topology::PlannedNode middle = node(name, NodeRole::Processor);
    middle.use = "fake." + name;
    topology::SubTopology subTopology{"rows-" + name, {}, 1, topology::Guarantee::ExactlyOnce};
    subTopology.nodes.push_back(leadingOn(node("rows-" + name, NodeRole::Source), 1));
    if (moved) {
      topology::PlannedTopic way = out;
      way.name = "repartition." + name + ".in";
      way.repartition = true;
      plan.topics.push_back(way);
      const std::size_t topic = plan.topics.size() - 1;
      subTopology.nodes.push_back(node(name + ".in.repartition", NodeRole::TopicWrite, topic));
      plan.subTopologies.push_back(subTopology);
      subTopology = {name + ".in.repartition", {}, 1, topology::Guarantee::ExactlyOnce};
      subTopology.nodes.push_back(leadingOn(node(name + ".in.repartition", NodeRole::TopicRead, topic), 1));
    }
    subTopology.nodes.push_back(leadingOn(middle, 2));
    subTopology.nodes.push_back(node("out-" + name, NodeRole::TopicWrite, result));
    plan.subTopologies.push_back(subTopology);
  }
  return plan;
}

using OnBatch = std::function<Result<void>(const Batch& batch)>;

// Numbers the rows of each split, in the time that they leave with: what comes out depends on its state, and on nothing
// else.
class Counting final : public FakeOperator {
 public:
  Counting(NodeServices& services, OnBatch& onBatch)
      : services_(services), onBatch_(onBatch), store_(**services.store("counts")) {}

  Result<Progress> process(std::uint32_t, const Batch& batch) override {
    if (onBatch_) WEIR_TRY(onBatch_(batch));
    BatchBuilder out(fakeSchema());
    const StringView splits(batch.column(0));
    for (std::int64_t row = 0; row < batch.rowCount(); ++row) {
      const std::string split(splits[row]);
      WEIR_TRY_ASSIGN(count, countOf(split));
      out.row(split, ++*count * 1000);
      changed_.insert(split);
    }
    const std::span<const WatermarkStep> steps = batch.steps();
    services_.emit(0, BatchMaker::from(out.finish()).steps({steps.begin(), steps.end()}).finish(0).get());
    return Progress::Done;
  }
  Result<Progress> prepareCommit(std::uint64_t) override {
    for (const std::string& split : changed_) {
      const std::string count = std::to_string(counts_.at(split));
      const weir_state_entry entry{0, toSlice(split), toSlice(count)};
      WEIR_TRY(store_.put(std::span(&entry, 1)));
    }
    changed_.clear();
    return Progress::Done;
  }

 private:
  Result<std::int64_t*> countOf(const std::string& split) {
    const auto [place, isNew] = counts_.try_emplace(split, 0);
    if (!isNew) return &place->second;
    const weir_slice key = toSlice(split);
    weir_slice value{};
    WEIR_TRY(store_.getMany(0, std::span(&key, 1), std::span(&value, 1)));
    if (value.data != nullptr) place->second = std::stoll(std::string(toView(value)));
    return &place->second;
  }

  NodeServices& services_;
  OnBatch& onBatch_;
  NodeStore& store_;
  std::map<std::string, std::int64_t> counts_;
  std::set<std::string> changed_;
};

// Reads a copy of its own, so that several tasks can.
class OwnSource final : public FakeOperator {
 public:
  explicit OwnSource(const FakeInput& input) : input_(input) {}
  Result<std::vector<SourceSplit>> discover() override { return source_.discover(); }
  Result<std::unique_ptr<SplitReader>> openSplit(const SourceSplit& split) override { return source_.openSplit(split); }

 private:
  FakeInput input_;
  FakeSource source_{input_};
};

// Operators that a test tells what to do with each batch, by node.
class Plugins final : public PluginsOverFakes {
 public:
  using OnBatch = runtime::OnBatch;

  Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec& spec) override {
    if (spec.use == "fake.source") {
      return (spec.node == "rows-y" && !others.input.splits.empty() ? others : sources).create(spec);
    }
    const std::lock_guard lock(mutex_);
    if (spec.use == "fake.own_source") {
      return std::unique_ptr<OperatorInstance>(std::make_unique<OwnSource>(sources.input));
    }
    if (spec.use == "fake.counting") {
      return std::unique_ptr<OperatorInstance>(std::make_unique<Counting>(*spec.services, onBatch[spec.node]));
    }
    ++made[spec.node];
    return std::unique_ptr<OperatorInstance>(std::make_unique<Passing>(
        *spec.services, onBatch[spec.node], cancelled[spec.node], blocking.contains(spec.node) ? this : nullptr));
  }
  FakePlugins others;  // of rows-y, where it has anything
  std::map<std::string, OnBatch> onBatch;
  std::map<std::string, int> made;
  std::map<std::string, std::atomic<int>> cancelled;  // calls, by node
  std::set<std::string> blocking;                     // operators that wait at their first batch until they are let go
  void letGo() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    for (NodeServices* const waiting : waiting_) waiting->wake();
    waiting_.clear();
  }

 private:
  class Passing final : public FakeOperator {
   public:
    Passing(NodeServices& services, OnBatch& onBatch, std::atomic<int>& gone, Plugins* gate)
        : services_(services), onBatch_(onBatch), gone_(gone), gate_(gate) {}
    Result<Progress> process(std::uint32_t, const Batch& batch) override {
      if (onBatch_) WEIR_TRY(onBatch_(batch));
      services_.emit(0, batch.get());
      if (gate_ == nullptr) return Progress::Done;
      const std::lock_guard lock(gate_->mutex_);
      if (gate_->open_) return Progress::Done;
      gate_->waiting_.push_back(&services_);
      return Progress::Blocked;
    }
    Result<Progress> resume() override { return gate_->open_ ? Progress::Done : Progress::Blocked; }
    void cancel() override { ++gone_; }

   private:
    NodeServices& services_;
    OnBatch& onBatch_;
    std::atomic<int>& gone_;
    Plugins* gate_;
  };

  std::mutex mutex_;
  std::atomic<bool> open_{false};
  std::vector<NodeServices*> waiting_;
};

// Fails so often after some rows, in each try.
inline Plugins::OnBatch failing(int times, int afterRows) {
  struct Left {
    int failures;
    int rows = 0;
  };
  // Shared between the copies that std::function makes.
  auto left = std::make_shared<Left>(Left{times});
  return [left, afterRows](const Batch& batch) -> Result<void> {
    left->rows += static_cast<int>(batch.selectedCount());
    if (left->failures == 0 || left->rows < afterRows) return {};
    --left->failures;
    left->rows = 0;
    return retryableError("The world is away.");
  };
}

class Subject {
 public:
  Subject() {
    options.threads = 2;
    options.task.untilEnd = true;
    options.task.batchRows = 1;
    options.task.commitInterval = kMillisecond;
    options.restarts = {3, kMillisecond, 2 * kMillisecond};
    for (int row = 0; row < 200; ++row) {
      plugins.sources.input.splits["a"].push_back({std::to_string(row * 1000) + "\n", {}});
    }
  }
  Result<std::unique_ptr<Engine>> make(const topology::Plan& drawn, Membership* membership = nullptr) {
    return Engine::make(drawn, {log, state, plugins, clock, logger, nullptr, membership}, options);
  }
  // Empty: all went well.
  std::string run(const topology::Plan& drawn) {
    auto engine = make(drawn);
    if (!engine.ok()) return engine.error().message;
    auto done = (*engine)->run();
    if (!done.ok()) return done.error().message;
    summary = *done;
    return "";
  }
  // From row 120 on.
  void changeSchema() {
    std::vector<FakeInput::Chunk>& chunks = plugins.sources.input.splits["a"];
    for (std::size_t i = 120; i < chunks.size(); ++i) chunks[i].version = 1;
  }
  Rows out(const std::string& name) { return rowsOf(log, "out-" + name, fakeSchema()); }

  const SystemClock clock;
  SilentLogger logger;
  MemoryLog log;
  MemoryStateStore state;
  Plugins plugins;
  EngineOptions options;
  RunSummary summary;
};

}  // namespace weir::runtime
