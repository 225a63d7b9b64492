// The first rows of a file with one JSON object a line.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace weir::infer {

struct WrongLine {
  std::int64_t line = 0;  // from 1
  std::string message;
};

struct FirstRows {
  std::vector<json::Value> rows;
  std::vector<WrongLine> wrong;  // the first of those that are no rows
  std::int64_t wrongLines = 0;   // all of them
  bool complete = false;         // there is nothing after them
};

// Stops after `mostRows` rows, or after as many wrong lines; a line that is longer than `longestLine` is wrong.
FirstRows readLines(std::istream& in, std::int64_t mostRows, std::size_t longestLine);

}  // namespace weir::infer
