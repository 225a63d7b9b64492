// Batches built row by row, for a schema that is known at run time only.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir {

//   Batch batch = BatchBuilder(schema).row("eu", 1).time(1000).row("us", 2).watermark(999).finish();
//
// or, value by value: builder.column(0).append("eu"); builder.column(1).append(1); builder.endRow();
class BatchBuilder {
 public:
  explicit BatchBuilder(SchemaRef schema) : schema_(std::move(schema)) {
    for (const Field& field : schema_->schema().fields) columns_.emplace_back(field.type);
  }
  explicit BatchBuilder(Schema schema) : BatchBuilder(makeSchema(std::move(schema))) {}

  const SchemaRef& schema() const { return schema_; }
  std::int64_t rows() const { return rows_; }
  AnyBuilder& column(std::size_t index) { return columns_[index]; }
  // Ends the row whose values have been appended to every column.
  BatchBuilder& endRow() {
    ++rows_;
    return *this;
  }
  // A whole row of plain values; nullptr and empty optionals are nulls.
  template <typename... Values>
  BatchBuilder& row(const Values&... values) {
    if (sizeof...(values) != columns_.size()) {
      throw std::invalid_argument("A row of " + std::to_string(sizeof...(values)) + " values for " +
                                  std::to_string(columns_.size()) + " columns.");
    }
    std::size_t index = 0;
    (appendValue(columns_[index++], values), ...);
    return endRow();
  }
  // A row copied from a batch with the same columns.
  BatchBuilder& rowFrom(const Batch& batch, std::int64_t row) {
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].appendFrom(batch.column(i), row);
    return endRow();
  }

  // Of the row that was ended last. Rows that get none have none.
  BatchBuilder& time(std::int64_t eventTime) { return put(times_, eventTime, std::int64_t{WEIR_NO_TIME}); }
  BatchBuilder& op(std::int8_t op) { return put(ops_, op, std::int8_t{WEIR_OP_INSERT}); }
  BatchBuilder& key(std::string_view bytes) {
    fillKeys(rows_ - 1);
    keys_.append(bytes);
    hasKeys_ = true;
    return *this;
  }
  // The watermark of the node, or of the split (`origin`), before the next row.
  BatchBuilder& watermark(std::int64_t watermark) {
    steps_.push_back({rows_, watermark});
    return *this;
  }
  BatchBuilder& originWatermark(std::int64_t watermark) {
    originSteps_.push_back({rows_, watermark});
    hasOrigin_ = true;
    return *this;
  }
  BatchBuilder& selection(std::vector<std::uint32_t> rows) {
    selection_ = std::move(rows);
    return *this;
  }

  // Starts anew, with the same schema. Throws std::logic_error when columns have different lengths.
  Batch finish() {
    BatchMaker maker(schema_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].size() != static_cast<std::size_t>(rows_)) {
        throw std::logic_error("Column '" + schema_->schema().fields[i].name + "' has " +
                               std::to_string(columns_[i].size()) + " values for " + std::to_string(rows_) + " rows.");
      }
      maker.column(columns_[i].finish());
    }
    if (!times_.empty()) {
      times_.resize(static_cast<std::size_t>(rows_), WEIR_NO_TIME);
      maker.eventTime(std::exchange(times_, {}));
    }
    if (!ops_.empty()) {
      ops_.resize(static_cast<std::size_t>(rows_), WEIR_OP_INSERT);
      maker.ops(std::exchange(ops_, {}));
    }
    if (std::exchange(hasKeys_, false)) {
      fillKeys(rows_);
      maker.key(keys_.finish());
    }
    if (selection_) maker.selection(*std::exchange(selection_, std::nullopt));
    maker.steps(std::exchange(steps_, {}));
    if (std::exchange(hasOrigin_, false)) maker.originSteps(std::exchange(originSteps_, {}));
    return maker.finish(std::exchange(rows_, 0));
  }

 private:
  template <typename T>
  static void appendValue(AnyBuilder& column, const T& value) {
    if constexpr (std::is_array_v<T>) {
      column.append(std::string_view(value));
    } else {
      column.append(value);
    }
  }
  template <typename T>
  BatchBuilder& put(std::vector<T>& into, T value, T filler) {
    if (rows_ == 0) throw std::logic_error("There is no row yet.");
    into.resize(static_cast<std::size_t>(rows_), filler);
    into.back() = value;
    return *this;
  }
  void fillKeys(std::int64_t rows) {
    while (keys_.size() < static_cast<std::size_t>(rows)) keys_.appendNull();
  }

  SchemaRef schema_;
  std::vector<AnyBuilder> columns_;
  std::int64_t rows_ = 0;
  std::vector<std::int64_t> times_;
  std::vector<std::int8_t> ops_;
  StringBuilder keys_;
  bool hasKeys_ = false;
  bool hasOrigin_ = false;
  std::optional<std::vector<std::uint32_t>> selection_;
  std::vector<WatermarkStep> steps_;
  std::vector<WatermarkStep> originSteps_;
};

}  // namespace weir
