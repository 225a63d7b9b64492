// Runners of one group in one process: a log that several engines use at once, and a membership whose thread is the
// test's.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/adapters/memory/memory_log.hpp"
#include "core/runtime/ports/membership.hpp"

namespace weir::runtime {

// [any] What all of them use.
class LogHub {
 public:
  using Listener = std::function<void(const std::vector<PartitionAppend>&)>;

  LogHub() {
    log.onPublished([this](const std::vector<PartitionAppend>& appends) {
      const std::lock_guard lock(mutex_);
      for (const auto& [user, listener] : listeners_) listener(appends);
    });
  }
  // Nobody is called any more who has taken his listener back.
  void listen(const void* user, Listener listener) {
    const std::lock_guard lock(mutex_);
    listeners_.erase(user);
    if (listener) listeners_[user] = std::move(listener);
  }

  MemoryLog log;

 private:
  std::mutex mutex_;
  std::map<const void*, Listener> listeners_;
};

// The log as one of them has it.
class SharedLog final : public Log {
 public:
  explicit SharedLog(LogHub& hub) : hub_(hub), log_(hub.log) {}

  Result<void> ensureTopic(const TopicSpec& spec) override { return log_.ensureTopic(spec); }
  Result<std::vector<TopicSpec>> topics() const override { return log_.topics(); }
  Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, Position from) override {
    if (onRead) WEIR_TRY(onRead(partition));
    return log_.read(partition, from);
  }
  Result<Position> publishedEnd(const PartitionId& partition) const override { return log_.publishedEnd(partition); }
  Result<Lag> lag(const PartitionId& partition, Position from) const override { return log_.lag(partition, from); }
  CommitResult commit(const Commit& commit) override { return log_.commit(commit); }
  Result<void> trim(const PartitionId& partition, Position position) override { return log_.trim(partition, position); }
  Result<void> release(const std::string& reader) override { return log_.release(reader); }
  Result<void> dropTopic(const std::string& topic) override { return log_.dropTopic(topic); }
  Result<std::vector<TopicFigures>> figures() const override { return log_.figures(); }
  void onPublished(LogHub::Listener listener) override { hub_.listen(this, std::move(listener)); }

  std::function<Result<void>(const PartitionId& partition)> onRead;

 private:
  LogHub& hub_;
  MemoryLog& log_;
};

// Who runs what is decided by the test, and told on its thread.
class Group {
 public:
  class Member final : public Membership {
   public:
    explicit Member(Group& group) : group_(group) {}
    Result<void> join(std::span<const TaskId> tasks, AssignmentListener& listener) override {
      const std::lock_guard lock(group_.mutex_);
      group_.tasks_.assign(tasks.begin(), tasks.end());
      listener_ = &listener;
      joined_ = true;
      group_.changed_.notify_all();
      return {};
    }
    void ended(const TaskId& task) override {
      const std::lock_guard lock(group_.mutex_);
      group_.ended_.insert(task);
      group_.changed_.notify_all();
    }
    void leave() override {
      const std::lock_guard lock(group_.mutex_);
      listener_ = nullptr;
      group_.changed_.notify_all();
    }

   private:
    friend Group;
    Group& group_;
    AssignmentListener* listener_ = nullptr;
    bool joined_ = false;
    std::vector<TaskId> has_;
  };

  Member& add() { return *members_.emplace_back(std::make_unique<Member>(*this)); }

  // Until it runs.
  void awaitJoin(Member& member) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return member.joined_; });
  }
  // Of the plan, as they told it.
  const std::vector<TaskId>& tasks() const { return tasks_; }

  // An assignment of its own, which all of them hear of.
  void give(Member& to, const std::vector<TaskId>& tasks) {
    const std::lock_guard lock(mutex_);
    ++generation_;
    for (const auto& member : members_) {
      if (member->listener_ == nullptr) continue;
      member->listener_->assigned(member.get() == &to ? tasks : std::vector<TaskId>(), generation_);
    }
    to.has_.insert(to.has_.end(), tasks.begin(), tasks.end());
  }
  // Done when nothing of them is there any more; at once where the member has left.
  std::future<void> take(Member& from, const std::vector<TaskId>& tasks, Revocation why) {
    const std::lock_guard lock(mutex_);
    std::erase_if(from.has_,
                  [&](const TaskId& task) { return std::find(tasks.begin(), tasks.end(), task) != tasks.end(); });
    // Shared: with a listener who keeps what he was given.
    auto done = std::make_shared<std::promise<void>>();
    std::future<void> away = done->get_future();
    if (from.listener_ == nullptr) {
      done->set_value();
    } else {
      from.listener_->revoked(tasks, why, [done] { done->set_value(); });
    }
    return away;
  }
  Member* ownerOf(const TaskId& task) {
    for (const auto& member : members_) {
      if (std::find(member->has_.begin(), member->has_.end(), task) != member->has_.end()) return member.get();
    }
    return nullptr;
  }
  bool hasLeft(const Member& member) {
    const std::lock_guard lock(mutex_);
    return member.joined_ && member.listener_ == nullptr;
  }
  bool allEnded() {
    const std::lock_guard lock(mutex_);
    return ended_.size() == tasks_.size();
  }
  // Until all tasks have ended, or somebody has left before.
  void runToTheEnd() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] {
      return ended_.size() == tasks_.size() || std::any_of(members_.begin(), members_.end(), [](const auto& member) {
               return member->listener_ == nullptr;
             });
    });
    for (const auto& member : members_) {
      if (member->listener_ != nullptr) member->listener_->allEnded();
    }
  }

 private:
  std::mutex mutex_;  // held while a listener is called: none is when it has left
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<TaskId> tasks_;
  std::set<TaskId> ended_;
  std::int64_t generation_ = 0;
};

}  // namespace weir::runtime
