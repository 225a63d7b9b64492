// The inputs of one task, and whose turn it is.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/input/task_input.hpp"

namespace weir::runtime {

// [task], but for cancel.
class TaskInputs {
 public:
  // `node` is the one that its rows leave; `source`: they come from outside, and not from a topic.
  void add(std::size_t node, std::unique_ptr<TaskInput> input, bool source);
  void clear();

  struct Polled {
    InputOutcome outcome = InputOutcome::Dry;  // Ended: all of them
    std::size_t node = 0;                      // that the rows leave
    bool someEnded = false;                    // at this look
    std::vector<SchemaChange> schemaChanges;   // of sources, each told once
  };
  // Asks the input that is furthest behind first, and whoever has nothing lets the next one have its turn. `draining`:
  // sources are read no more.
  Result<Polled> poll(Batch& batch, bool draining);

  // Adds what has been consumed by then.
  Result<void> prepareCommit(std::vector<Consumed>& consumed);
  Result<void> committed();
  // Of all of them: see TaskInput.
  bool areSources() const;
  bool wouldReadAgain() const;
  bool idle() const;
  std::int64_t watermark() const;
  // Of some of them.
  bool hasRows() const;
  std::map<std::string, const Metric*> metricsOf(std::size_t node) const;
  // For people; empty: none of them knows it.
  std::string nameOfSplit(std::string_view split) const;
  // [any]
  void cancel();

 private:
  struct Input {
    std::size_t node = 0;
    std::unique_ptr<TaskInput> input;
    bool source = false;
    bool ended = false;
    bool changeTold = false;  // of its schema
    int passedOver = 0;       // times that others gave rows since it was last asked
  };
  void order();

  std::vector<Input> inputs_;
  // In which they are polled; of those that stand together, who waited longest first.
  std::vector<std::size_t> order_;
};

}  // namespace weir::runtime
