// Base classes of scalar functions and aggregates. Derive, and name the class in WEIR_PLUGIN (plugin.hpp).
//
// What they give depends on their arguments alone: not on the time, on the task, or on what they were asked before. A
// class is constructed from a const CreateInfo&, whose input() has the types of the arguments, in order, and output()
// that of the result. Calls on one instance never overlap. What they throw ends the operator that asked, whole; rows
// that have no value are told by ResultRow::fail.
#pragma once

#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "weir/abi/operator.h"
#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/context.hpp"
#include "weir/sdk/create_info.hpp"
#include "weir/sdk/slice.hpp"

namespace weir {

class ResultRow;

// The column that a function or an aggregate makes. Rows are given in order; those left out are null.
class Results {
 public:
  explicit Results(DataType type) : column_(std::move(type)) {}

  ResultRow row(std::int64_t row);
  template <typename T>
  void set(std::int64_t row, const T& value) {
    skipTo(row);
    if (static_cast<std::int64_t>(column_.size()) != row) throw FatalError("Results are given in the order of rows.");
    column_.append(value);
  }
  // The row becomes a dead letter with this reason, which says what is wrong with the values: "the latitude is over
  // 90".
  void fail(std::int64_t row, std::string reason) {
    rows_.push_back(static_cast<std::uint32_t>(row));
    reasons_.push_back(std::move(reason));
  }

  // For trampolines: starts anew; what is lent is so until `clear`.
  OwnedColumn finish(std::int64_t rows) {
    skipTo(rows);
    return column_.finish();
  }
  weir_row_errors errors() {
    texts_.clear();
    for (const std::string& reason : reasons_) texts_.push_back(toSlice(reason));
    return {sizeof(weir_row_errors), 0, rows_.size(), rows_.data(), texts_.data()};
  }
  void clear() {
    if (column_.size() != 0) column_.finish();  // of a call that threw
    rows_.clear();
    reasons_.clear();
  }

 private:
  void skipTo(std::int64_t row) {
    while (static_cast<std::int64_t>(column_.size()) < row) column_.appendNull();
  }

  AnyBuilder column_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::string> reasons_;
  std::vector<weir_slice> texts_;
};

// One place in it. Without a call to it the result is null.
class ResultRow {
 public:
  ResultRow(Results& results, std::int64_t row) : results_(&results), row_(row) {}
  template <typename T>
  void set(const T& value) const {
    results_->set(row_, value);
  }
  void fail(std::string reason) const { results_->fail(row_, std::move(reason)); }

 private:
  Results* results_;
  std::int64_t row_;
};

inline ResultRow Results::row(std::int64_t row) {
  return {*this, row};
}

// What functions and aggregates have in common.
class Pure {
 public:
  explicit Pure(const CreateInfo& info) : context_(&info.context()) {}
  Pure(const Pure&) = delete;
  Pure& operator=(const Pure&) = delete;
  virtual ~Pure() = default;

 protected:
  // For its log alone.
  Context& context() const { return *context_; }

 private:
  Context* context_;
};

// Called as plugin.function(...) in expressions. One instance serves one place of one expression.
class ScalarFunction : public Pure {
 public:
  using Pure::Pure;
  // A value for each selected row (`arguments.forEachRow`). None of them has a null argument, unless the manifest says
  // "handles_null".
  virtual void evaluate(const Batch& arguments, Results& results) = 0;
};

// The bytes that an aggregate keeps of one group. They belong to the window, lie in its memory budget, and are
// committed with it. Empty: the group has no rows yet.
class AggregateState {
 public:
  explicit AggregateState(weir_bytes& bytes) : bytes_(&bytes) {}

  bool empty() const { return bytes_->size == 0; }
  std::size_t size() const { return bytes_->size; }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_->data), bytes_->size}; }
  // Valid until the next resize.
  std::uint8_t* data() const { return bytes_->data; }
  // New bytes are 0.
  void resize(std::size_t size) {
    if (bytes_->resize(bytes_, size) == 0) throw std::bad_alloc();
  }

  // A state of fixed size; T{} when it is empty.
  template <typename T>
  requires std::is_trivially_copyable_v<T> T read()
  const { return readFrom<T>(view()); }
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  void write(const T& value) {
    if (bytes_->size != sizeof(T)) resize(sizeof(T));
    std::memcpy(bytes_->data, &value, sizeof(T));
  }
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  static T readFrom(std::string_view bytes) {
    T value{};
    if (bytes.empty()) return value;
    if (bytes.size() != sizeof(T)) throw FatalError("The state of an aggregate has another size than it should have.");
    std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }

 private:
  weir_bytes* bytes_;
};

// Named as plugin.aggregate in windows. It keeps nothing itself: everything lies in the states, so that one instance
// serves all groups. Rows may come in any order, and in parts that are put together later: the result must be the same.
// Raise "state_version" in the manifest when the bytes mean something else than before.
class Aggregate : public Pure {
 public:
  using Pure::Pure;
  // Comes before `add`, which names rows of this batch.
  virtual void bind(const Batch& arguments) = 0;
  // Rows with a null argument do not come, unless the manifest says "handles_null".
  virtual void add(AggregateState& state, std::int64_t row) = 0;
  // As if the rows of both had been added to `state`. `other` is never empty.
  virtual void merge(AggregateState& state, std::string_view other) = 0;
  virtual void finish(std::string_view state, const ResultRow& result) = 0;
};

}  // namespace weir
