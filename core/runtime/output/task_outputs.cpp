#include "core/runtime/output/task_outputs.hpp"

#include <algorithm>

namespace weir::runtime {

std::size_t TaskOutputs::bytesBuffered() const {
  std::size_t bytes = deadLetters_.bytesBuffered();
  for (const Writer& output : writers_) bytes += output.writer->bytesBuffered();
  return bytes;
}

bool TaskOutputs::hasRows() const {
  return deadLetters_.bytesBuffered() != 0 ||
         std::any_of(writers_.begin(), writers_.end(), [](const Writer& output) { return output.writer->hasRows(); });
}

std::int64_t TaskOutputs::bytesMoved() const {
  std::int64_t bytes = 0;
  for (const Writer& output : writers_) bytes += output.repartition ? output.writer->bytesWritten() : 0;
  return bytes;
}

Result<void> TaskOutputs::take(WriterState state, std::vector<PartitionAppend>& out) {
  takeRows(state, out);
  return deadLetters_.take(out);
}

void TaskOutputs::takeRows(WriterState state, std::vector<PartitionAppend>& out) {
  for (const Writer& output : writers_) output.writer->take(state, out);
}

bool TaskOutputs::announce(WriterState state, Log& log) {
  bool all = true;
  for (const Writer& output : writers_) all = output.writer->announce(state, log) && all;
  return all;
}

}  // namespace weir::runtime
