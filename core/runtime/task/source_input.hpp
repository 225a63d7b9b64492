// Rows from a source operator: splits, decoding, event time, positions.
//
// Of the splits that have something to read, the one with the lowest watermark is read first, so that catching up holds
// little in memory; none ever waits for one that has nothing. Which split is next is decided `decodeAhead` chunks
// before its rows are given out, always, and the decision is part of the commit: a second run, or one with other
// threads, reads in the same order.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/ports/plugin_host.hpp"
#include "runtime/task/decode_queue.hpp"
#include "runtime/task/node_state.hpp"
#include "runtime/task/task_host.hpp"
#include "runtime/task/task_input.hpp"
#include "runtime/time/event_stamper.hpp"
#include "runtime/time/step_merger.hpp"
#include "runtime/time/time_bounds.hpp"
#include "topology/plan.hpp"

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

 private:
  enum class SplitState : std::uint8_t { Readable, Dry, Ended };
  struct Split {
    std::string id;
    std::unique_ptr<SplitReader> reader;
    SplitState state = SplitState::Readable;
    std::string position;  // after the last rows given out
    SplitTime time;
    Instant drySince = Instant::never();
    bool idle = false;
    bool endSeen = false;
    int inFlight = 0;  // chunks read and not given out
    bool dirty = false;
    std::optional<std::string> prepared;  // position of the commit in flight
    // Numbers its rows. The name is shared with the batches, which outlive a split that has ended.
    std::int64_t rows = 0;
    std::shared_ptr<const std::string> name;
  };

  Result<void> discover();
  Result<void> addSplit(const SourceSplit& found);
  bool isMine(std::string_view splitId) const;
  // Fills the decode queue.
  Result<void> readAhead();
  // Tries dry splits again, and looks for new ones, now and then.
  Result<void> lookAgain();
  std::optional<std::size_t> chooseSplit();
  Result<bool> readOne(std::size_t split);
  // Answers whether there was any.
  bool endFinishedSplits();
  void markIdleSplits();
  void setIdle(std::size_t split, bool idle);
  Batch judged(const Split& split, const Batch& rows, const std::int64_t*& times);
  Batch stamp(Split& split, std::size_t index, const Batch& rows, std::int64_t told);
  Batch timeOnly();
  Batch end();

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
  std::vector<Split> splits_;
  StepMerger merger_;
  bool endTold_ = false;
  std::int64_t announced_ = WEIR_WATERMARK_MIN;  // watermark that batches have told so far
  std::int64_t kept_ = WEIR_WATERMARK_MIN;       // watermark of the last commit
  std::shared_ptr<DecodeQueue> queue_;           // shared with the jobs in flight
  std::deque<std::string> remembered_;           // splits that were in flight at the last commit
  Instant nextDiscovery_;
  Instant nextLook_;
  Batch noRows_;
  std::vector<std::int64_t> timeStorage_;
  std::vector<WatermarkStep> originSteps_;
  std::vector<WatermarkStep> steps_;
};

}  // namespace weir::runtime
