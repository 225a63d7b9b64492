// The outputs of one task: the writers of its topics, and its dead letters. What they hold waits for a commit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/runtime/output/dead_letters.hpp"
#include "core/runtime/output/topic_writer.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::runtime {

// [task]
class TaskOutputs {
 public:
  // The writer outlives the last call. `repartition`: of a topic between parts of the topology.
  void add(TopicWriter& writer, bool repartition) { writers_.push_back({&writer, repartition}); }
  DeadLetters& deadLetters() { return deadLetters_; }
  const DeadLetters& deadLetters() const { return deadLetters_; }

  // That wait for a commit, about.
  std::size_t bytesBuffered() const;
  // Rows or dead letters wait.
  bool hasRows() const;
  // Written to repartition topics since the task was made.
  std::int64_t bytesMoved() const;

  // Moves what waits into `out`, with what the writers have to say.
  Result<void> take(WriterState state, std::vector<PartitionAppend>& out);
  // But for the dead letters.
  void takeRows(WriterState state, std::vector<PartitionAppend>& out);
  // Announces what is new about time. False: some of it has to be committed, and has not been said.
  bool announce(WriterState state, Log& log);

 private:
  struct Writer {
    TopicWriter* writer = nullptr;
    bool repartition = false;
  };
  std::vector<Writer> writers_;
  DeadLetters deadLetters_;
};

}  // namespace weir::runtime
