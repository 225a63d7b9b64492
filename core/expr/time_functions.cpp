// Functions over timestamps.
#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"

namespace weir::expr {

namespace {

using Part = std::int64_t (*)(std::int64_t micros);

std::int64_t dayOf(std::int64_t micros) {
  return floorDivide(micros, kMicrosPerDay);
}
std::int64_t timeOfDay(std::int64_t micros) {
  return micros - dayOf(micros) * kMicrosPerDay;
}

struct NamedPart {
  std::string_view name;
  Part part;
};
constexpr NamedPart kParts[] = {
    {"year", [](std::int64_t t) { return civilFromDays(dayOf(t)).year; }},
    {"month", [](std::int64_t t) { return std::int64_t{civilFromDays(dayOf(t)).month}; }},
    {"day", [](std::int64_t t) { return std::int64_t{civilFromDays(dayOf(t)).day}; }},
    {"hour", [](std::int64_t t) { return timeOfDay(t) / (3600 * kMicrosPerSecond); }},
    {"minute", [](std::int64_t t) { return timeOfDay(t) / (60 * kMicrosPerSecond) % 60; }},
    {"second", [](std::int64_t t) { return timeOfDay(t) / kMicrosPerSecond % 60; }},
    {"millisecond", [](std::int64_t t) { return timeOfDay(t) / 1000 % 1000; }},
    // 1 is Monday, 7 is Sunday, as ISO 8601 counts.
    {"day_of_week",
     [](std::int64_t t) {
       const std::int64_t days = dayOf(t) + 3;
       return days - floorDivide(days, 7) * 7 + 1;
     }},
    {"day_of_year",
     [](std::int64_t t) {
       const std::int64_t days = dayOf(t);
       return days - daysFromCivil({civilFromDays(days).year, 1, 1}) + 1;
     }},
};

}  // namespace

NodePtr makeDatePart(std::string_view name, Span span, NodePtr operand) {
  for (const NamedPart& known : kParts) {
    if (known.name == name) {
      return makeTotal<std::int32_t, std::int64_t>(known.part, std::string(name), TypeId::Int32, span,
                                                   std::move(operand));
    }
  }
  return nullptr;
}

NodePtr makeEpoch(std::int64_t microsPerUnit, std::string_view name, Span span, NodePtr operand) {
  return makeTotal<std::int64_t, std::int64_t>(
      [microsPerUnit](std::int64_t micros) { return floorDivide(micros, microsPerUnit); }, std::string(name),
      TypeId::Int64, span, std::move(operand));
}

NodePtr makeFromEpoch(std::int64_t microsPerUnit, std::string_view name, Span span, const std::string& source,
                      NodePtr operand) {
  return makePartial<std::int64_t, std::int64_t>(
      [microsPerUnit](std::int64_t& out, std::int64_t value) {
        return !__builtin_mul_overflow(value, microsPerUnit, &out);
      },
      "timestamp overflow in " + source, std::string(name), TypeId::Timestamp, span, std::move(operand));
}

NodePtr makeTruncate(TimeUnit unit, std::string_view unitName, Span span, const std::string& source, NodePtr operand) {
  return makePartial<std::int64_t, std::int64_t>(
      [unit](std::int64_t& out, std::int64_t micros) { return truncateTime(unit, micros, out); },
      "timestamp overflow in " + source, "date_trunc[" + std::string(unitName) + "]", TypeId::Timestamp, span,
      std::move(operand));
}

}  // namespace weir::expr
