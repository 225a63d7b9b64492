// Aggregate functions: what they keep for a group, and what they make of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "weir/sdk/aggregate_function.hpp"
#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/create_info.hpp"
#include "weir/sdk/exact_sum.hpp"

namespace weir::window {

enum class Function : std::uint8_t { Count, Sum, Min, Max, Average, Plugin };

// What one aggregate keeps. Nulls do not take part; `count` is the number of values that did.
struct Cell {
  std::int64_t count = 0;
  // Times that a sum went round 2^128: what it is exactly does not depend on the order of the rows. Of plugins: the
  // place of the group among those of PluginRows, while there is something to tell them.
  std::int64_t wraps = 0;
  // Integers and decimals (sums, extremes), floats (extremes), texts (extremes, states of plugins), exact float sums.
  std::variant<Int128, double, std::string, ExactSum> value;
};

// All that a window keeps for one key. `rows` counts them all; cells are made with the first value.
struct Group {
  std::int64_t rows = 0;
  std::vector<Cell> cells;
};

// One aggregate of a node.
class Aggregate {
 public:
  // Reads "aggregates.<n>"; a ConfigError says what does not fit. A final stage learns the type of the column from
  // `types`, what its partial stage has sent along (Aggregates::inputTypes).
  Aggregate(const CreateInfo& info, const Params& params, const std::vector<Field>& types);

  const std::string& name() const { return name_; }
  // Whether the number of rows says it all: no cell is needed.
  bool countsRows() const { return function_ == Function::Count && !column_; }
  Field resultField() const;
  // Of a plugin: a struct of what it is given.
  const DataType& inputType() const { return input_; }

  // Aggregates of plugins are told of many rows at once: `add`, `merge` and `finish` are not for them.
  bool isPlugin() const { return function_ == Function::Plugin; }
  AggregateFunction& plugin() { return *plugin_; }
  // The columns of the bound batch that a plugin is given.
  const Batch& arguments() const { return arguments_; }

  // Points at the aggregated column of a batch that outlives the calls of `add`.
  void bind(const Batch& batch);
  void add(Cell& cell, std::int64_t row) const;
  void merge(Cell& cell, const Cell& other) const;
  // The result as a value of a column. False: it does not fit the column's type, and a null was appended.
  bool finish(const Group& group, const Cell* cell, AnyBuilder& column) const;

 private:
  // How the values of the column are read.
  enum class Source : std::uint8_t { None, Int32, Int64, Float64, Decimal, Text, Bool };

  void openPlugin(const CreateInfo& info, const Params& params, const std::vector<Field>& types);
  static DataType typeOf(const std::vector<Field>& types, const std::string& name);
  void setTypes(const std::string& parameter);
  void checkType(const std::string& parameter) const;
  bool better(bool smaller) const { return function_ == Function::Min ? smaller : !smaller; }
  Int128 integerAt(std::int64_t row) const;
  template <typename T>
  void keepBest(Cell& cell, T value) const;
  bool finishAverage(const Cell& cell, AnyBuilder& column) const;

  std::string name_;
  Function function_ = Function::Count;
  std::optional<std::size_t> column_;  // in a final stage only whether there is one
  DataType input_;
  DataType result_;
  Source source_ = Source::None;
  std::optional<ColumnView> bound_;
  std::optional<AggregateFunction> plugin_;
  std::vector<std::size_t> pluginColumns_;
  SchemaRef argumentSchema_;
  Batch arguments_;
};

// The aggregates of a node, together.
class Aggregates {
 public:
  explicit Aggregates(const CreateInfo& info);

  std::size_t size() const { return all_.size(); }
  std::vector<Field> resultFields() const;
  // The aggregates that have a column, with its type.
  std::vector<Field> inputTypes() const;
  void bind(const Batch& batch);
  void add(Group& group, std::int64_t row) const {
    ++group.rows;
    if (cells_ != 0) addCells(group, row);
  }
  void merge(Group& group, const Group& other) const;

  // An aggregate of a plugin, and its cell in every group.
  struct PluginPlace {
    std::size_t aggregate = 0;
    std::size_t cell = 0;
  };
  const std::vector<PluginPlace>& plugins() const { return plugins_; }
  Aggregate& at(std::size_t index) { return all_[index]; }
  // Makes the cells of a group that has none yet.
  void makeCells(Group& group) const {
    if (group.cells.empty()) group.cells.resize(cells_);
  }
  // Appends one value to each of the columns from `first` on, but for those of plugins. False: a result did not fit.
  template <typename Columns>
  bool finish(const Group& group, Columns& columns, std::size_t first) const {
    bool fits = true;
    std::size_t cell = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const Cell* own = all_[i].countsRows() || group.cells.empty() ? nullptr : &group.cells[cell];
      cell += all_[i].countsRows() ? 0 : 1;
      if (all_[i].isPlugin()) continue;
      fits = all_[i].finish(group, own, columns.column(first + i)) && fits;
    }
    return fits;
  }

 private:
  void addCells(Group& group, std::int64_t row) const;

  std::vector<Aggregate> all_;
  std::size_t cells_ = 0;  // aggregates that need one
  std::vector<PluginPlace> plugins_;
};

// How groups lie in state, and travel between a partial and its final stage. Part of state_version.
struct GroupCodec {
  void write(const Group& group, std::string& out) const;
  Group read(std::string_view bytes) const;
  std::size_t heapBytes(const Group& group) const;
};

}  // namespace weir::window
