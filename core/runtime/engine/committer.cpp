#include "runtime/engine/committer.hpp"

#include <iterator>

#include "runtime/task/task.hpp"

namespace weir::runtime {

namespace {

void moveInto(std::vector<PartitionAppend>& from, std::vector<PartitionAppend>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

}  // namespace

Committer::Committer(Log& log, CommitterOptions options)
    : log_(log), options_(std::move(options)), thread_([this] { work(); }) {}

Committer::~Committer() {
  stop();
}

void Committer::submit(CommitRequest request) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(request));
  changed_.notify_one();
}

void Committer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Committer::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<CommitRequest> group;
    group.swap(waiting_);
    lock.unlock();
    const Result<void> result = commitGroup(log_, group, options_);
    for (const CommitRequest& request : group) request.task->commitDone(result);
    lock.lock();
  }
}

Result<void> Committer::commitGroup(Log& log, std::vector<CommitRequest>& group, const CommitterOptions& options) {
  std::vector<PartitionAppend> early;  // outputs that may be seen before their state is safe
  std::vector<PartitionAppend> together;
  std::vector<PartitionAppend> states;
  for (CommitRequest& request : group) {
    const bool ahead = request.guarantee == topology::Guarantee::AtLeastOnce;
    moveInto(request.outputs, ahead ? early : together);
    moveInto(request.changelogs, states);
  }
  if (options.reached) options.reached("commit.begin");
  if (options.wrongOrder) {
    if (!states.empty()) WEIR_TRY(log.commit(states));
    states.clear();
    if (options.reached) options.reached("commit.between");
  }
  if (!early.empty()) {
    WEIR_TRY(log.commit(early));
    if (options.reached) options.reached("commit.published");
  }
  moveInto(states, together);
  if (!together.empty()) WEIR_TRY(log.commit(together));
  if (options.reached) options.reached("commit.done");
  return {};
}

}  // namespace weir::runtime
