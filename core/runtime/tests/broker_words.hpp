// A job that counts rows by windows over a repartition, and who runs it over whatever log there is.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/adapters/memory/memory_broker.hpp"
#include "core/runtime/engine/engine.hpp"
#include "core/runtime/tests/fake_operators.hpp"

namespace weir::runtime {
// Another one than engine_words.hpp has: both are in one program.
inline namespace over_a_broker {

using topology::NodeRole;
using Rows = std::vector<std::string>;

constexpr std::int64_t kWindow = 10 * kSecond;

inline Schema countsSchema() {
  return Schema{{{"split", TypeId::String, false}, {"ts", TypeId::Timestamp, false}, {"count", TypeId::Int64, false}}};
}

// Counts the rows of each split by windows of ten seconds, and sends a window when the watermark reaches its end.
class CountByWindow final : public FakeOperator {
 public:
  explicit CountByWindow(NodeServices& services) : services_(services), store_(**services.store("counts")) {}

  Result<Progress> process(std::uint32_t, const Batch& batch) override {
    if (!std::exchange(loaded_, true)) WEIR_TRY(load());
    const StringView splits(batch.column(0));
    const FixedView<std::int64_t> times(batch.column(1));
    auto step = batch.steps().begin();
    std::int64_t place = 0;
    batch.forEachRow([&](std::int64_t row) {
      for (; step != batch.steps().end() && step->row <= place; ++step) close(step->watermark);
      ++place;
      const std::pair window(times[row] / kWindow, std::string(splits[row]));
      ++counts_[window];
      changed_.insert(window);
    });
    for (; step != batch.steps().end(); ++step) close(step->watermark);
    return Progress::Done;
  }

  Result<Progress> prepareCommit(std::uint64_t) override {
    for (const auto& window : changed_) {
      const auto found = counts_.find(window);
      if (found == counts_.end()) continue;
      const std::string count = std::to_string(found->second);
      const weir_state_entry entry{window.first, toSlice(window.second), toSlice(count)};
      WEIR_TRY(store_.put(std::span(&entry, 1)));
    }
    changed_.clear();
    WEIR_TRY(store_.dropBelow(closed_));
    return Progress::Done;
  }

 private:
  Result<void> load() {
    WEIR_TRY_ASSIGN(segments, store_.segments());
    for (const std::int64_t segment : std::vector<std::int64_t>(segments.begin(), segments.end())) {
      WEIR_TRY(store_.scan(segment, {}, {}, [&](const weir_state_entry& entry) {
        counts_[{segment, std::string(toView(entry.key))}] = std::stoll(std::string(toView(entry.value)));
        return true;
      }));
    }
    return {};
  }

  void close(std::int64_t watermark) {
    BatchBuilder out(countsSchema());
    const std::int64_t upTo = watermark == WEIR_WATERMARK_MAX ? INT64_MAX : (watermark + 1) / kWindow;
    while (!counts_.empty() && counts_.begin()->first.first < upTo) {
      const auto& [window, count] = *counts_.begin();
      out.row(window.second, window.first * kWindow, count);
      closed_ = window.first + 1;
      counts_.erase(counts_.begin());
    }
    out.watermark(watermark);
    const Batch batch = out.finish();
    services_.emit(0, batch.get());
  }

  NodeServices& services_;
  NodeStore& store_;
  bool loaded_ = false;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> counts_;
  std::set<std::pair<std::int64_t, std::string>> changed_;
  std::int64_t closed_ = 0;
};

class Plugins final : public PluginsOverFakes {
 public:
  Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec& spec) override {
    if (spec.use == "fake.source") return sources.create(spec);
    ++windowsMade;
    return std::unique_ptr<OperatorInstance>(std::make_unique<CountByWindow>(*spec.services));
  }
  std::atomic<int> windowsMade{0};
};

inline topology::PlannedNode node(const std::string& id, NodeRole role, std::optional<std::size_t> topic,
                                  const Schema& schema, bool last = false) {
  topology::PlannedNode node;
  node.id = id;
  node.role = role;
  node.topic = topic.value_or(0);
  node.params = "{}";
  if (role != NodeRole::Source && role != NodeRole::TopicRead) node.inputs = {schema};
  if (role != NodeRole::TopicWrite) node.outputs = {schema};
  if (!last) node.edges = {{0, 1, 0}};
  return node;
}

inline topology::PlannedTopic topic(const std::string& name, const Schema& schema) {
  topology::PlannedTopic topic;
  topic.name = name;
  topic.schema = schema;
  return topic;
}

// source -> repartition -> windows -> topic "counts" -> topic "copy"
inline topology::Plan job() {
  topology::Plan plan;
  plan.name = "job";
  plan.topics = {topic("repartition.windows.in", fakeSchema()), topic("counts", countsSchema()),
                 topic("copy", countsSchema())};
  plan.topics[0].repartition = true;
  plan.topics[0].partitions = 2;
  plan.topics[0].keyFields = {"split"};
  plan.topics[0].keyFormat = "string";
  topology::PlannedNode source = node("rows", NodeRole::Source, {}, fakeSchema());
  source.use = "fake.source";
  source.format = "fake.format";
  source.eventTime = topology::EventTime{"ts", 0};
  topology::PlannedNode window = node("windows", NodeRole::Processor, {}, fakeSchema());
  window.use = "fake.windows";
  window.outputs = {countsSchema()};
  window.edges = {{0, 2, 0}};
  window.stateStamp = "counts";
  const auto once = topology::Guarantee::ExactlyOnce;
  plan.subTopologies = {
      {"rows", {source, node("windows.in.repartition", NodeRole::TopicWrite, 0, fakeSchema(), true)}, 2, once},
      {"windows.in.repartition",
       {node("windows.in.repartition", NodeRole::TopicRead, 0, fakeSchema()), window,
        node("counts", NodeRole::TopicWrite, 1, countsSchema(), true)},
       2,
       once},
      {"counts",
       {node("counts", NodeRole::TopicRead, 1, countsSchema()),
        node("copy", NodeRole::TopicWrite, 2, countsSchema(), true)},
       1,
       once}};
  return plan;
}

// One home, in which the job runs until it has come to its end.
class Subject {
 public:
  Subject() {
    options.threads = 2;
    options.task.untilEnd = true;
    options.task.batchRows = 1;
    options.task.commitBytes = 1;  // after each batch
    for (const char* split : {"a", "b", "c", "d"}) {
      for (int row = 0; row < 30; ++row) {
        plugins.sources.input.splits[split].push_back({std::to_string(row * 1000) + "\n", {}});
      }
    }
  }

