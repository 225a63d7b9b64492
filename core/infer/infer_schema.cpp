#include "core/infer/infer_schema.hpp"

#include <algorithm>
#include <tuple>

#include "core/infer/members.hpp"
#include "core/infer/shape.hpp"
#include "core/infer/time_finder.hpp"

namespace weir::infer {

namespace {

struct Column {
  std::string name;
  Shape shape;
  TimeFinder times;
};

class Columns {
 public:
  void add(const json::Value& row) {
    ++rows_;
    columns_.rewind();
    for (const json::Member& member : row.members()) {
      Column* known = columns_.find(member.name);
      Column& column = known != nullptr ? *known : columns_.add(member.name);
      column.shape.add(member.value);
      column.times.add(member.value);
    }
  }

  Inferred inferred() const {
    Inferred made;
    for (const Column& column : columns_.items()) {
      if (std::string doubt = column.shape.doubt(column.name); !doubt.empty()) made.doubts.push_back(std::move(doubt));
      std::optional<DataType> type = column.shape.type();
      if (!type || column.name.empty()) continue;
      if (const std::optional<TimeColumn> time = column.times.found(column.name)) {
        if (time->usable) type = DataType(TypeId::Timestamp);
        made.times.push_back(*time);
      }
      made.schema.fields.push_back({column.name, std::move(*type), column.shape.values() < rows_});
    }
    std::stable_sort(made.times.begin(), made.times.end(),
                     [](const TimeColumn& left, const TimeColumn& right) { return rankOf(left) < rankOf(right); });
    return made;
  }

 private:
  // The less the better: an event time is one that every row has, that is called so, and that is in order.
  static std::tuple<bool, std::int64_t, int, Duration> rankOf(const TimeColumn& time) {
    return {!time.usable, -time.rows, -timeHint(time.column), time.disorder};
  }

  Members<Column> columns_;
  std::int64_t rows_ = 0;
};

}  // namespace

Inferred inferSchema(std::span<const json::Value> rows) {
  Columns columns;
  for (const json::Value& row : rows) {
    if (row.isObject()) columns.add(row);
  }
  return columns.inferred();
}

Duration roundedUp(Duration disorder) {
  constexpr Duration kMinute = 60 * kSecond;
  constexpr Duration kHour = 60 * kMinute;
  constexpr Duration kDay = 24 * kHour;
  constexpr Duration kChosen[] = {0,           kSecond,      5 * kSecond,  10 * kSecond, 30 * kSecond, kMinute,
                                  5 * kMinute, 10 * kMinute, 30 * kMinute, kHour,        2 * kHour,    5 * kHour,
                                  12 * kHour,  kDay,         2 * kDay,     7 * kDay};
  const auto* const found = std::lower_bound(std::begin(kChosen), std::end(kChosen), disorder);
  return found != std::end(kChosen) ? *found : (disorder + kDay - 1) / kDay * kDay;
}

}  // namespace weir::infer
