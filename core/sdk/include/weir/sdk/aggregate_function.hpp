// Aggregates of other plugins, for operators that group rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weir/abi/operator.h"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/context.hpp"
#include "weir/sdk/services.hpp"

namespace weir {

// An aggregate that the topology names as plugin.aggregate. What it keeps of a group is a string that the operator
// owns, empty at first: state of its own, with its memory and its commits. Call it with many rows at a time.
class AggregateFunction {
 public:
  static constexpr std::uint32_t kNoRow = WEIR_NO_ROW;

  // [control] `arguments`: the types of the columns that it is given, in order. A ConfigError says what does not fit.
  AggregateFunction(Context& context, std::string_view use, const SchemaRef& arguments) : context_(&context) {
    context.require(context.host().aggregate_open != nullptr, "aggregates of plugins");
    ArrowSchema result{};
    context.check(
        context.host().aggregate_open(context.handle(), toSlice(use), &arguments->arrow(), &aggregate_, &result));
    const std::optional<Field> field = importField(result);
    result.release(&result);
    if (!field) throw FatalError("The result of '" + std::string(use) + "' has a type unknown here.");
    result_ = *field;
  }

  const DataType& type() const { return result_.type; }
  bool nullable() const { return result_.nullable; }

  // Row rows[i] of `arguments` belongs to the state groups[i]. Rows with a null argument are left out, unless the
  // aggregate takes them.
  void add(const Batch& arguments, std::span<const std::uint32_t> rows, std::span<const std::uint32_t> groups,
           std::span<std::string* const> states) {
    const weir_grouped_rows given = grouped(arguments, rows, groups, states);
    context_->check(context_->host().aggregate_add(context_->handle(), aggregate_, &given, nullptr, nullptr));
  }
  // And the value of its group after each row; kNoRow in `rows` asks for it alone.
  Evaluated addRunning(const Batch& arguments, std::span<const std::uint32_t> rows,
                       std::span<const std::uint32_t> groups, std::span<std::string* const> states) {
    const weir_grouped_rows given = grouped(arguments, rows, groups, states);
    ArrowArray values{};
    weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
    context_->check(context_->host().aggregate_add(context_->handle(), aggregate_, &given, &values, &errors));
    return {OwnedColumn(values), RowErrors(errors)};
  }
  // others[i] goes into the state groups[i].
  void merge(std::span<const weir_slice> others, std::span<const std::uint32_t> groups,
             std::span<std::string* const> states) {
    lend(states);
    const weir_grouped_states given{
        sizeof(weir_grouped_states), 0, others.data(), groups.data(), others.size(), lent_.data(), lent_.size()};
    context_->check(context_->host().aggregate_merge(context_->handle(), aggregate_, &given));
  }
  // A value for each state.
  Evaluated finish(std::span<const weir_slice> states) {
    ArrowArray values{};
    weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
    context_->check(context_->host().aggregate_finish(context_->handle(), aggregate_, states.data(), states.size(),
                                                      &values, &errors));
    return {OwnedColumn(values), RowErrors(errors)};
  }

 private:
  static std::int32_t resize(weir_bytes* bytes, std::size_t size) noexcept {
    auto& text = *static_cast<std::string*>(bytes->owner);
    try {
      text.resize(size);
    } catch (...) {
      return 0;
    }
    bytes->data = reinterpret_cast<std::uint8_t*>(text.data());
    bytes->size = size;
    return 1;
  }
  void lend(std::span<std::string* const> states) {
    lent_.clear();
    for (std::string* const state : states) {
      lent_.push_back({reinterpret_cast<std::uint8_t*>(state->data()), state->size(), resize, state});
    }
  }
  weir_grouped_rows grouped(const Batch& arguments, std::span<const std::uint32_t> rows,
                            std::span<const std::uint32_t> groups, std::span<std::string* const> states) {
    lend(states);
    return {sizeof(weir_grouped_rows),
            0,
            arguments.get(),
            rows.data(),
            groups.data(),
            rows.size(),
            lent_.data(),
            lent_.size()};
  }

  Context* context_;
  weir_aggregate* aggregate_ = nullptr;
  Field result_;
  std::vector<weir_bytes> lent_;
};

}  // namespace weir
