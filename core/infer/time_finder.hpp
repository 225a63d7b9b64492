// Finds out whether the values of a column are times, and how far they are out of order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/json.hpp"
#include "core/infer/infer_schema.hpp"

namespace weir::infer {

class TimeFinder {
 public:
  void add(const json::Value& value);

  // Nothing: they are not, or might be anything.
  std::optional<TimeColumn> found(const std::string& column) const;

 private:
  void addText(const std::string& text);
  void addNumber(const json::Value& number);
  void advance(double value);
  std::optional<TimeColumn> ofNumbers(TimeColumn made, const std::string& column) const;

  enum class Written : std::uint8_t { Nothing, Texts, Numbers, Other };
  Written written_ = Written::Nothing;
  bool zones_ = true;
  std::int64_t rows_ = 0;
  std::int64_t ascending_ = 0;  // rows that were not behind the one before
  double first_ = 0;
  double last_ = 0;
  double least_ = 0;
  double greatest_ = 0;
  double behind_ = 0;  // the most
};

// How much a name speaks for a time at which something happened: 0 not at all.
int timeHint(const std::string& column);

}  // namespace weir::infer
