// Rows from a source operator: splits, decoding, event time, positions.
//
// Of the splits that have something to read, the one with the lowest watermark is read first, so that catching up holds
// little in memory; those that tell no time take turns; none ever waits for one that has nothing. Which split is next
// is decided `decodeAhead` chunks before its rows are given out, always, and the decision is part of the commit: a
// second run, or one with other threads, reads in the same order.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/formats/decode_queue.hpp"
#include "core/runtime/input/split_table.hpp"
#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/task_input.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/runtime/time/event_stamper.hpp"
#include "core/runtime/time/step_merger.hpp"
#include "core/runtime/time/time_bounds.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct SourceInputSpec {
  const topology::PlannedNode* node = nullptr;
  std::uint32_t task = 0;
  std::uint32_t taskCount = 1;
  TaskOptions options;
};

// [task]
class SourceInput final : public TaskInput {
 public:
  SourceInput(const SourceInputSpec& spec, OperatorInstance& source, NodeServices& services, NodeState& state,
              PluginHost& plugins, TaskHost& host, Task& task, Refused refused);
  ~SourceInput() override;

  Result<void> open() override;
  Result<InputOutcome> poll(Batch& batch) override;
  Result<void> prepareCommit() override;
  Result<void> committed() override;
  void cancel() override { queue_->cancel(); }
  std::map<std::string, const Metric*> metrics() const override { return queue_->metrics(); }
  std::int64_t watermark() const override { return merger_.combined(); }
  // A task without a split has nothing to say about time.
  bool idle() const override { return merger_.allIdle(); }
  bool hasRows() const override;
  std::string nameOfSplit(std::string_view split) const override;
  std::optional<SchemaChange> schemaChange() const override;

 private:
  // A split that is not open: its file is not there, or has been read to its end and may grow again.
  struct Parked {
    std::string position;
    std::int64_t watermark = WEIR_WATERMARK_MIN;
    std::int64_t rows = 0;  // as in OpenSplit
    bool ended = false;
    bool missing = false;  // a mark in the state says since when
    std::string name;      // where this run has read it
  };

  // Ended, and to be told of its last commit.
  struct ClosedReader {
    std::unique_ptr<SplitReader> reader;
    std::optional<std::string> prepared;    // position of the commit in flight
    std::optional<std::string> unprepared;  // of the next one
  };

  Result<void> loadParked();
  // Marks splits that are not there, and forgets those that have not been for long.
  void ageMissing(const std::map<std::string, Timestamp>& marks);
  Result<void> discover();
  // New, known under another name, or with something to read again.
  Result<void> meet(const SourceSplit& found);
  Result<void> openSplit(const SourceSplit& found);
  // The source will never name it again.
  void splitIsGone(const std::string& id);
  bool isMine(std::string_view splitId) const;
  // Fills the decode queue.
  Result<void> readAhead();
  // Tries dry splits again that may have something, and takes up new ones.
  Result<void> lookAgain();
  Result<void> takeChanges();
  std::optional<std::size_t> chooseSplit();
  Result<bool> readOne(std::size_t split);
  // Splits that have ended, with all of their rows given out.
  Result<void> closeFinishedSplits();
  void closeSplit(std::size_t split);
  void markIdleSplits();
  // The rows with their positions in the split.
  static Batch placed(OpenSplit& split, const DecodedChunk& chunk);
  Batch judged(const OpenSplit& split, const Batch& rows, const std::int64_t*& times);
  Batch stamp(const DecodedChunk& chunk);
  void putPosition(const OpenSplit& split);
  void removePosition(const std::string& id);
  // Time as it stands, without rows.
  Batch announce();

  SourceInputSpec spec_;
  OperatorInstance& source_;
  NodeState& state_;
  TaskHost& host_;
  Task& task_;
  Refused refused_;
  SchemaRef schema_;
  std::optional<std::size_t> timeColumn_;
  std::int64_t disorder_ = 0;
  TimeBounds bounds_;
  SplitTable splits_;
  std::vector<std::size_t> finished_;  // ended, and nothing of them is in flight
  std::vector<std::size_t> dirty_;     // splits whose position has not been committed
  bool positionsPut_ = false;          // some are in the state already, of splits that are not open any more
  std::map<std::string, Parked, std::less<>> parked_;
  std::vector<std::size_t> prepared_;  // splits of the commit in flight
  std::vector<ClosedReader> closed_;
  bool forgot_ = false;  // a split whose removal has not been committed
  StepMerger merger_;
  std::optional<std::size_t> changed_;  // the split whose schema has changed: nothing is read any more
  bool endTold_ = false;
  std::int64_t announced_ = WEIR_WATERMARK_MIN;  // watermark that batches have told so far
  std::int64_t kept_ = WEIR_WATERMARK_MIN;       // watermark of the last commit
  std::shared_ptr<DecodeQueue> queue_;           // shared with the jobs in flight
  std::deque<std::string> remembered_;           // splits that were in flight at the last commit
  std::string keptTurn_;                         // SplitTable::turn of the last commit
  Instant nextDiscovery_;
  Instant nextLook_;
  Batch noRows_;
  std::vector<std::int64_t> timeStorage_;
  std::vector<WatermarkStep> originSteps_;
  std::vector<WatermarkStep> steps_;
};

}  // namespace weir::runtime
