// A log in memory with the habits of Kafka, which several runners share: what proves that a topology can run on such a
// log. Nothing survives the broker.
//   - positions count records: each run is one, and so is the marker that ends a transaction in every partition that it
//     touched. What was aborted takes up positions, too, and is never read;
//   - of the commits, a seed has some aborted, some fenced, and of some the outcome is not told;
//   - who opens the log as a runner fences everybody who has opened it as that runner before;
//   - a runner of a group commits in its newest assignment, or not at all.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>

#include "core/adapters/memory/memory_group.hpp"
#include "core/adapters/memory/memory_topics.hpp"
#include "core/base/clock.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

struct BrokerHabits {
  unsigned seed = 1;
  // Of a hundred commits.
  int aborted = 0;
  int fenced = 0;
  int unknown = 0;  // half of them are in the log
};

class BrokerLog;

// [any] Outlives the logs that are open.
class MemoryBroker {
 public:
  explicit MemoryBroker(const BrokerHabits& habits = {}, const Clock* clock = nullptr)
      : habits_(habits), random_(habits.seed), topics_(Numbering::Records, clock) {}

  // `group` may be null; otherwise the runner is a member of that name.
  std::unique_ptr<Log> open(const std::string& runner, const MemoryGroup* group = nullptr);

 private:
  friend class BrokerLog;
  using Listener = std::function<void(const std::vector<PartitionAppend>&)>;
  enum class Fate : std::uint8_t { Committed, Aborted, Fenced, UnknownCommitted, UnknownAborted };

  Fate drawFate();
  void append(const Commit& commit);
  // Some of it had arrived.
  void abort(const Commit& commit);
  void tell(const std::vector<PartitionAppend>& appends);

  const BrokerHabits habits_;
  std::mutex mutex_;  // guards what follows
  std::mt19937 random_;
  MemoryTopics topics_;
  std::map<std::string, int> sessions_;  // the newest of each runner

  std::mutex telling_;  // held while listeners are called, so that nobody is called who has gone
  std::map<const BrokerLog*, Listener> listeners_;
};

// What one runner has open. After an unknown outcome, and when it is fenced, it takes nothing more.
class BrokerLog final : public Log {
 public:
  BrokerLog(MemoryBroker& broker, std::string runner, int session, const MemoryGroup* group)
      : broker_(broker), runner_(std::move(runner)), session_(session), group_(group) {}
  ~BrokerLog() override { onPublished(nullptr); }
  BrokerLog(const BrokerLog&) = delete;
  BrokerLog& operator=(const BrokerLog&) = delete;

  Result<void> ensureTopic(const TopicSpec& spec) override;
  Result<std::vector<TopicSpec>> topics() const override;
  Result<std::unique_ptr<PartitionReader>> read(const PartitionId& partition, Position from) override;
  Result<Position> publishedEnd(const PartitionId& partition) const override;
  Result<Lag> lag(const PartitionId& partition, Position from) const override;
  CommitResult commit(const Commit& commit) override;
  Result<void> usable() const override;
  Result<Instant> expire() override;
  Result<void> trim(const PartitionId& partition, Position position) override;
  Result<void> release(const std::string& reader) override;
  Result<void> dropTopic(const std::string& topic) override;
  Result<std::vector<TopicFigures>> figures() const override;
  void onPublished(std::function<void(const std::vector<PartitionAppend>&)> listener) override;

 private:
  CommitResult doCommit(const Commit& commit);  // with the broker's mutex
  CommitResult fence();

  MemoryBroker& broker_;
  const std::string runner_;
  const int session_;
  const MemoryGroup* const group_;
  std::optional<CommitResult> over_;  // under the broker's mutex: what every commit is answered from then on
};

}  // namespace weir::runtime
