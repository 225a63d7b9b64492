// The Membership port in memory: members of one group that share the tasks of a plan, and hand them over when a test
// asks for it. What goes where is drawn from a seed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "core/runtime/ports/membership.hpp"

namespace weir::runtime {

// What a commit of a member is worth.
enum class Standing : std::uint8_t {
  Good,
  Stale,  // made in an assignment that is over: the member has still to hear of the next one
  Gone    // the group has given up on the member
};

// [any] Outlives its members.
class MemoryGroup {
 public:
  explicit MemoryGroup(unsigned seed = 1);
  ~MemoryGroup();
  MemoryGroup(const MemoryGroup&) = delete;
  MemoryGroup& operator=(const MemoryGroup&) = delete;

  // The tasks are shared out anew: those that move are asked for first, and are with nobody until that is done.
  void rebalance();
  // The group has not heard of a member for too long: its tasks are lost to it, and go to the others at once. It learns
  // of it some time, and then comes back.
  void giveUp(const std::string& member);
  // Waits until nobody has anything to hear of or to do.
  void settle();
  Standing standingOf(const std::string& member, std::int64_t generation) const;

 private:
  friend class GroupMember;
  using Tasks = std::set<TaskId>;
  struct Member {
    AssignmentListener* listener = nullptr;
    Tasks tasks;
    std::int64_t generation = 0;  // that it may commit in
    bool gone = false;            // given up on; has still to hear of it, or to let go of its tasks
    bool busy = false;            // has been asked for tasks, and is not done
    int number = 0;               // one that leaves and joins again is somebody else
  };

  Result<void> join(const std::string& name, std::span<const TaskId> tasks, AssignmentListener& listener);
  void ended(const TaskId& task);
  void leave(const std::string& name);
  void work();
  // With the mutex, which is let go of during calls.
  using Lock = std::unique_lock<std::mutex>;
  void shareOut(Lock& lock);
  std::map<std::string, Tasks> draw();
  void tellLost(Lock& lock);
  void tellEnd(Lock& lock);
  void revoke(Lock& lock, const std::string& name, const Tasks& tasks, Revocation why);
  void assign(Lock& lock, const std::string& name, const Tasks& tasks);
  void done(const std::string& name, int number, Revocation why);

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::mt19937 random_;
  std::map<std::string, Member> members_;
  Tasks tasks_;
  Tasks ended_;
  bool endTold_ = false;
  std::int64_t generation_ = 0;
  int joined_ = 0;
  const AssignmentListener* calling_ = nullptr;
  bool wanted_ = false;   // a round
  bool working_ = false;  // on one
  bool stopping_ = false;
  std::thread thread_;
};

// One runner's place in a group.
class GroupMember final : public Membership {
 public:
  GroupMember(MemoryGroup& group, std::string name) : group_(group), name_(std::move(name)) {}
  ~GroupMember() override { GroupMember::leave(); }
  GroupMember(const GroupMember&) = delete;
  GroupMember& operator=(const GroupMember&) = delete;

  Result<void> join(std::span<const TaskId> tasks, AssignmentListener& listener) override {
    WEIR_TRY(group_.join(name_, tasks, listener));
    joined_ = true;
    return {};
  }
  void ended(const TaskId& task) override { group_.ended(task); }
  void leave() override {
    if (std::exchange(joined_, false)) group_.leave(name_);
  }

 private:
  MemoryGroup& group_;
  std::string name_;
  bool joined_ = false;
};

}  // namespace weir::runtime
