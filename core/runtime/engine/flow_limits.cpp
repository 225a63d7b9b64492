#include "runtime/engine/flow_limits.hpp"

#include <algorithm>

namespace weir::runtime {

class FlowLimits::Topic final : public ReaderProgress {
 public:
  Topic(FlowLimits& owner, std::string name, std::int32_t partitions)
      : owner_(owner), name_(std::move(name)), readers_(static_cast<std::size_t>(partitions)) {}

  void readUpTo(std::int32_t partition, std::int64_t offset, std::int32_t holder) override {
    const std::lock_guard lock(owner_.mutex_);
    readers_[static_cast<std::size_t>(partition)] = {offset, holder};
    owner_.wakePaused();
  }

  // Called with the owner's mutex held.
  bool holdsBack(Log& log, std::int32_t writer, std::int64_t bound) const {
    bool behind = false;
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      if (readers_[i].holder == writer) return false;
      const auto unread = log.bytesAfter({name_, static_cast<std::int32_t>(i)}, readers_[i].offset);
      behind = behind || (unread && *unread > bound);
    }
    return behind;
  }

 private:
  struct Reader {
    std::int64_t offset = 0;
    std::int32_t holder = -1;
  };
  FlowLimits& owner_;
  std::string name_;
  std::vector<Reader> readers_;
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
