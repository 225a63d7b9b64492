#include "plugins/json/times.hpp"

#include <limits>

namespace weir::json {
namespace {

// Days since 1970-01-01; the usual arithmetic over eras of 400 years that begin in March.
constexpr std::int64_t daysFromCivil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto yearOfEra = static_cast<unsigned>(year - era * 400);
  const unsigned dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * 146'097 + static_cast<std::int64_t>(dayOfEra) - 719'468;
}

static_assert(daysFromCivil(1970, 1, 1) == 0 && daysFromCivil(2000, 3, 1) == 11'017);

unsigned daysInMonth(std::int64_t year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Takes a text apart from the left; every step fails for good once one has failed.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool ok() const { return ok_; }
  bool atEnd() const { return text_.empty(); }
  char peek() const { return text_.empty() ? '\0' : text_[0]; }
  bool take(char c) {
    if (peek() != c || text_.empty()) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) { ok_ = ok_ && take(c); }
  // Exactly `count` digits, between the bounds.
  unsigned number(std::size_t count, unsigned least, unsigned greatest) {
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (peek() < '0' || peek() > '9') ok_ = false;
      if (!ok_) return least;
      value = value * 10 + static_cast<unsigned>(peek() - '0');
      text_.remove_prefix(1);
    }
    ok_ = ok_ && value >= least && value <= greatest;
    return value;
  }
  // As many digits as there are, `least` to `greatest` of them.
  std::string_view digits(std::size_t least, std::size_t greatest) {
    std::size_t count = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') ++count;
    ok_ = ok_ && count >= least && count <= greatest;
    const std::string_view found = text_.substr(0, count);
    text_.remove_prefix(count);
    return found;
  }

 private:
  std::string_view text_;
  bool ok_ = true;
};

std::int64_t readDate(Reader& reader) {
  std::int64_t year = 0;
  const char sign = reader.peek();
  if (sign == '+' || sign == '-') {
    reader.take(sign);
    for (const char digit : reader.digits(4, 7)) year = year * 10 + (digit - '0');
    if (sign == '-') year = -year;
  } else {
    year = reader.number(4, 0, 9999);
  }
  reader.expect('-');
  const unsigned month = reader.number(2, 1, 12);
  reader.expect('-');
  const unsigned day = reader.number(2, 1, 31);
  if (!reader.ok() || day > daysInMonth(year, month)) {
    reader.expect('\1');  // never there: the date does not exist
    return 0;
  }
  return daysFromCivil(year, month, day);
}

}  // namespace

std::optional<std::int32_t> parseDate(std::string_view text) {
  Reader reader(text);
  const std::int64_t days = readDate(reader);
  if (!reader.ok() || !reader.atEnd()) return std::nullopt;
  if (days < std::numeric_limits<std::int32_t>::min() || days > std::numeric_limits<std::int32_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::int32_t>(days);
}

std::optional<std::int64_t> parseTimestamp(std::string_view text) {
  Reader reader(text);
  const std::int64_t days = readDate(reader);
  if (!reader.take('T') && !reader.take('t')) reader.expect(' ');
  const std::int64_t hour = reader.number(2, 0, 23);
  reader.expect(':');
  const std::int64_t minute = reader.number(2, 0, 59);
  std::int64_t second = 0;
  std::int64_t micros = 0;
  if (reader.take(':')) {
    second = reader.number(2, 0, 59);
    if (reader.take('.')) {
      const std::string_view fraction = reader.digits(1, 9);
      for (std::size_t i = 0; i < 6; ++i) micros = micros * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
  }
  std::int64_t offset = 0;
  if (!reader.take('Z') && !reader.take('z')) {
    const bool behind = reader.peek() == '-';
    if (!behind || !reader.take('-')) reader.expect('+');
    offset = reader.number(2, 0, 23) * 60;
    reader.take(':');
    offset += reader.number(2, 0, 59);
    if (behind) offset = -offset;
  }
  if (!reader.ok() || !reader.atEnd()) return std::nullopt;
  const std::int64_t seconds = days * 86'400 + hour * 3'600 + (minute - offset) * 60 + second;
  std::int64_t result = 0;
  if (__builtin_mul_overflow(seconds, 1'000'000, &result) || __builtin_add_overflow(result, micros, &result)) {
    return std::nullopt;
  }
  return result;
}

}  // namespace weir::json
