#include "runtime/engine/flow_limits.hpp"

#include <algorithm>
#include <set>

namespace weir::runtime {

class FlowLimits::Topic final : public ReaderProgress {
 public:
  Topic(FlowLimits& owner, std::string name, std::int32_t partitions)
      : owner_(owner), name_(std::move(name)), readers_(static_cast<std::size_t>(partitions)) {
    for (std::int32_t partition = 0; partition < partitions; ++partition) changed_.insert(partition);
  }

  void readUpTo(std::int32_t partition, std::int64_t offset, std::int32_t holder) override {
    const std::lock_guard lock(owner_.mutex_);
    const bool back = offset < reader(partition).offset;  // it starts again from its last commit
    reader(partition) = {offset, holder};
    if (back || crowded_.contains(partition)) changed_.insert(partition);
    owner_.wakePaused();
  }

  // The rest is called with the owner's mutex held.
  void published(std::int32_t partition) {
    if (partition >= 0) changed_.insert(partition);
  }

  bool holdsBack(Log& log, std::int32_t writer, std::int64_t bound) {
    for (const std::int32_t partition : changed_) {
      const auto unread = log.bytesAfter({name_, partition}, reader(partition).offset);
      if (unread && *unread > bound / 2) {
        crowded_[partition] = *unread;
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
    std::int64_t offset = 0;
    std::int32_t holder = -1;
  };
  Reader& reader(std::int32_t partition) { return readers_[static_cast<std::size_t>(partition)]; }

  FlowLimits& owner_;
  std::string name_;
  std::vector<Reader> readers_;
  // Only what has changed is looked at again: there may be a thousand partitions, and a writer asks for every batch.
  std::set<std::int32_t> changed_;
  std::map<std::int32_t, std::int64_t> crowded_;  // bytes before readers that have more than half of the bound
};

FlowLimits::FlowLimits(Log& log, TaskHost& host, std::int64_t repartitionBound, Duration maxDrift)
    : log_(log), host_(host), repartitionBound_(repartitionBound), maxDrift_(maxDrift) {}

FlowLimits::~FlowLimits() = default;

void FlowLimits::add(Task& task, std::size_t part, bool sources, std::vector<WrittenTopic> repartitions) {
  const std::lock_guard lock(mutex_);
  Member member;
  member.task = &task;
  member.part = part;
  member.sources = sources;
  member.watermark = task.watermark();
  member.first = member.watermark;
  member.repartitions = std::move(repartitions);
  members_.push_back(std::move(member));
}

void FlowLimits::addRepartition(const std::string& topic, std::int32_t partitions) {
  topics_.emplace(topic, std::make_unique<Topic>(*this, topic, partitions));
}

ReaderProgress* FlowLimits::progressOf(const std::string& topic) {
  const auto found = topics_.find(topic);
  return found == topics_.end() ? nullptr : found->second.get();
}

void FlowLimits::published(const std::vector<PartitionAppend>& appends) {
  const std::lock_guard lock(mutex_);
  for (const PartitionAppend& append : appends) {
    const auto found = topics_.find(append.partition.topic);
    if (found != topics_.end()) found->second->published(append.partition.partition);
  }
}

FlowLimits::Member& FlowLimits::memberOf(Task& task) {
  return *std::find_if(members_.begin(), members_.end(), [&](const Member& member) { return member.task == &task; });
}

bool FlowLimits::tooFarAhead(const Member& member) const {
  if (!member.sources || member.watermark == INT64_MIN || member.watermark == INT64_MAX) return false;
  for (const Member& other : members_) {
    if (&other == &member || other.part != member.part || other.finished || other.idle) continue;
    // One that has told nothing yet stands, as far as anyone knows, where the others began.
    const std::int64_t behind = other.watermark == INT64_MIN ? beginOf(member.part) : other.watermark;
    if (member.watermark - maxDrift_ > behind) return true;
  }
  return false;
}

std::int64_t FlowLimits::beginOf(std::size_t part) const {
  std::int64_t begin = INT64_MAX;
  for (const Member& member : members_) {
    if (member.part == part && member.first != INT64_MIN) begin = std::min(begin, member.first);
  }
  return begin;
}

bool FlowLimits::readersBehind(const Member& member) {
  return std::any_of(member.repartitions.begin(), member.repartitions.end(), [&](const WrittenTopic& topic) {
    return topics_.at(topic.name)->holdsBack(log_, topic.writer, repartitionBound_);
  });
}

bool FlowLimits::mayRead(Task& task) {
  const std::lock_guard lock(mutex_);
  Member& member = memberOf(task);
  member.paused = tooFarAhead(member) || readersBehind(member);
  return !member.paused;
}

void FlowLimits::advanced(Task& task, std::int64_t watermark, bool idle) {
  const std::lock_guard lock(mutex_);
  Member& member = memberOf(task);
  if (watermark <= member.watermark && idle == member.idle) return;
  member.watermark = std::max(watermark, member.watermark);
  if (member.first == INT64_MIN) member.first = member.watermark;
  member.idle = idle;
  wakePaused();
}

void FlowLimits::finished(Task& task) {
  const std::lock_guard lock(mutex_);
  memberOf(task).finished = true;
  wakePaused();
}

void FlowLimits::wakePaused() {
  for (Member& member : members_) {
    if (!member.paused) continue;
    member.paused = false;
    host_.wake(*member.task);
  }
}

}  // namespace weir::runtime
