#include "core/runtime/input/task_inputs.hpp"

#include <algorithm>
#include <utility>

namespace weir::runtime {

namespace {

// Whatever the times of the others, an input is asked after so many batches of theirs: one whose rows have no time, or
// never a later one, would keep the rest waiting for ever.
constexpr int kMostPassedOver = 64;

}  // namespace

void TaskInputs::add(std::size_t node, std::unique_ptr<TaskInput> input, bool source) {
  order_.push_back(inputs_.size());
  Input added;
  added.node = node;
  added.input = std::move(input);
  added.source = source;
  inputs_.push_back(std::move(added));
}

void TaskInputs::clear() {
  inputs_.clear();
  order_.clear();
}

// The input that is furthest behind goes first. One that has told no time yet, and perhaps has none, takes turns with
// it.
void TaskInputs::order() {
  if (order_.size() < 2) return;
  std::int64_t behind = WEIR_WATERMARK_MAX;
  for (const Input& input : inputs_) {
    if (!input.ended && input.input->watermark() != WEIR_WATERMARK_MIN) {
      behind = std::min(behind, input.input->watermark());
    }
  }
  const auto place = [&](std::size_t index) {
    const Input& input = inputs_[index];
    if (input.passedOver >= kMostPassedOver) return WEIR_WATERMARK_MIN;
    const std::int64_t watermark = input.input->watermark();
    return watermark == WEIR_WATERMARK_MIN ? behind : watermark;
  };
  // They are few, and nearly in order; what stands together must stay in its order.
  for (auto next = order_.begin() + 1; next != order_.end(); ++next) {
    const auto to = std::upper_bound(order_.begin(), next, place(*next),
                                     [&](std::int64_t key, std::size_t index) { return key < place(index); });
    std::rotate(to, next, next + 1);
  }
}

Result<TaskInputs::Polled> TaskInputs::poll(Batch& batch, bool draining) {
  order();
  Polled polled;
  for (std::size_t turn = 0; turn < order_.size(); ++turn) {
    Input& input = inputs_[order_[turn]];
    if (input.ended || (draining && input.source)) continue;
    input.passedOver = 0;
    auto outcome = input.input->poll(batch);
    if (!outcome) return outcome.error();
    if (*outcome == InputOutcome::Rows) {
      polled.outcome = InputOutcome::Rows;
      polled.node = input.node;
      for (std::size_t later = turn + 1; later < order_.size(); ++later) ++inputs_[order_[later]].passedOver;
      std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(turn),
                  order_.begin() + static_cast<std::ptrdiff_t>(turn) + 1, order_.end());
      return polled;
    }
    if (*outcome == InputOutcome::Ended) input.ended = polled.someEnded = true;
    if (*outcome == InputOutcome::SchemaChanged && !std::exchange(input.changeTold, true)) {
      polled.schemaChanges.push_back(*input.input->schemaChange());
    }
  }
  const bool all = std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.ended; });
  if (all) polled.outcome = InputOutcome::Ended;
  return polled;
}

Result<void> TaskInputs::prepareCommit(std::vector<Consumed>& consumed) {
  for (const Input& input : inputs_) {
    WEIR_TRY(input.input->prepareCommit());
    if (auto read = input.input->consumed()) consumed.push_back(std::move(*read));
  }
  return {};
}

Result<void> TaskInputs::committed() {
  for (const Input& input : inputs_) WEIR_TRY(input.input->committed());
  return {};
}

bool TaskInputs::areSources() const {
  return std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.source; });
}

bool TaskInputs::wouldReadAgain() const {
  return std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.input->wouldReadAgain(); });
}

bool TaskInputs::idle() const {
  return std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.input->idle(); });
}

std::string TaskInputs::nameOfSplit(std::string_view split) const {
  for (const Input& input : inputs_) {
    if (std::string name = input.input->nameOfSplit(split); !name.empty()) return name;
  }
  return {};
}

std::int64_t TaskInputs::watermark() const {
  std::int64_t lowest = WEIR_WATERMARK_MAX;
  for (const Input& input : inputs_) lowest = std::min(lowest, input.input->watermark());
  return lowest;
}

bool TaskInputs::hasRows() const {
  return std::any_of(inputs_.begin(), inputs_.end(),
                     [](const Input& input) { return !input.ended && input.input->hasRows(); });
}

std::map<std::string, const Metric*> TaskInputs::metricsOf(std::size_t node) const {
  for (const Input& input : inputs_) {
    if (input.node == node) return input.input->metrics();
  }
  return {};
}

void TaskInputs::cancel() {
  for (const Input& input : inputs_) input.input->cancel();
}

}  // namespace weir::runtime
