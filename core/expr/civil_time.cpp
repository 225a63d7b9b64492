#include "core/expr/civil_time.hpp"

#include <cstdio>

namespace weir::expr {

namespace {

// Days of 400 years, after which the calendar repeats; years here begin in March, so that the leap day is the last.
constexpr std::int64_t kDaysPerCycle = 146'097;
constexpr std::int64_t kDaysToEpoch = 719'468;  // from 0000-03-01 to 1970-01-01

// Reads exactly `digits` digits.
bool takeDigits(std::string_view& text, std::size_t digits, int& out) {
  if (text.size() < digits) return false;
  out = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return true;
}

bool takeChar(std::string_view& text, char wanted) {
  if (text.empty() || text[0] != wanted) return false;
  text.remove_prefix(1);
  return true;
}

int daysInMonth(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool takeDate(std::string_view& text, std::int64_t& days) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!takeDigits(text, 4, year) || !takeChar(text, '-') || !takeDigits(text, 2, month) || !takeChar(text, '-') ||
      !takeDigits(text, 2, day)) {
    return false;
  }
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false;
  days = daysFromCivil({year, month, day});
  return true;
}

bool takeTime(std::string_view& text, std::int64_t& micros) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!takeDigits(text, 2, hour) || !takeChar(text, ':') || !takeDigits(text, 2, minute)) return false;
  if (takeChar(text, ':') && !takeDigits(text, 2, second)) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  micros = ((hour * 60 + minute) * 60LL + second) * kMicrosPerSecond;
  if (!takeChar(text, '.')) return true;
  std::int64_t unit = kMicrosPerSecond / 10;
  if (text.empty() || text[0] < '0' || text[0] > '9') return false;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    micros += (text[0] - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return true;
}

bool takeZone(std::string_view& text, std::int64_t& micros) {
  micros = 0;
  if (text.empty() || takeChar(text, 'Z') || takeChar(text, 'z')) return true;
  const bool negative = text[0] == '-';
  if (!takeChar(text, '+') && !takeChar(text, '-')) return false;
  int hour = 0;
  int minute = 0;
  if (!takeDigits(text, 2, hour)) return false;
  if (!text.empty()) {
    takeChar(text, ':');
    if (!takeDigits(text, 2, minute)) return false;
  }
  if (hour > 18 || minute > 59) return false;
  micros = (hour * 60 + minute) * 60 * kMicrosPerSecond * (negative ? -1 : 1);
  return true;
}

}  // namespace

std::int64_t daysFromCivil(CivilDate date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t cycle = floorDivide(year, 400);
  const std::int64_t yearOfCycle = year - cycle * 400;
  const std::int64_t monthFromMarch = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t dayOfYear = (153 * monthFromMarch + 2) / 5 + date.day - 1;
  const std::int64_t dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
  return cycle * kDaysPerCycle + dayOfCycle - kDaysToEpoch;
}

CivilDate civilFromDays(std::int64_t days) {
  const std::int64_t shifted = days + kDaysToEpoch;
  const std::int64_t cycle = floorDivide(shifted, kDaysPerCycle);
  const std::int64_t dayOfCycle = shifted - cycle * kDaysPerCycle;
  const std::int64_t yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36'524 - dayOfCycle / 146'096) / 365;
  const std::int64_t dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
  const std::int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  date.month = static_cast<int>(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
  date.year = cycle * 400 + yearOfCycle + (date.month <= 2 ? 1 : 0);
  return date;
}

bool parseTimestamp(std::string_view text, std::int64_t& micros) {
  std::int64_t days = 0;
  if (!takeDate(text, days)) return false;
  std::int64_t time = 0;
  std::int64_t zone = 0;
  if (!text.empty()) {
    if (!takeChar(text, 'T') && !takeChar(text, 't') && !takeChar(text, ' ')) return false;
    if (!takeTime(text, time) || !takeZone(text, zone) || !text.empty()) return false;
  }
  micros = days * kMicrosPerDay + time - zone;
  return true;
}

bool parseDate(std::string_view text, std::int32_t& days) {
  std::int64_t wide = 0;
  if (!takeDate(text, wide) || !text.empty()) return false;
  days = static_cast<std::int32_t>(wide);
  return true;
}

std::string dateText(std::int32_t days) {
  const CivilDate date = civilFromDays(days);
  char text[32];
  const char* const form = date.year < 0      ? "-%04lld-%02d-%02d"
                           : date.year > 9999 ? "+%lld-%02d-%02d"
                                              : "%04lld-%02d-%02d";
  const long long year = date.year < 0 ? -date.year : date.year;
  std::snprintf(text, sizeof(text), form, year, date.month, date.day);  // NOLINT: one of three constants
  return text;
}

std::string timestampText(std::int64_t micros) {
  const std::int64_t days = floorDivide(micros, kMicrosPerDay);
  const std::int64_t rest = micros - days * kMicrosPerDay;
  const auto seconds = static_cast<int>(rest / kMicrosPerSecond);
  const auto fraction = static_cast<int>(rest % kMicrosPerSecond);
  char text[40];
  std::snprintf(text, sizeof(text), "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  std::string out = dateText(static_cast<std::int32_t>(days)) + text;
  if (fraction % 1000 != 0) {
    std::snprintf(text, sizeof(text), ".%06d", fraction);
    out += text;
  } else if (fraction != 0) {
    std::snprintf(text, sizeof(text), ".%03d", fraction / 1000);
    out += text;
  }
  return out + "Z";
}

bool truncateTime(TimeUnit unit, std::int64_t micros, std::int64_t& out) {
  const std::int64_t days = floorDivide(micros, kMicrosPerDay);
  std::int64_t day = days;
  std::int64_t length = 0;
  switch (unit) {
    case TimeUnit::Millisecond: length = 1000; break;
    case TimeUnit::Second: length = kMicrosPerSecond; break;
    case TimeUnit::Minute: length = 60 * kMicrosPerSecond; break;
    case TimeUnit::Hour: length = 3600 * kMicrosPerSecond; break;
    case TimeUnit::Day: break;
    case TimeUnit::Week: day = floorDivide(days + 3, 7) * 7 - 3; break;  // 1970-01-01 was a Thursday
    case TimeUnit::Month:
    case TimeUnit::Quarter:
    case TimeUnit::Year: {
      CivilDate date = civilFromDays(days);
      date.day = 1;
      if (unit == TimeUnit::Quarter) date.month = (date.month - 1) / 3 * 3 + 1;
      if (unit == TimeUnit::Year) date.month = 1;
      day = daysFromCivil(date);
      break;
    }
  }
  if (length != 0) return !__builtin_mul_overflow(floorDivide(micros, length), length, &out);
  return !__builtin_mul_overflow(day, kMicrosPerDay, &out);
}

}  // namespace weir::expr
