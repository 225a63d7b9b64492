#include "runtime/engine/engine.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/engine/prepare_home.hpp"

namespace weir::runtime {

namespace {

constexpr const char* kLateRows = "late_rows";

std::int64_t deadLettersRemoved(const std::vector<TopicFigures>& topics) {
  for (const TopicFigures& topic : topics) {
    if (topic.topic == kDeadLetterTopic) return topic.rowsRemoved;
  }
  return 0;
}

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
      flow_(ports.log, options.task.repartitionBound),
      pool_(std::make_unique<WorkerPool>(ports.clock)) {
  // With one thread chunks are decoded where they are used, while they are warm.
  if (options_.threads < 2) options_.task.shareDecoding = false;
}

Engine::~Engine() {
  ports_.log.onPublished(nullptr);
  for (const auto& slot : slots_) slot->cancel();
  pool_->stop();
  if (committer_) committer_->stop();
  slots_.clear();  // while the pool is there: operators may wake their task to the last
}

Result<void> Engine::makeTasks(const topology::Plan& plan) {
  WEIR_TRY_ASSIGN(figuresBefore, ports_.log.figures());
  deadLettersRemoved_ = deadLettersRemoved(figuresBefore);
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
  const SlotResources resources{
      *this, *pool_, flow_, ports_.clock, ports_.logger, ports_.plugins, state, prepared.generations, prepared.home};
  for (std::size_t part = 0; part < plan_.parts.size(); ++part) {
    for (std::int32_t index = 0; index < plan_.parts[part].tasks; ++index) {
      if (ports_.start != nullptr) {
        WEIR_TRY(ports_.start->at("", "Making tasks", static_cast<std::int64_t>(slots_.size()), all));
      }
      WEIR_TRY_ASSIGN(
          slot, TaskSlot::make({&plan_, part, static_cast<std::uint32_t>(index), options_.task, prepared.sequence},
                               resources, options_.restarts));
      for (const topology::PlannedNode& node : plan_.parts[part].nodes) {
        if (node.role != topology::NodeRole::TopicRead) continue;
        readers_.push_back({{plan_.topics[node.topic].name, index}, slot.get()});
      }
      slots_.push_back(std::move(slot));
    }
  }
  return {};
}

Result<RunSummary> Engine::run() {
  CommitterOptions committer = options_.committer;
  committer.clock = &ports_.clock;
  committer_ = std::make_unique<Committer>(ports_.log, std::move(committer));
  {
    const std::lock_guard lock(mutex_);
    running_ = true;
    if (stopping_) {
      for (const auto& slot : slots_) slot->requestStop();
    }
  }
  ports_.log.onPublished([this](const std::vector<PartitionAppend>& published) { wakeReaders(published); });
  for (const auto& slot : slots_) pool_->wake(*slot);
  pool_->start(options_.threads);
  bool complete = false;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failure_ || abandoned_ || ended_ == slots_.size(); });
    complete = ended_ == slots_.size();
  }
  ports_.log.onPublished(nullptr);
  for (const auto& slot : slots_) {
    if (!complete) slot->cancel();
  }
  pool_->stop();
  committer_->stop();
  const std::lock_guard lock(mutex_);
  if (failure_) return *failure_;
  RunSummary summary = summarize();
  WEIR_TRY_ASSIGN(figures, ports_.log.figures());
  summary.deadLettersRemoved = deadLettersRemoved(figures) - deadLettersRemoved_;
  summary.topics = std::move(figures);
  summary.stopped = stopping_;
  for (const auto& slot : slots_) {
    const std::vector<std::string> blocked = slot->blockedNodes();
    for (const std::string& node : blocked) summary.unfinished.push_back("node '" + node + "' is blocked");
    if (blocked.empty() && !slot->ended())
      summary.unfinished.push_back("part '" + slot->partId() + "' has not finished");
  }
  return summary;
}

void Engine::requestStop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (!running_) return;
  }
  for (const auto& slot : slots_) slot->requestStop();
}

void Engine::abandon() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  abandoned_ = true;
  changed_.notify_all();
}

bool Engine::gotOn() const {
  return std::any_of(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->gotOn(); });
}

void Engine::wakeReaders(const std::vector<PartitionAppend>& published) {
  flow_.published(published);
  for (const PartitionAppend& append : published) {
    const bool every = append.partition.partition == kEveryPartition;
    for (const auto& [partition, slot] : readers_) {
      if (partition.topic == append.partition.topic && (every || partition.partition == append.partition.partition)) {
        pool_->wake(*slot);
      }
    }
  }
}

void Engine::commit(CommitRequest request) {
  committer_->submit(std::move(request));
}

void Engine::slotEnded(TaskSlot& slot) {
  std::optional<Error> failure = slot.failure();
  const std::lock_guard lock(mutex_);
  ended_ += 1;
  if (failure && !failure_) failure_ = std::move(failure);
  changed_.notify_all();
}

RunSummary Engine::summarize() const {
  RunSummary summary;
  for (const auto& slot : slots_) {
    TaskFigures figures = slot->figures();
    if (slot->readsSource()) summary.eventsIn += figures.rowsRead;
    summary.deadLetters += figures.deadLetters;
    for (NodeCounters& node : figures.nodes) {
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
