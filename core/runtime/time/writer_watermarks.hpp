// Time on a topic that Weir's own tasks write: each writer says in band how far it is, and the reader's
// watermark is the minimum over all writers (docs/decisions/0002).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "runtime/ports/log.hpp"
#include "runtime/time/step_merger.hpp"

namespace weir::runtime {

// [task] Watermarks of the writers of one partition. A writer of the newest generation that has not been
// heard yet holds time back; an idle or ended one does not.
class WriterWatermarks {
 public:
  // Takes in one run: its mark, and the writer's own steps within it. `out` receives steps of the combined
  // watermark. Runs must be given in the order of the partition; reading one twice changes nothing.
  void advance(const WriterMark& mark, std::span<const WatermarkStep> steps, std::int64_t rows,
               std::vector<WatermarkStep>& out);

  std::int64_t combined() const { return merger_.combined(); }
  // Every writer of the newest generation has ended: nothing will come any more.
  bool ended() const;
  // Some writer has been heard, and all of the newest generation are idle or ended.
  bool idle() const;
  // Writers of the newest generation.
  std::int32_t writerCount() const;
  // The writer that holds time back, or -1.
  std::int32_t holder() const;

  // What a commit keeps, and what a restart begins with.
  std::string encode() const;
  static Result<WriterWatermarks> decode(std::string_view bytes);

 private:
  struct Writer {
    std::int64_t generation = 0;
    std::int32_t writer = 0;
    WriterState state = WriterState::Active;
  };
  std::size_t inputOf(const WriterMark& mark);

  std::int64_t generation_ = -1;
  std::vector<Writer> writers_;  // by input of the merger
  StepMerger merger_;
};

}  // namespace weir::runtime
