#include "runtime/engine/engine.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/engine/prepare_home.hpp"

namespace weir::runtime {

namespace {

constexpr const char* kLateRows = "late_rows";

TopicLimits topicLimits(const EngineOptions& options) {
  TopicLimits limits;
  limits.segmentBytes = options.segmentBytes;
  limits.repartitionBound = options.task.repartitionBound;
  limits.deadLetterTime = options.deadLetterTime;
  limits.deadLetterBytes = options.deadLetterBytes;
  return limits;
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::make(const topology::Plan& plan, const EnginePorts& ports,
                                             const EngineOptions& options) {
  std::unique_ptr<Engine> engine(new Engine(ports, options));
  WEIR_TRY(engine->makeTasks(plan));
  return engine;
}

Engine::Engine(const EnginePorts& ports, const EngineOptions& options)
    : ports_(ports),
      options_(options),
      budget_(options.overlayBytes),
      flow_(ports.log, *this, options.task.repartitionBound),
      pool_(std::make_unique<WorkerPool>(ports.clock)) {
  // With one thread chunks are decoded where they are used, while they are warm.
  if (options_.threads < 2) options_.task.shareDecoding = false;
}

Engine::~Engine() {
  ports_.log.onPublished(nullptr);
  for (const auto& task : tasks_) task->cancel();
  pool_->stop();
  if (committer_) committer_->stop();
  tasks_.clear();  // while the pool is there: operators may wake their task to the last
}

Result<void> Engine::makeTasks(const topology::Plan& plan) {
  const StateResources state{ports_.log,  ports_.state, budget_, options_.unappliedBytes, options_.committer.reached,
                             ports_.start};
  WEIR_TRY_ASSIGN(prepared, prepareHome(plan, {state, ports_.plugins, ports_.clock, ports_.logger},
                                        {options_.task.untilEnd, topicLimits(options_), options_.forget}));
  plan_ = std::move(prepared.plan);
  for (const topology::PlannedTopic& topic : plan_.topics) {
    if (topic.repartition) flow_.addRepartition(topic.name, topic.partitions);
  }
  const std::int64_t all = std::accumulate(plan_.parts.begin(), plan_.parts.end(), std::int64_t{0},
                                           [](std::int64_t sum, const auto& part) { return sum + part.tasks; });
  const TaskResources resources{ports_.plugins,
                                state,
                                *this,
                                flow_,
                                [this](const std::string& topic) { return flow_.progressOf(topic); },
                                prepared.generations,
                                prepared.home};
  for (std::size_t part = 0; part < plan_.parts.size(); ++part) {
    for (std::int32_t index = 0; index < plan_.parts[part].tasks; ++index) {
      if (ports_.start != nullptr) {
        WEIR_TRY(ports_.start->at("", "Making tasks", static_cast<std::int64_t>(tasks_.size()), all));
      }
      auto made =
          Task::make({&plan_, part, static_cast<std::uint32_t>(index), options_.task, prepared.sequence}, resources);
      if (!made) return made.error();
      Task& task = **made;
      flow_.add(task, part, task.readsSource(), task.repartitionsWritten());
      for (const topology::PlannedNode& node : plan_.parts[part].nodes) {
        if (node.role != topology::NodeRole::TopicRead) continue;
        readers_.push_back({{plan_.topics[node.topic].name, index}, &task});
      }
      tasks_.push_back(std::move(*made));
    }
  }
  return {};
}

Result<RunSummary> Engine::run() {
  committer_ = std::make_unique<Committer>(ports_.log, options_.committer);
  {
    const std::lock_guard lock(mutex_);
    running_ = true;
    if (stopping_) {
      for (const auto& task : tasks_) task->requestStop();
    }
  }
  ports_.log.onPublished([this](const std::vector<PartitionAppend>& published) { wakeReaders(published); });
  for (const auto& task : tasks_) pool_->wake(*task);
  pool_->start(options_.threads);
  bool failed = false;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failed_ || ended_ == tasks_.size(); });
    failed = failed_;
  }
  ports_.log.onPublished(nullptr);
  for (const auto& task : tasks_) {
    if (failed) task->cancel();
  }
  pool_->stop();
  committer_->stop();
  for (const auto& task : tasks_) {
    if (const std::optional<Error> failure = task->failure()) return *failure;
  }
  RunSummary summary = summarize();
  const std::lock_guard lock(mutex_);
  summary.stopped = stopping_;
  return summary;
}

void Engine::requestStop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (!running_) return;
  }
  for (const auto& task : tasks_) task->requestStop();
}

void Engine::wakeReaders(const std::vector<PartitionAppend>& published) {
  flow_.published(published);
  for (const PartitionAppend& append : published) {
    const bool every = append.partition.partition == kEveryPartition;
    for (const auto& [partition, task] : readers_) {
      if (partition.topic == append.partition.topic && (every || partition.partition == append.partition.partition)) {
        pool_->wake(*task);
      }
    }
  }
}

void Engine::wake(Task& task) {
  pool_->wake(task);
}

void Engine::wakeAt(Task& task, Instant time) {
  pool_->wakeAt(task, time);
}

void Engine::submit(std::function<void()> job) {
  pool_->submit(std::move(job));
}

void Engine::commit(CommitRequest request) {
  committer_->submit(std::move(request));
}

void Engine::taskEnded(Task& task) {
  const std::lock_guard lock(mutex_);
  ended_ += 1;
  if (task.failure()) failed_ = true;
  changed_.notify_all();
}

RunSummary Engine::summarize() const {
  RunSummary summary;
  for (const auto& task : tasks_) {
    if (task->readsSource()) summary.eventsIn += task->rowsRead();
    summary.deadLetters += task->deadLetterCount();
    for (NodeCounters& node : task->counters()) {
      for (const auto& [name, value] : node.counters) {
        if (name == kLateRows) summary.late += value;
      }
      const auto known = std::find_if(summary.nodes.begin(), summary.nodes.end(),
                                      [&](const NodeCounters& other) { return other.node == node.node; });
      if (known == summary.nodes.end()) {
        summary.nodes.push_back(std::move(node));
        continue;
      }
      known->add(node);
    }
  }
  return summary;
}

}  // namespace weir::runtime
