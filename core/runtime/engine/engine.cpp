#include "core/runtime/engine/engine.hpp"

#include <algorithm>
#include <atomic>

#include "core/runtime/engine/prepare_home.hpp"

namespace weir::runtime {

namespace {

std::int64_t deadLettersRemoved(const std::vector<TopicFigures>& topics) {
  for (const TopicFigures& topic : topics) {
    if (topic.topic == kDeadLetterTopic) return topic.rowsRemoved;
  }
  return 0;
}

// Of writers that go on as before. Whether one has ended or fallen silent nobody waits to hear.
bool tellsTimeAlone(const PartitionAppend& words) {
  return !words.runs.empty() && std::all_of(words.runs.begin(), words.runs.end(), [](const RunToAppend& run) {
    return run.header.mark.state == WriterState::Active;
  });
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
  WEIR_TRY(engine->prepare(plan));
  if (ports.membership == nullptr) WEIR_TRY(engine->makeTasks());
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
  for (const auto& slot : slots_) slot->close();
  slots_.clear();  // while the pool is there: operators may wake their task to the last
}

Result<void> Engine::prepare(const topology::Plan& plan) {
  const bool joins = ports_.membership != nullptr;
  WEIR_TRY_ASSIGN(figuresBefore, ports_.log.figures());
  deadLettersRemoved_ = deadLettersRemoved(figuresBefore);
  const StateResources state{ports_.log,   ports_.state, budget_, options_.unappliedBytes, options_.committer.reached,
                             ports_.start, joins};
  WEIR_TRY_ASSIGN(prepared, prepareHome(plan, {state, ports_.plugins, ports_.clock, ports_.logger},
                                        {options_.task.untilEnd, topicLimits(options_), options_.forget, joins}));
  plan_ = std::move(prepared.plan);
  drainOrder_ = std::make_unique<DrainOrder>(plan_);
  for (const topology::PlannedTopic& topic : plan_.topics) {
    if (topic.repartition) flow_.addRepartition(topic.name, topic.partitions);
  }
  taps_ = std::make_unique<Taps>(plan_);
  const SlotResources resources{*this,         *pool_,         flow_, ports_.clock,
                                ports_.logger, ports_.plugins, state, prepared.generations,
                                prepared.home, joins};
  // Where tasks move between runners it is the assignment that numbers what they write.
  const std::int64_t sequence = joins ? 0 : prepared.sequence;
  for (std::size_t subTopology = 0; subTopology < plan_.subTopologies.size(); ++subTopology) {
    for (std::int32_t index = 0; index < plan_.subTopologies[subTopology].tasks; ++index) {
      const TaskSpec spec{&plan_, subTopology, static_cast<std::uint32_t>(index), options_.task, sequence};
      auto slot = std::make_unique<TaskSlot>(spec, resources, options_.restarts,
                                             &taps_->of({plan_.subTopologies[subTopology].id, index}));
      for (const topology::PlannedNode& node : plan_.subTopologies[subTopology].nodes) {
        if (node.role != topology::NodeRole::TopicRead) continue;
        const auto [readers, isNew] =
            readers_.try_emplace(plan_.topics[node.topic].name, *pool_, ports_.clock, options_.task.commitInterval);
        readers->second.add(index, *slot);
      }
      slots_.push_back(std::move(slot));
    }
  }
  return {};
}

Result<void> Engine::makeTasks() {
  std::int64_t made = 0;
  for (const auto& slot : slots_) {
    if (ports_.start != nullptr) WEIR_TRY(ports_.start->at("", "Making tasks", made++, std::ssize(slots_)));
    WEIR_TRY(slot->fill());
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
  if (ports_.membership != nullptr) {
    std::vector<TaskId> tasks;
    tasks.reserve(slots_.size());
    for (const auto& slot : slots_) tasks.push_back(slot->id());
    if (const Result<void> joined = ports_.membership->join(tasks, *this); !joined) fail(joined.error());
  }
  bool complete = false;
  bool stopped = false;  // a stop that comes from here on finds nothing to stop
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failure_ || abandoned_ || isOver(); });
    complete = isOver();
    stopped = stopping_;
  }
  ports_.log.onPublished(nullptr);
  for (const auto& slot : slots_) {
    if (!complete) slot->cancel();
  }
  pool_->stop();
  committer_->stop();
  for (const auto& slot : slots_) slot->close();
  if (ports_.membership != nullptr) ports_.membership->leave();
  const std::lock_guard lock(mutex_);
  if (failure_) return *failure_;
  for (const auto& slot : slots_) slot->show();
  RunSummary summary = figures().totals;
  WEIR_TRY_ASSIGN(topics, ports_.log.figures());
  summary.deadLettersRemoved = deadLettersRemoved(topics) - deadLettersRemoved_;
  summary.topics = std::move(topics);
  summary.stopped = stopped;
  summary.schemaChanges = schemaChanges_;
  for (const auto& slot : slots_) {
    const std::vector<std::string> blocked = slot->blockedNodes();
    for (const std::string& node : blocked) summary.unfinished.push_back("node '" + node + "' is blocked");
    if (blocked.empty() && !slot->rests())
      summary.unfinished.push_back("sub-topology '" + slot->subTopologyId() + "' has not finished");
  }
  return summary;
}

