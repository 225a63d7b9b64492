// JSON as values: with the place of every value in its text, and with numbers kept as they were written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::json {

// A place in a text, counted from 1, columns in characters; line 0: not read from a text.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  bool known() const { return line != 0; }
};

enum class Kind : std::uint8_t { Null, Boolean, Number, Text, List, Object };

// "a text", "a list": for messages.
std::string_view kindName(Kind kind);

struct Member;

// A JSON value. Members keep the order in which they were read. Equal values may have different places.
class Value {
 public:
  Value() = default;
  static Value boolean(bool value);
  static Value number(std::int64_t value);
  // `text` must be a JSON number; it is kept as it is.
  static Value numberText(std::string text);
  static Value text(std::string value);
  static Value list();
  static Value list(std::vector<Value> items);
  static Value object();
  static Value object(std::vector<Member> members);

  Kind kind() const { return kind_; }
  bool isNull() const { return kind_ == Kind::Null; }
  bool isText() const { return kind_ == Kind::Text; }
  bool isList() const { return kind_ == Kind::List; }
  bool isObject() const { return kind_ == Kind::Object; }

  bool asBoolean() const { return boolean_; }
  // The contents of a text, or a number as it was written.
  const std::string& asText() const { return text_; }
  // The number, when it is whole and fits.
  std::optional<std::int64_t> asInteger() const;
  std::optional<double> asNumber() const;

  const std::vector<Value>& items() const { return items_; }
  std::vector<Value>& items() { return items_; }
  const std::vector<Member>& members() const { return members_; }
  std::vector<Member>& members() { return members_; }

  // The member of that name, or nothing.
  const Value* find(std::string_view name) const;
  Value* find(std::string_view name);
  // Replaces the member of that name, or adds it at the end.
  void set(std::string name, Value value);

  Position position() const { return position_; }
  Value at(Position position) &&;

  friend bool operator==(const Value& left, const Value& right);

 private:
  Kind kind_ = Kind::Null;
  bool boolean_ = false;
  Position position_;
  std::string text_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

struct Member {
  std::string name;
  Value value;
  Position position;  // of the name

  friend bool operator==(const Member& left, const Member& right) {
    return left.name == right.name && left.value == right.value;
  }
};

// On one line: `{"a":1}`.
std::string write(const Value& value);
// A text with its quotation marks; escapes only what JSON demands.
std::string quote(std::string_view text);

}  // namespace weir::json
