#include "core/runtime/engine/committer.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "core/runtime/task/task.hpp"

namespace weir::runtime {

namespace {

constexpr Duration kExpiryAfterCommit = 60 * kSecond;

template <typename T>
void moveInto(std::vector<T>& from, std::vector<T>& to) {
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
  if (options_.clock != nullptr) expiry_ = options_.clock->monotonic();
  while (true) {
    wait(lock);
    if (waiting_.empty() && stopping_) return;
    std::vector<CommitRequest> group;
    group.swap(waiting_);
    lock.unlock();
    if (!group.empty()) {
      const CommitResult result = commitGroup(log_, group, options_);
      for (const CommitRequest& request : group) request.task->commitDone(result);
      // What is new may become too old.
      if (options_.clock != nullptr) expiry_ = std::min(expiry_, options_.clock->monotonic() + kExpiryAfterCommit);
    }
    if (options_.clock != nullptr && options_.clock->monotonic() >= expiry_) expire();
    lock.lock();
  }
}

void Committer::wait(std::unique_lock<std::mutex>& lock) {
  const auto hasWork = [this] { return stopping_ || !waiting_.empty(); };
  if (expiry_ == Instant::never()) return changed_.wait(lock, hasWork);
  const Duration rest = std::max<Duration>(expiry_ - options_.clock->monotonic(), 0);
  changed_.wait_for(lock, std::chrono::microseconds(rest), hasWork);
}

void Committer::expire() {
  const Result<Instant> next = log_.expire();
  // After an error the log refuses whatever is asked of it, with the reason.
  expiry_ = next ? *next : Instant::never();
}

CommitResult Committer::commitGroup(Log& log, std::vector<CommitRequest>& group, const CommitterOptions& options) {
  const auto commit = [&log](const Commit& all) {
    const bool empty = all.outputs.empty() && all.changelogs.empty() && all.consumed.empty();
    return empty ? CommitResult() : log.commit(all);
  };
  Commit early;  // outputs that may be seen before their state is safe
  Commit together;
  // The oldest: what was handed over in an assignment that is over must not go through with what came later.
  for (const CommitRequest& request : group) {
    if (request.generation) {
      together.generation = std::min(*request.generation, together.generation.value_or(INT64_MAX));
    }
  }
  early.generation = together.generation;
  for (CommitRequest& request : group) {
    const bool ahead = request.guarantee == topology::Guarantee::AtLeastOnce;
    moveInto(request.outputs, ahead ? early.outputs : together.outputs);
    moveInto(request.changelogs, together.changelogs);
    moveInto(request.consumed, together.consumed);
  }
  if (options.reached) options.reached("commit.begin");
  if (!early.outputs.empty()) {
    if (CommitResult done = commit(early); !done) return done;
    if (options.reached) options.reached("commit.published");
  }
  if (CommitResult done = commit(together); !done) return done;
  if (options.reached) options.reached("commit.done");
  return {};
}

}  // namespace weir::runtime
