// What aggregates of plugins are still to be told: they are called for many rows at once, never for one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/window/aggregate.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::window {

// Rows of the bound batch, or groups of a partial stage, with the groups of the store that they go into. Groups may
// move in memory until `tell`, so it keeps where to find them. Empty between batches.
class PluginRows {
 public:
  explicit PluginRows(Aggregates& aggregates) : aggregates_(aggregates) {}

  bool any() const { return !aggregates_.plugins().empty(); }
  bool empty() const { return groups_.empty(); }
  // So much is noted that it had better be told.
  bool isFull() const { return groups_.size() >= kMost; }

  // `key()` answers the key of the group; asked where the group is new here.
  template <typename Key>
  void note(Group& group, std::int64_t start, std::uint32_t row, Key&& key) {
    groups_.push_back(placeOf(group, start, key));
    rows_.push_back(row);
  }
  template <typename Key>
  void noteGroup(Group& group, std::int64_t start, Group&& other, Key&& key) {
    if (other.cells.empty()) return;
    groups_.push_back(placeOf(group, start, key));
    others_.push_back(std::move(other));
  }

  // `find(start, key)` answers the group, which stays where it is until this has come back.
  template <typename Find>
  void tell(Find&& find) {
    if (empty()) return;
    gather(find);
    others_.empty() ? add() : merge();
    clear();
  }
  // The same, and after each row `each(group, row, start, key)`. What the plugins make of it then is appended to the
  // columns from `first` on; `failed(row of the builder, reason)` names the results that there are not.
  template <typename Find, typename Each, typename Failed>
  void tellEach(Find&& find, Each&& each, BatchBuilder& builder, std::size_t first, Failed&& failed) {
    if (empty()) return;
    gather(find);
    const std::int64_t before = builder.rows();
    for (const Aggregates::PluginPlace& plugin : aggregates_.plugins()) {
      Aggregate& aggregate = aggregates_.at(plugin.aggregate);
      const Evaluated values =
          aggregate.plugin().addRunning(aggregate.arguments(), rows_, groups_, statesOf(plugin.cell));
      appendAll(values, rows_.size(), builder.column(first + plugin.aggregate), before, failed);
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Place& place = places_[groups_[i]];
      each(*found_[groups_[i]], rows_[i], place.start, place.key);
    }
    clear();
  }

  // Values of a column at the end of another.
  template <typename Failed>
  static void appendAll(const Evaluated& values, std::size_t count, AnyBuilder& column, std::int64_t firstRow,
                        Failed&& failed) {
    std::vector<std::uint32_t> all(count);
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    column.appendFrom(ColumnView(values.column.array()), all);
    for (std::size_t i = 0; i < values.errors.rows().size(); ++i) {
      failed(static_cast<std::uint32_t>(firstRow + values.errors.rows()[i]), values.errors.reason(i));
    }
  }

 private:
  static constexpr std::size_t kMost = 1024;
  struct Place {
    std::int64_t start;
    std::string key;
  };

  template <typename Key>
  std::uint32_t placeOf(Group& group, std::int64_t start, Key& key) {
    aggregates_.makeCells(group);
    Cell& first = group.cells[aggregates_.plugins()[0].cell];
    if (first.wraps == 0) {
      places_.push_back({start, std::string(key())});
      first.wraps = static_cast<std::int64_t>(places_.size());
    }
    return static_cast<std::uint32_t>(first.wraps - 1);
  }
  template <typename Find>
  void gather(Find& find) {
    found_.clear();
    for (const Place& place : places_) {
      Group* const group = find(place.start, std::string_view(place.key));
      if (group == nullptr) throw FatalError("A group is gone before its aggregates were told of its rows.");
      group->cells[aggregates_.plugins()[0].cell].wraps = 0;
      for (const Aggregates::PluginPlace& plugin : aggregates_.plugins()) {
        auto& value = group->cells[plugin.cell].value;
        if (!std::holds_alternative<std::string>(value)) value.emplace<std::string>();
      }
      found_.push_back(group);
    }
  }
  const std::vector<std::string*>& statesOf(std::size_t cell) {
    states_.clear();
    for (Group* const group : found_) states_.push_back(&std::get<std::string>(group->cells[cell].value));
    return states_;
  }
  void add();
  void merge();
  void clear() {
    places_.clear();
    rows_.clear();
    groups_.clear();
    others_.clear();
  }

  Aggregates& aggregates_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> groups_;  // of each row, an index into `places_`
  std::vector<Group> others_;          // instead of rows
  std::vector<Group*> found_;          // of each place
  std::vector<std::string*> states_;
  std::vector<weir_slice> slices_;
};

// States whose results are still to be asked for: many at once, as above.
class PluginResults {
 public:
  explicit PluginResults(Aggregates& aggregates) : aggregates_(aggregates) {}

  void note(const Group& group);
  // So much is noted that it had better be appended.
  bool isFull() const { return bytes_ >= kMostBytes; }
  // Appends the results to the columns from `first` on; the last of them belongs to the last row of the builder.
  template <typename Failed>
  void append(BatchBuilder& builder, std::size_t first, Failed&& failed) {
    if (count_ == 0) return;
    const std::int64_t before = builder.rows() - static_cast<std::int64_t>(count_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Aggregates::PluginPlace& plugin = aggregates_.plugins()[i];
      std::vector<weir_slice> slices;
      for (const std::string& state : states_[i]) slices.push_back(toSlice(state));
      const Evaluated values = aggregates_.at(plugin.aggregate).plugin().finish(slices);
      PluginRows::appendAll(values, count_, builder.column(first + plugin.aggregate), before, failed);
      states_[i].clear();
    }
    count_ = 0;
    bytes_ = 0;
  }

 private:
  static constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  Aggregates& aggregates_;
  std::vector<std::vector<std::string>> states_;  // by plugin
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace weir::window