  // `membership` may be null.
  Result<RunSummary> run(Log& log, Membership* membership = nullptr) {
    WEIR_TRY_ASSIGN(engine, Engine::make(job(), {log, *state, plugins, clock, logger, nullptr, membership}, options));
    return engine->run();
  }
  // As a runner does: the log is opened again after what it cannot go on from.
  bool runToTheEnd(MemoryBroker& broker, bool loseState) {
    for (int starts = 0; starts < 300; ++starts) {
      const std::unique_ptr<Log> log = broker.open("runner");
      const Result<RunSummary> done = run(*log);
      if (done) return true;
      problem = done.error().message;
      if (loseState) state = std::make_unique<MemoryStateStore>();
    }
    return false;
  }

  const SystemClock clock;
  SilentLogger logger;
  std::unique_ptr<MemoryStateStore> state = std::make_unique<MemoryStateStore>();
  Plugins plugins;
  EngineOptions options;
  std::string problem;
};

inline Rows sorted(Log& log, const std::string& name) {
  Rows rows = rowsOf(log, name, countsSchema());
  std::sort(rows.begin(), rows.end());
  return rows;
}

inline Rows undisturbed() {
  MemoryLog log;
  Subject subject;
  return subject.run(log).ok() ? sorted(log, "copy") : Rows();
}

}  // namespace over_a_broker
}  // namespace weir::runtime
