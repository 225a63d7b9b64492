// What all stages of a tumbling window share: parameters, schemas, window arithmetic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/window/aggregate.hpp"
#include "weir/sdk/create_info.hpp"

namespace weir::window {

struct WindowParams {
  explicit WindowParams(const CreateInfo& info);

  std::vector<std::string> groupBy;
  std::int64_t size = 0;   // microseconds
  std::int64_t grace = 0;  // microseconds
  bool onUpdate = false;

  // Start of the window that a time falls into; windows start at multiples of the size since the epoch.
  std::int64_t startOf(std::int64_t time) const {
    std::int64_t rest = time % size;
    if (rest < 0) rest += size;
    return time - rest;
  }
  // Whether the end of the time's window, and its grace, can be told in microseconds.
  bool holds(std::int64_t time) const { return time >= INT64_MIN + size && time < INT64_MAX - grace - size; }
  // The watermark that closes the window: end - 1 + grace.
  std::int64_t dueOf(std::int64_t start) const { return start + size - 1 + grace; }
  // What the window says about time downstream: its rows have event time end - 1, and leave when it is due.
  std::int64_t heldBack(std::int64_t watermark) const {
    if (watermark < WEIR_WATERMARK_MIN + grace) return watermark;
    return watermark - grace;
  }
};

// Columns of the input that make the key.
std::vector<std::size_t> groupColumns(const CreateInfo& info, const WindowParams& params);

// Key columns, window_start, window_end, one column per aggregate.
Schema resultSchema(const CreateInfo& info);

// What a partial stage sends: key columns, window_start, the group as GroupCodec writes it, and a column that is always
// null: its type tells the final stage, which sees nothing else of them, the columns that were aggregated.
Schema partialSchema(const CreateInfo& info);
// Those columns, by the names of their aggregates.
std::vector<Field> aggregatedTypes(const Schema& partial);

}  // namespace weir::window
