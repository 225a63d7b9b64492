// What the values of one column look like, all of them together.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/json.hpp"
#include "core/infer/members.hpp"
#include "weir/sdk/types.hpp"

namespace weir::infer {

class Shape {
 public:
  void add(const json::Value& value);

  // Without nulls.
  std::int64_t values() const;
  // The type that takes as many values as one type can. Nothing: no type takes them.
  std::optional<DataType> type() const;
  // A sentence about `name` where that type does not take all of them, or is a guess; empty: there is none.
  std::string doubt(const std::string& name) const;

 private:
  enum Kind : std::uint8_t { kBoolean, kNumber, kText, kList, kObject, kKinds };

  struct Numbers {
    bool whole = true;        // without a fraction or an exponent
    bool fitsInteger = true;  // in 64 bits
    bool exact = true;        // a double keeps them as they are written
    bool exponent = false;
    int integerDigits = 0;
    int fractionDigits = 0;
  };

  void addNumber(const json::Value& number);
  void addMembers(const json::Value& object);
  Kind mostFrequent() const;
  std::optional<DataType> numberType() const;
  std::optional<DataType> structType() const;

  std::array<std::int64_t, kKinds> counts_{};
  Numbers numbers_;
  bool allTimes_ = true;
  bool allDates_ = true;
  std::unique_ptr<Shape> element_;
  struct Member;
  Members<Member> members_;
};

struct Shape::Member {
  std::string name;
  Shape shape;
};

// '2013-01-31T23:59:59Z', with a zone or without one.
std::optional<std::int64_t> timeIn(const std::string& text);
bool hasZone(const std::string& text);

}  // namespace weir::infer