bool Engine::isOver() const {
  const bool rest = std::all_of(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->rests(); });
  return rest && (ports_.membership == nullptr || isLeaving() || allEnded_);
}

void Engine::requestStop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();  // there may be nothing to stop
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
    const auto readers = readers_.find(append.partition.topic);
    if (readers == readers_.end()) continue;
    if (append.partition.partition != kEveryPartition) {
      readers->second.wakeForRows(append.partition.partition);
    } else if (tellsTimeAlone(append)) {
      readers->second.wakeForTime();
    } else {
      readers->second.wakeAll();
    }
  }
}

void Engine::commit(CommitRequest request) {
  committer_->submit(std::move(request));
}

void Engine::schemaChanged(SchemaChange change) {
  {
    const std::lock_guard lock(mutex_);
    schemaChanges_.push_back(std::move(change));
  }
  drainSlots();
}

void Engine::drainSlots() {
  std::vector<std::size_t> subTopologies;
  {
    const std::lock_guard lock(mutex_);
    if (schemaChanges_.empty()) return;
    std::vector<bool> running(plan_.subTopologies.size());
    for (const auto& slot : slots_) running[slot->subTopology()] = running[slot->subTopology()] || !slot->rests();
    subTopologies = drainOrder_->takeReady(running);
  }
  for (const auto& slot : slots_) {
    if (std::find(subTopologies.begin(), subTopologies.end(), slot->subTopology()) != subTopologies.end())
      slot->requestDrain();
  }
}

void Engine::slotRests(TaskSlot& slot) {
  std::optional<Error> failure = slot.failure();
  if (failure) return fail(std::move(*failure));
  drainSlots();
  bool leaving = false;
  {
    const std::lock_guard lock(mutex_);
    leaving = isLeaving();
    changed_.notify_all();
  }
  if (ports_.membership != nullptr && !leaving && slot.state() == TaskState::Ended) {
    ports_.membership->ended(slot.id());
  }
}

void Engine::allEnded() {
  const std::lock_guard lock(mutex_);
  allEnded_ = true;
  changed_.notify_all();
}

void Engine::fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(error);
  changed_.notify_all();
}

TaskSlot* Engine::find(const TaskId& task) {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [&](const auto& slot) { return slot->id() == task; });
  return found == slots_.end() ? nullptr : found->get();
}

void Engine::assigned(std::vector<TaskId> tasks, std::int64_t generation) {
  for (const auto& slot : slots_) slot->heard(generation);
  {
    const std::lock_guard lock(mutex_);
    if (isLeaving()) return;
  }
  for (const TaskId& task : tasks) {
    TaskSlot* const slot = find(task);
    if (slot == nullptr) {
      return fail(configError("This runner was assigned task " + std::to_string(task.task) + " of sub-topology '" +
                              task.subTopology +
                              "', which its topology does not have: all runners of a group run the same file."));
    }
    slot->assign(generation);
  }
}

void Engine::revoked(std::vector<TaskId> tasks, Revocation why, std::function<void()> done) {
  struct Leaving {
    std::atomic<std::size_t> left{0};
    std::function<void()> done;
  };
  // Shared between the slots: whichever is the last one tells.
  auto leaving = std::make_shared<Leaving>();
  leaving->left = tasks.size() + 1;
  leaving->done = std::move(done);
  const auto away = [leaving] {
    if (--leaving->left == 0) leaving->done();
  };
  for (const TaskId& task : tasks) {
    TaskSlot* const slot = find(task);
    if (slot == nullptr) {
      away();
    } else {
      slot->revoke(why, away);
    }
  }
  away();
}

void Engine::post(const TaskId& task, TaskJob job) {
  if (TaskSlot* const slot = find(task)) return slot->post(std::move(job));
  job(configError("There is no task " + std::to_string(task.task) + " of sub-topology '" + task.subTopology + "'."));
}

EngineFigures Engine::figures() const {
  std::vector<SharedSnapshot> tasks;
  tasks.reserve(slots_.size());
  for (const auto& slot : slots_) tasks.push_back(slot->shown());
  return addUp(std::move(tasks));
}

}  // namespace weir::runtime
