#include "core/infer/shape.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/expr/civil_time.hpp"

namespace weir::infer {

namespace {

constexpr int kMostDigits = 38;
constexpr std::size_t kMostMembers = 256;  // more of them are keys of a map, not names of columns

// Digits that count, without sign, point, exponent and zeros at either end.
std::string significantDigits(std::string_view number) {
  std::string digits;
  for (const char c : number.substr(0, number.find_first_of("eE"))) {
    if (c >= '0' && c <= '9' && (c != '0' || !digits.empty())) digits += c;
  }
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  return digits;
}

bool isExactAsDouble(const std::string& number) {
  constexpr std::size_t kAlways = 15;
  const std::string digits = significantDigits(number);
  if (digits.size() <= kAlways) return true;
  double value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  char shortest[64];
  const auto [end, problem] = std::to_chars(std::begin(shortest), std::end(shortest), value);
  return problem == std::errc() && significantDigits({shortest, static_cast<std::size_t>(end - shortest)}) == digits;
}

std::string_view kindWords(std::size_t kind) {
  constexpr std::string_view kWords[] = {"true or false", "a number", "a text", "a list", "an object"};
  return kWords[kind];
}

}  // namespace

std::optional<std::int64_t> timeIn(const std::string& text) {
  std::int64_t micros = 0;
  const bool hasClock = text.find(':') != std::string::npos;
  return hasClock && expr::parseTimestamp(text, micros) ? std::optional(micros) : std::nullopt;
}

bool hasZone(const std::string& text) {
  if (text.empty()) return false;
  if (text.back() == 'Z' || text.back() == 'z') return true;
  // +01:00 or +0100, behind the clock; the - of a date stands before it.
  const std::size_t sign = text.find_last_of("+-");
  if (sign == std::string::npos || sign < text.find(':')) return false;
  const std::string_view offset = std::string_view(text).substr(sign + 1);
  return offset.size() == 5 || offset.size() == 4;
}

void Shape::add(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::Null: return;
    case json::Kind::Boolean: ++counts_[kBoolean]; return;
    case json::Kind::Number: return addNumber(value);
    case json::Kind::Text: {
      ++counts_[kText];
      std::int32_t days = 0;
      allTimes_ = allTimes_ && hasZone(value.asText()) && timeIn(value.asText());
      allDates_ = allDates_ && expr::parseDate(value.asText(), days);
      return;
    }
    case json::Kind::List:
      ++counts_[kList];
      if (element_ == nullptr) element_ = std::make_unique<Shape>();
      for (const json::Value& item : value.items()) element_->add(item);
      return;
    case json::Kind::Object: return addMembers(value);
  }
}

void Shape::addNumber(const json::Value& number) {
  ++counts_[kNumber];
  const std::string& text = number.asText();
  const std::size_t point = text.find('.');
  const bool exponent = text.find_first_of("eE") != std::string::npos;
  const std::size_t begin = text[0] == '-' ? 1 : 0;
  const std::size_t integerEnd = std::min(point, text.size());
  numbers_.exponent = numbers_.exponent || exponent;
  numbers_.whole = numbers_.whole && !exponent && point == std::string::npos;
  numbers_.fitsInteger = numbers_.fitsInteger && number.asInteger().has_value();
  numbers_.exact = numbers_.exact && isExactAsDouble(text);
  numbers_.integerDigits = std::max(numbers_.integerDigits, static_cast<int>(integerEnd - begin));
  if (point == std::string::npos || exponent) return;
  numbers_.fractionDigits = std::max(numbers_.fractionDigits, static_cast<int>(text.size() - point - 1));
}

void Shape::addMembers(const json::Value& object) {
  ++counts_[kObject];
  members_.rewind();
  for (const json::Member& member : object.members()) {
    Member* known = members_.find(member.name);
    if (known == nullptr && members_.items().size() <= kMostMembers) known = &members_.add(member.name);
    if (known != nullptr) known->shape.add(member.value);
  }
}

std::int64_t Shape::values() const {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts_) sum += count;
  return sum;
}

Shape::Kind Shape::mostFrequent() const {
  return static_cast<Kind>(std::max_element(counts_.begin(), counts_.end()) - counts_.begin());
}

std::optional<DataType> Shape::numberType() const {
  if (numbers_.whole && numbers_.fitsInteger) return DataType(TypeId::Int64);
  const bool decimal = numbers_.integerDigits + numbers_.fractionDigits <= kMostDigits && !numbers_.exponent;
  if (decimal && (numbers_.whole || !numbers_.exact)) return DataType::decimal(kMostDigits, numbers_.fractionDigits);
  return DataType(TypeId::Float64);
}

std::optional<DataType> Shape::structType() const {
  if (members_.items().empty() || members_.items().size() > kMostMembers) return std::nullopt;
  std::vector<Field> fields;
  for (const Member& member : members_.items()) {
    std::optional<DataType> type = member.shape.type();
    if (type && !member.name.empty()) fields.push_back({member.name, std::move(*type), true});
  }
  return fields.empty() ? std::nullopt : std::optional(DataType::structure(std::move(fields)));
}

std::optional<DataType> Shape::type() const {
  if (values() == 0) return DataType(TypeId::String);
  switch (mostFrequent()) {
    case kBoolean: return DataType(TypeId::Bool);
    case kNumber: return numberType();
    case kText: return DataType(allTimes_ ? TypeId::Timestamp : allDates_ ? TypeId::Date : TypeId::String);
    case kList: {
      std::optional<DataType> element = element_->type();
      if (!element) return std::nullopt;
      return DataType::list({"item", std::move(*element), true});
    }
    default: return structType();
  }
}

std::string Shape::doubt(const std::string& name) const {
  const std::string quoted = json::quote(name);
  if (values() == 0) return quoted + " is null in every row that was read: string is a guess.";
  if (!type()) return quoted + " is left out: it is an object whose members are no columns.";
  const Kind most = mostFrequent();
  const std::int64_t others = values() - counts_[most];
  if (others == 0) return "";
  return quoted + " is " + std::string(kindWords(most)) + " in " + std::to_string(counts_[most]) +
         " rows and something else in " + std::to_string(others) + ": those will be dead letters.";
}

}  // namespace weir::infer
