// Time on a topic that Weir's own tasks write: each writer says in band how far it is, and the reader's
// watermark is the minimum over all writers (docs/decisions/0002).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/time/step_merger.hpp"

namespace weir::runtime {

// [task] Watermarks of the writers of one partition: the minimum over those of the newest generation. One of them that
// has not been heard yet holds time back; one that is idle or has ended does not. One that has left handed its splits
// over, or was stopped to go on later: it holds time where it stood, until a newer generation speaks. All of this is
// about time as the data tells it; that a run has come to its end is no time, and never kept as one.
class WriterWatermarks {
 public:
  // Takes in one run: its mark, and the writer's own steps within it. `out` receives steps of the combined
  // watermark. Runs must be given in the order of the partition. One that was heard before, by its number, changes
  // nothing: whoever goes on from a commit may read the marks that stand at its offset once more.
  void advance(const WriterMark& mark, std::span<const WatermarkStep> steps, std::int64_t rows,
               std::vector<WatermarkStep>& out);

  std::int64_t combined() const { return merger_.combined(); }
  // The newest generation heard, or -1.
  std::int64_t generation() const { return generation_; }
  // Every writer of the newest generation has ended or left.
  bool over() const;
  // Some writer has been heard, and none holds time back.
  bool idle() const;
  // Writers of the newest generation.
  std::int32_t writerCount() const { return static_cast<std::int32_t>(writers_.size()); }
  // The writer that holds time back, or -1.
  std::int32_t holder() const;

  // What a commit keeps, and what a restart begins with.
  std::string encode() const;
  static Result<WriterWatermarks> decode(std::string_view bytes);

 private:
  struct Writer {
    WriterState state = WriterState::Active;
    bool holds = true;          // takes part in the minimum
    std::int64_t sequence = 0;  // of the last run heard
  };
  bool isOld(const WriterMark& mark) const;
  void begin(std::int64_t generation, std::int32_t writers);

  std::int64_t generation_ = -1;
  std::vector<Writer> writers_;  // of the newest generation; each is the input of that number
  StepMerger merger_;
};

}  // namespace weir::runtime
