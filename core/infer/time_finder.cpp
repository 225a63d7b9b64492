#include "core/infer/time_finder.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "core/infer/shape.hpp"

namespace weir::infer {

namespace {

// 2000-01-01 and 2100-01-01, in seconds: numbers between them, in some unit, are taken for times.
constexpr double kEarliest = 946'684'800;
constexpr double kLatest = 4'102'444'800;

struct Unit {
  TimeKind kind;
  double inSecond;
};
constexpr Unit kUnits[] = {
    {TimeKind::Seconds, 1}, {TimeKind::Milliseconds, 1e3}, {TimeKind::Microseconds, 1e6}, {TimeKind::Nanoseconds, 1e9}};

// Up to three digits: as the json format takes milliseconds.
bool isPlain(const std::string& number) {
  constexpr std::size_t kMostFraction = 3;
  const std::size_t point = number.find('.');
  return number.find_first_of("eE") == std::string::npos &&
         (point == std::string::npos || number.size() - point - 1 <= kMostFraction);
}

}  // namespace

int timeHint(const std::string& column) {
  std::string name;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const auto letter = static_cast<unsigned char>(column[i]);
    if (i > 0 && std::isupper(letter) != 0 && std::islower(static_cast<unsigned char>(column[i - 1])) != 0) name += '_';
    name += static_cast<char>(std::tolower(letter));
  }
  constexpr std::string_view kWhen[] = {"ts",       "at",   "time",       "timestamp", "event_time",
                                        "datetime", "when", "@timestamp", "date"};
  if (std::find(std::begin(kWhen), std::end(kWhen), name) != std::end(kWhen)) return 2;
  constexpr std::string_view kEnds[] = {"_at", "_ts", "_time", "_timestamp", "_date", "_on", "_ms", "timestamp"};
  return std::any_of(std::begin(kEnds), std::end(kEnds), [&](std::string_view end) { return name.ends_with(end); }) ? 1
                                                                                                                    : 0;
}

void TimeFinder::add(const json::Value& value) {
  if (value.isNull() || written_ == Written::Other) return;
  if (value.isText() && written_ != Written::Numbers) return addText(value.asText());
  if (value.kind() == json::Kind::Number && written_ != Written::Texts) return addNumber(value);
  written_ = Written::Other;
}

void TimeFinder::addText(const std::string& text) {
  const std::optional<std::int64_t> time = timeIn(text);
  written_ = time ? Written::Texts : Written::Other;
  if (!time) return;
  zones_ = zones_ && hasZone(text);
  advance(static_cast<double>(*time));
}

void TimeFinder::addNumber(const json::Value& number) {
  const std::optional<double> value = number.asNumber();
  written_ = value && isPlain(number.asText()) ? Written::Numbers : Written::Other;
  if (value) advance(*value);
}

void TimeFinder::advance(double value) {
  if (rows_++ == 0) {
    first_ = least_ = greatest_ = value;
  } else {
    ascending_ += value >= last_ ? 1 : 0;
    behind_ = std::max(behind_, greatest_ - value);
  }
  last_ = value;
  least_ = std::min(least_, value);
  greatest_ = std::max(greatest_, value);
}

std::optional<TimeColumn> TimeFinder::found(const std::string& column) const {
  if (rows_ == 0) return std::nullopt;
  TimeColumn made;
  made.column = column;
  made.rows = rows_;
  if (written_ == Written::Numbers) return ofNumbers(made, column);
  if (written_ != Written::Texts) return std::nullopt;
  made.kind = zones_ ? TimeKind::Iso : TimeKind::IsoWithoutZone;
  made.usable = zones_;
  made.first = static_cast<std::int64_t>(first_);
  made.last = static_cast<std::int64_t>(last_);
  made.disorder = static_cast<Duration>(behind_);
  return made;
}

std::optional<TimeColumn> TimeFinder::ofNumbers(TimeColumn made, const std::string& column) const {
  const auto* const unit = std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& one) {
    return least_ >= kEarliest * one.inSecond && greatest_ < kLatest * one.inSecond;
  });
  if (unit == std::end(kUnits)) return std::nullopt;
  // Other numbers are as large: either the name says so, or they go up nearly always, as times do.
  constexpr double kOrdered = 0.9;
  constexpr std::int64_t kEnough = 10;
  const bool ordered = rows_ >= kEnough && static_cast<double>(ascending_) >= kOrdered * static_cast<double>(rows_ - 1);
  const bool surelyTimes = timeHint(column) > 0 || (ordered && unit->kind == TimeKind::Milliseconds);
  if (!surelyTimes) return std::nullopt;
  const auto micros = [&](double value) { return static_cast<std::int64_t>(value / unit->inSecond * 1e6); };
  made.kind = unit->kind;
  made.usable = unit->kind == TimeKind::Milliseconds;
  made.first = micros(first_);
  made.last = micros(last_);
  made.disorder = micros(behind_);
  return made;
}

}  // namespace weir::infer
