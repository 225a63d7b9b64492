#include "core/base/json.hpp"

#include <charconv>

#include "weir/sdk/json_escape.hpp"

namespace weir::json {

std::string_view kindName(Kind kind) {
  switch (kind) {
    case Kind::Null: return "null";
    case Kind::Boolean: return "true or false";
    case Kind::Number: return "a number";
    case Kind::Text: return "a text";
    case Kind::List: return "a list";
    case Kind::Object: return "an object";
  }
  return "a value";
}

Value Value::boolean(bool value) {
  Value out;
  out.kind_ = Kind::Boolean;
  out.boolean_ = value;
  return out;
}

Value Value::number(std::int64_t value) {
  return numberText(std::to_string(value));
}

Value Value::numberText(std::string text) {
  Value out;
  out.kind_ = Kind::Number;
  out.text_ = std::move(text);
  return out;
}

Value Value::text(std::string value) {
  Value out;
  out.kind_ = Kind::Text;
  out.text_ = std::move(value);
  return out;
}

Value Value::list() {
  return list(std::vector<Value>());
}

Value Value::list(std::vector<Value> items) {
  Value out;
  out.kind_ = Kind::List;
  out.items_ = std::move(items);
  return out;
}

Value Value::object() {
  return object(std::vector<Member>());
}

Value Value::object(std::vector<Member> members) {
  Value out;
  out.kind_ = Kind::Object;
  out.members_ = std::move(members);
  return out;
}

std::optional<std::int64_t> Value::asInteger() const {
  if (kind_ != Kind::Number) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = text_.data() + text_.size();
  const auto [stop, problem] = std::from_chars(text_.data(), end, value);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<double> Value::asNumber() const {
  if (kind_ != Kind::Number) return std::nullopt;
  double value = 0;
  const char* const end = text_.data() + text_.size();
  const auto [stop, problem] = std::from_chars(text_.data(), end, value);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return value;
}

const Value* Value::find(std::string_view name) const {
  for (const Member& member : members_) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

Value* Value::find(std::string_view name) {
  for (Member& member : members_) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

void Value::set(std::string name, Value value) {
  if (Value* const existing = find(name)) {
    *existing = std::move(value);
  } else {
    members_.push_back({std::move(name), std::move(value), {}});
  }
}

Value Value::at(Position position) && {
  position_ = position;
  return std::move(*this);
}

bool operator==(const Value& left, const Value& right) {
  return left.kind_ == right.kind_ && left.boolean_ == right.boolean_ && left.text_ == right.text_ &&
         left.items_ == right.items_ && left.members_ == right.members_;
}

namespace {

void writeTo(const Value& value, std::string& out) {
  switch (value.kind()) {
    case Kind::Null: out += "null"; return;
    case Kind::Boolean: out += value.asBoolean() ? "true" : "false"; return;
    case Kind::Number: out += value.asText(); return;
    case Kind::Text: out += quote(value.asText()); return;
    case Kind::List: {
      char separator = '[';
      for (const Value& item : value.items()) {
        out += separator;
        writeTo(item, out);
        separator = ',';
      }
      out += value.items().empty() ? "[]" : "]";
      return;
    }
    case Kind::Object: {
      char separator = '{';
      for (const Member& member : value.members()) {
        out += separator;
        out += quote(member.name);
        out += ':';
        writeTo(member.value, out);
        separator = ',';
      }
      out += value.members().empty() ? "{}" : "}";
      return;
    }
  }
}

}  // namespace

std::string write(const Value& value) {
  std::string out;
  writeTo(value, out);
  return out;
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
      appendJsonEscape(out, c);
    } else {
      out += c;
    }
  }
  out += '"';
  return out;
}

}  // namespace weir::json
