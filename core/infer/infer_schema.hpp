// Columns from the first rows of a file: names, types, what may be null, and which of them can say when something
// happened.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/json.hpp"
#include "weir/sdk/types.hpp"

namespace weir::infer {

enum class TimeKind : std::uint8_t { Iso, IsoWithoutZone, Seconds, Milliseconds, Microseconds, Nanoseconds };

// A column of times. In microseconds, whatever it is written in.
struct TimeColumn {
  std::string column;
  TimeKind kind = TimeKind::Iso;
  bool usable = false;    // formats read it as a timestamp as it stands
  std::int64_t rows = 0;  // that have it
  std::int64_t first = 0;
  std::int64_t last = 0;
  Duration disorder = 0;  // the most that a row lay behind a row before it
};

struct Inferred {
  Schema schema;                    // in the order in which the columns came
  std::vector<TimeColumn> times;    // best event time first
  std::vector<std::string> doubts;  // sentences about columns that are not alike in all rows
};

// Rows are JSON objects; what is none is passed over. Types are those that the json format takes for every row: a
// number with a fraction makes a column float64, or decimal where a double would change it; a text that is a time with
// a zone in every row is a timestamp, and so is a whole number that can be nothing but milliseconds since the epoch.
// What every row has is not nullable.
Inferred inferSchema(std::span<const json::Value> rows);

// The next length of time that people choose: 3h 12m -> 5h.
Duration roundedUp(Duration disorder);

}  // namespace weir::infer
