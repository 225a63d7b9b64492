// The two bounds that keep catching up flat in memory and on disk:
//   - source tasks do not run ahead of the slowest one by more than `maxDrift` of event time;
//   - a writer waits when a reader of its repartition topic has half of a bound before it, and the one whose watermark
//     the reader waits for when it has all of it. A reader never waits for a writer in order to read, and drawings have
//     no circles of repartitions: whoever is paused goes on once the reader has had the thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/ports/log.hpp"
#include "runtime/task/flow_control.hpp"
#include "runtime/task/task.hpp"
#include "runtime/task/task_host.hpp"
#include "runtime/task/topic_input.hpp"

namespace weir::runtime {

// [any]
class FlowLimits final : public FlowControl {
 public:
  FlowLimits(Log& log, TaskHost& host, std::int64_t repartitionBound, Duration maxDrift);
  ~FlowLimits() override;

  // Before the tasks run. `sources`: it reads the outside world.
  void add(Task& task, std::size_t part, bool sources, std::vector<WrittenTopic> repartitions);
  void addRepartition(const std::string& topic, std::int32_t partitions);
  ReaderProgress* progressOf(const std::string& topic);
  // A commit has put something before readers.
  void published(const std::vector<PartitionAppend>& appends);

  bool mayRead(Task& task) override;
  void advanced(Task& task, std::int64_t watermark, bool idle) override;
  void finished(Task& task) override;

 private:
  struct Member {
    Task* task = nullptr;
    std::size_t part = 0;
    bool sources = false;
    bool finished = false;
    bool paused = false;
    bool idle = false;
    std::int64_t watermark = INT64_MIN;
    std::int64_t first = INT64_MIN;  // the first watermark that it told
    std::vector<WrittenTopic> repartitions;
  };
  class Topic;

  Member& memberOf(Task& task);
  bool tooFarAhead(const Member& member) const;
  std::int64_t beginOf(std::size_t part) const;
  bool readersBehind(const Member& member);
  void wakePaused();

  Log& log_;
  TaskHost& host_;
  std::int64_t repartitionBound_;
  Duration maxDrift_;
  std::mutex mutex_;
  std::vector<Member> members_;
  std::map<std::string, std::unique_ptr<Topic>> topics_;
};

}  // namespace weir::runtime
