#include "core/runtime/engine/flow_limits.hpp"

#include <algorithm>
#include <set>

namespace weir::runtime {

class FlowLimits::Topic final : public ReaderProgress {
 public:
  Topic(FlowLimits& owner, std::string name, std::int32_t partitions)
      : owner_(owner), name_(std::move(name)), readers_(static_cast<std::size_t>(partitions)) {
    for (std::int32_t partition = 0; partition < partitions; ++partition) changed_.insert(partition);
  }

  void readUpTo(std::int32_t partition, Position position, std::int32_t holder) override {
    const std::lock_guard lock(owner_.mutex_);
    // It starts again from its last commit, or here.
    const bool back = position < reader(partition).position || !reader(partition).here;
    reader(partition) = {position, holder, true};
    if (back || crowded_.contains(partition)) changed_.insert(partition);
    owner_.wakePaused();
  }

  // The rest is called with the owner's mutex held.
  void left(std::int32_t partition) {
    reader(partition) = {};
    crowded_.erase(partition);
    changed_.insert(partition);
  }

  void published(std::int32_t partition) {
    if (partition >= 0) changed_.insert(partition);
  }

  bool holdsBack(Log& log, std::int32_t writer, std::int64_t bound) {
    for (const std::int32_t partition : changed_) {
      if (!reader(partition).here) continue;
      const auto unread = log.lag({name_, partition}, reader(partition).position);
      if (unread && unread->bytes > bound / 2) {
        crowded_[partition] = unread->bytes;
      } else {
        crowded_.erase(partition);
      }
    }
    changed_.clear();
    return std::any_of(crowded_.begin(), crowded_.end(),
                       [&](const auto& found) { return reader(found.first).holder != writer || found.second > bound; });
  }

 private:
  struct Reader {
    Position position;
    std::int32_t holder = -1;
    bool here = false;
  };
  Reader& reader(std::int32_t partition) { return readers_[static_cast<std::size_t>(partition)]; }

  FlowLimits& owner_;
  std::string name_;
  std::vector<Reader> readers_;
  // Only what has changed is looked at again: there may be a thousand partitions, and a writer asks for every batch.
  std::set<std::int32_t> changed_;
  std::map<std::int32_t, std::int64_t> crowded_;  // bytes before readers that have more than half of the bound
};

FlowLimits::FlowLimits(Log& log, std::int64_t repartitionBound) : log_(log), repartitionBound_(repartitionBound) {}

FlowLimits::~FlowLimits() = default;

void FlowLimits::add(Task& task, std::size_t subTopology, bool sources, std::vector<WrittenTopic> repartitions) {
  const std::lock_guard lock(mutex_);
  Member& member = members_[&task];
  member.task = &task;
  member.subTopology = subTopology;
  member.sources = sources;
  member.progress.watermark = task.watermark();
  member.repartitions = std::move(repartitions);
  if (sources) sources_[subTopology].push_back(&member);
}

void FlowLimits::remove(Task& task) {
  const std::lock_guard lock(mutex_);
  Member& member = members_.at(&task);
  if (member.sources) std::erase(sources_.at(member.subTopology), &member);
  std::erase(paused_, &member);
  members_.erase(&task);
  wakePaused();
}

void FlowLimits::addRepartition(const std::string& topic, std::int32_t partitions) {
  topics_.emplace(topic, std::make_unique<Topic>(*this, topic, partitions));
}

ReaderProgress* FlowLimits::progressOf(const std::string& topic) {
  const auto found = topics_.find(topic);
  return found == topics_.end() ? nullptr : found->second.get();
}

void FlowLimits::readerLeft(const std::string& topic, std::int32_t partition) {
  const std::lock_guard lock(mutex_);
  const auto found = topics_.find(topic);
  if (found == topics_.end()) return;
  found->second->left(partition);
  wakePaused();
}

void FlowLimits::published(const std::vector<PartitionAppend>& appends) {
  const std::lock_guard lock(mutex_);
  for (const PartitionAppend& append : appends) {
    const auto found = topics_.find(append.partition.topic);
    if (found != topics_.end()) found->second->published(append.partition.partition);
  }
}

bool FlowLimits::isAhead(const Member& member) const {
  if (!member.sources) return false;
  const std::vector<const Member*>& others = sources_.at(member.subTopology);
  return std::any_of(others.begin(), others.end(), [&](const Member* other) {
    return !other->finished && other->progress.hasRows && other->progress.watermark < member.progress.watermark;
  });
}

bool FlowLimits::readersBehind(const Member& member) {
  return std::any_of(member.repartitions.begin(), member.repartitions.end(), [&](const WrittenTopic& topic) {
    return topics_.at(topic.name)->holdsBack(log_, topic.writer, repartitionBound_);
  });
}

bool FlowLimits::mayRead(Task& task) {
  const std::lock_guard lock(mutex_);
  Member& member = members_.at(&task);
  if (!isAhead(member)) member.together = member.progress.bytesMoved;
  const bool farAhead = member.progress.bytesMoved - member.together > repartitionBound_;
  const bool may = !farAhead && !readersBehind(member);
  if (!may && !member.paused) paused_.push_back(&member);
  if (may && member.paused) std::erase(paused_, &member);
  member.paused = !may;
  return may;
}

void FlowLimits::advanced(Task& task, const TaskProgress& progress) {
  const std::lock_guard lock(mutex_);
  TaskProgress& known = members_.at(&task).progress;
  const bool lets = progress.watermark > known.watermark || (known.hasRows && !progress.hasRows);
  known = progress;
  if (lets) wakePaused();
}

void FlowLimits::finished(Task& task) {
  const std::lock_guard lock(mutex_);
  members_.at(&task).finished = true;
  wakePaused();
}

void FlowLimits::wakePaused() {
  for (Member* const member : paused_) {
    member->paused = false;
    member->task->wake();
  }
  paused_.clear();
}

}  // namespace weir::runtime
