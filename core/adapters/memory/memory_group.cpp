#include "core/adapters/memory/memory_group.hpp"

#include <algorithm>
#include <iterator>

namespace weir::runtime {

MemoryGroup::MemoryGroup(unsigned seed) : random_(seed), thread_([this] { work(); }) {}

MemoryGroup::~MemoryGroup() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void MemoryGroup::rebalance() {
  const std::lock_guard lock(mutex_);
  wanted_ = true;
  changed_.notify_all();
}

void MemoryGroup::giveUp(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto member = members_.find(name);
  if (member == members_.end()) return;
  member->second.gone = true;
  wanted_ = true;
  changed_.notify_all();
}

void MemoryGroup::settle() {
  Lock lock(mutex_);
  changed_.wait(lock, [this] {
    const bool busy =
        std::any_of(members_.begin(), members_.end(), [](const auto& member) { return member.second.busy; });
    return stopping_ || (!wanted_ && !working_ && !busy);
  });
}

Standing MemoryGroup::standingOf(const std::string& name, std::int64_t generation) const {
  const std::lock_guard lock(mutex_);
  const auto member = members_.find(name);
  if (member == members_.end() || member->second.gone) return Standing::Gone;
  return member->second.generation == generation ? Standing::Good : Standing::Stale;
}

Result<void> MemoryGroup::join(const std::string& name, std::span<const TaskId> tasks, AssignmentListener& listener) {
  const std::lock_guard lock(mutex_);
  const Tasks wanted(tasks.begin(), tasks.end());
  if (!members_.empty() && wanted != tasks_) {
    return configError("The runners of a group must have the same tasks: '" + name + "' has others.");
  }
  if (!members_.try_emplace(name).second) return configError("The group has a member '" + name + "' already.");
  tasks_ = wanted;
  members_[name].listener = &listener;
  members_[name].number = ++joined_;
  endTold_ = false;  // it has still to hear of it
  wanted_ = true;
  changed_.notify_all();
  return {};
}

void MemoryGroup::ended(const TaskId& task) {
  const std::lock_guard lock(mutex_);
  ended_.insert(task);
  changed_.notify_all();
}

void MemoryGroup::leave(const std::string& name) {
  Lock lock(mutex_);
  const auto member = members_.find(name);
  if (member == members_.end()) return;
  const AssignmentListener* const listener = member->second.listener;
  members_.erase(member);
  wanted_ = !members_.empty();
  changed_.notify_all();
  if (std::this_thread::get_id() == thread_.get_id()) return;
  changed_.wait(lock, [&] { return calling_ != listener; });
}

void MemoryGroup::work() {
  Lock lock(mutex_);
  while (true) {
    const auto isOver = [this] { return !endTold_ && !tasks_.empty() && ended_ == tasks_; };
    changed_.wait(lock, [&] { return stopping_ || wanted_ || isOver(); });
    if (stopping_) return;
    if (isOver()) tellEnd(lock);
    if (!wanted_) continue;
    wanted_ = false;
    working_ = true;
    shareOut(lock);
    working_ = false;
    changed_.notify_all();
  }
}

void MemoryGroup::shareOut(Lock& lock) {
  // Whether who has lost tasks hears of it before or after those who have them now.
  const bool lostFirst = random_() % 2 == 0;
  if (lostFirst) tellLost(lock);
  std::map<std::string, Tasks> shares = draw();
  for (const auto& [name, share] : shares) {
    const auto member = members_.find(name);
    if (member == members_.end()) continue;
    Tasks moving;
    std::set_difference(member->second.tasks.begin(), member->second.tasks.end(), share.begin(), share.end(),
                        std::inserter(moving, moving.end()));
    if (!moving.empty()) revoke(lock, name, moving, Revocation::Asked);
  }
  // Nobody waits for members that have gone meanwhile.
  changed_.wait(lock, [this] {
    return stopping_ || std::none_of(members_.begin(), members_.end(),
                                     [](const auto& member) { return member.second.busy && !member.second.gone; });
  });
  if (stopping_) return;
  ++generation_;
  for (const auto& [name, share] : shares) {
    if (members_.contains(name) && !members_.at(name).gone) assign(lock, name, share);
  }
  // What went to somebody who is gone by now is left to the next round.
  if (!lostFirst) tellLost(lock);
}

std::map<std::string, MemoryGroup::Tasks> MemoryGroup::draw() {
  std::map<std::string, Tasks> shares;
  for (const auto& [name, member] : members_) {
    if (!member.gone) shares[name];
  }
  if (shares.empty()) return shares;
  for (const TaskId& task : tasks_) {
    const auto to = static_cast<std::ptrdiff_t>(random_() % shares.size());
    std::next(shares.begin(), to)->second.insert(task);
  }
  return shares;
}

void MemoryGroup::tellLost(Lock& lock) {
  std::vector<std::string> gone;
  for (const auto& [name, member] : members_) {
    if (member.gone && !member.busy) gone.push_back(name);
  }
  for (const std::string& name : gone) {
    if (!members_.contains(name)) continue;
    const Tasks lost = std::exchange(members_.at(name).tasks, {});
    revoke(lock, name, lost, Revocation::Lost);
  }
}

void MemoryGroup::tellEnd(Lock& lock) {
  endTold_ = true;
  std::vector<std::string> names;
  for (const auto& [name, member] : members_) names.push_back(name);
  for (const std::string& name : names) {
    const auto member = members_.find(name);
    if (member == members_.end()) continue;
    AssignmentListener& listener = *member->second.listener;
    calling_ = &listener;
    lock.unlock();
    listener.allEnded();
    lock.lock();
    calling_ = nullptr;
    changed_.notify_all();
  }
}

void MemoryGroup::revoke(Lock& lock, const std::string& name, const Tasks& tasks, Revocation why) {
  Member& member = members_.at(name);
  member.busy = true;
  for (const TaskId& task : tasks) member.tasks.erase(task);
  AssignmentListener& listener = *member.listener;
  const int number = member.number;
  calling_ = &listener;
  lock.unlock();
  listener.revoked({tasks.begin(), tasks.end()}, why, [this, name, number, why] { done(name, number, why); });
  lock.lock();
  calling_ = nullptr;
  changed_.notify_all();
}

void MemoryGroup::assign(Lock& lock, const std::string& name, const Tasks& tasks) {
  Member& member = members_.at(name);
  std::vector<TaskId> added;
  std::set_difference(tasks.begin(), tasks.end(), member.tasks.begin(), member.tasks.end(), std::back_inserter(added));
  member.tasks = tasks;
  member.generation = generation_;
  AssignmentListener& listener = *member.listener;
  const std::int64_t generation = generation_;
  calling_ = &listener;
  lock.unlock();
  listener.assigned(std::move(added), generation);
  lock.lock();
  calling_ = nullptr;
  changed_.notify_all();
}

void MemoryGroup::done(const std::string& name, int number, Revocation why) {
  const std::lock_guard lock(mutex_);
  const auto member = members_.find(name);
  if (member == members_.end() || member->second.number != number) return;
  member->second.busy = false;
  if (why == Revocation::Lost) {  // it comes back, as somebody new
    member->second.gone = false;
    member->second.generation = 0;
  }
  if (why == Revocation::Lost || member->second.gone) wanted_ = true;
  changed_.notify_all();
}

}  // namespace weir::runtime
