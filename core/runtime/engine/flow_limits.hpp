// What keeps catching up flat in memory and on disk, both times by the same bound of bytes:
//   - a task of a source does not move more than a bound while another one, which has rows, is behind it in event time:
//     all of that would wait in windows that cannot close. One that has nothing to read keeps nobody waiting;
//   - a writer waits when a reader of its repartition topic has half of a bound before it, and the one whose watermark
//     the reader waits for when it has all of it. A reader never waits for a writer in order to read, and topologies
//     have no circles of repartitions: whoever is paused goes on once the reader has had the thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/topic_input.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/task/flow_control.hpp"
#include "core/runtime/task/task.hpp"

namespace weir::runtime {

// [any]
class FlowLimits final : public FlowControl {
 public:
  FlowLimits(Log& log, std::int64_t repartitionBound);
  ~FlowLimits() override;

  // Before the task runs. `sources`: it reads the outside world.
  void add(Task& task, std::size_t subTopology, bool sources, std::vector<WrittenTopic> repartitions);
  // Before the task is destroyed while others run.
  void remove(Task& task);
  void addRepartition(const std::string& topic, std::int32_t partitions);
  ReaderProgress* progressOf(const std::string& topic);
  // The reader of a partition is run elsewhere from now on, and keeps nobody here waiting until it comes back.
  void readerLeft(const std::string& topic, std::int32_t partition);
  // A commit has put something before readers.
  void published(const std::vector<PartitionAppend>& appends);

  bool mayRead(Task& task) override;
  void advanced(Task& task, const TaskProgress& progress) override;
  void finished(Task& task) override;

 private:
  struct Member {
    Task* task = nullptr;
    std::size_t subTopology = 0;
    bool sources = false;
    bool finished = false;
    bool paused = false;
    TaskProgress progress;
    std::int64_t together = 0;  // bytes that it had moved when it was last ahead of nobody
    std::vector<WrittenTopic> repartitions;
  };
  class Topic;

  bool isAhead(const Member& member) const;
  bool readersBehind(const Member& member);
  void wakePaused();

  Log& log_;
  std::int64_t repartitionBound_;
  std::mutex mutex_;
  // There may be thousands, and each asks at every step: nobody walks over all of them.
  std::unordered_map<const Task*, Member> members_;            // these stay where they are
  std::map<std::size_t, std::vector<const Member*>> sources_;  // by part
  std::vector<Member*> paused_;
  std::map<std::string, std::unique_ptr<Topic>> topics_;
};

}  // namespace weir::runtime
