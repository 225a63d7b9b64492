#include "core/adapters/memory/memory_broker.hpp"

namespace weir::runtime {

std::unique_ptr<Log> MemoryBroker::open(const std::string& runner, const MemoryGroup* group) {
  const std::lock_guard lock(mutex_);
  return std::make_unique<BrokerLog>(*this, runner, ++sessions_[runner], group);
}

MemoryBroker::Fate MemoryBroker::drawFate() {
  auto drawn = static_cast<int>(random_() % 100);
  if (drawn < habits_.aborted) return Fate::Aborted;
  drawn -= habits_.aborted;
  if (drawn < habits_.fenced) return Fate::Fenced;
  drawn -= habits_.fenced;
  if (drawn >= habits_.unknown) return Fate::Committed;
  return drawn % 2 == 0 ? Fate::UnknownCommitted : Fate::UnknownAborted;
}

void MemoryBroker::append(const Commit& commit) {
  topics_.append(commit);
  for (const auto& [partition, runs] : topics_.runsByPartition(commit)) topics_.skip(partition, 1);
}

void MemoryBroker::abort(const Commit& commit) {
  for (const auto& [partition, runs] : topics_.runsByPartition(commit)) {
    const auto arrived = static_cast<std::int64_t>(random_() % static_cast<unsigned>(runs + 1));
    if (arrived != 0) topics_.skip(partition, arrived + 1);
  }
}

void MemoryBroker::tell(const std::vector<PartitionAppend>& appends) {
  const std::lock_guard lock(telling_);
  for (const auto& [log, listener] : listeners_) listener(appends);
}

CommitResult BrokerLog::commit(const Commit& commit) {
  CommitResult result;
  {
    const std::lock_guard lock(broker_.mutex_);
    result = doCommit(commit);
  }
  // Others see what is in the log, whatever this one has been told.
  if (result || result.failure() == CommitFailure::Unknown) broker_.tell(commit.outputs);
  return result;
}

CommitResult BrokerLog::doCommit(const Commit& commit) {
  using Fate = MemoryBroker::Fate;
  if (over_) return *over_;
  if (const Result<void> good = broker_.topics_.check(commit); !good) return {CommitFailure::Aborted, good.error()};
  if (broker_.sessions_[runner_] != session_) return fence();
  if (group_ != nullptr && commit.generation) {
    const Standing standing = group_->standingOf(runner_, *commit.generation);
    if (standing == Standing::Gone) {
      return {CommitFailure::Fenced, configError("The group of '" + runner_ + "' has given its tasks to others.")};
    }
    if (standing == Standing::Stale) {
      broker_.abort(commit);
      return {CommitFailure::Aborted, retryableError("The tasks of '" + runner_ + "' have been shared out anew.")};
    }
  }
  const Fate fate = broker_.drawFate();
  if (fate == Fate::Committed || fate == Fate::UnknownCommitted) {
    broker_.append(commit);
  } else {
    broker_.abort(commit);
  }
  switch (fate) {
    case Fate::Committed: return {};
    case Fate::Aborted: return {CommitFailure::Aborted, retryableError("The broker has given up a transaction.")};
    case Fate::Fenced: return fence();
    default: break;
  }
  over_ = CommitResult(CommitFailure::Unknown,
                       retryableError("What became of a commit is not known: the log takes nothing more until it is "
                                      "opened again."));
  return *over_;
}

CommitResult BrokerLog::fence() {
  over_ = CommitResult(CommitFailure::Fenced,
                       configError("Another runner has opened the log as '" + runner_ +
                                   "': this one must not write any more. Give each runner a name of its own."));
  return *over_;
}

Result<void> BrokerLog::usable() const {
  const std::lock_guard lock(broker_.mutex_);
  return over_ ? Result<void>(over_->error()) : Result<void>();
}

Result<void> BrokerLog::ensureTopic(const TopicSpec& spec) {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.ensure(spec);
}

Result<std::vector<TopicSpec>> BrokerLog::topics() const {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.specs();
}

Result<std::unique_ptr<PartitionReader>> BrokerLog::read(const PartitionId& partition, Position from) {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.read(broker_.mutex_, partition, from);
}

Result<Position> BrokerLog::publishedEnd(const PartitionId& partition) const {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.end(partition);
}

Result<Lag> BrokerLog::lag(const PartitionId& partition, Position from) const {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.lag(partition, from);
}

Result<Instant> BrokerLog::expire() {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.expire();
}

Result<void> BrokerLog::trim(const PartitionId& partition, Position position) {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.trim(partition, position);
}

Result<void> BrokerLog::release(const std::string& reader) {
  const std::lock_guard lock(broker_.mutex_);
  broker_.topics_.release(reader);
  return {};
}

Result<void> BrokerLog::dropTopic(const std::string& topic) {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.drop(topic);
}

Result<std::vector<TopicFigures>> BrokerLog::figures() const {
  const std::lock_guard lock(broker_.mutex_);
  return broker_.topics_.figures();
}

void BrokerLog::onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) {
  const std::lock_guard lock(broker_.telling_);
  if (listener) {
    broker_.listeners_[this] = std::move(listener);
  } else {
    broker_.listeners_.erase(this);
  }
}

}  // namespace weir::runtime
