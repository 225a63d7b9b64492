#include "plugins/json/values.hpp"

#include "plugins/json/base64.hpp"
#include "plugins/json/strings.hpp"
#include "plugins/json/times.hpp"
#include "plugins/json/value_reader.hpp"

namespace weir::json {
namespace {

bool takeWord(const char*& at, const char (&word)[5]) {
  if (std::memcmp(at, word, 4) != 0) return false;
  at += 4;
  return true;
}

const char* wrong(const char* at, const Column& column, Reading& reading, Problem problem = nullptr) {
  return reading.failure.value(at, column.path(), column.type(), problem == nullptr ? "" : problem);
}

// A string that is taken apart by another rule, such as a date. Borrowed from `space`.
const char* readText(const char* at, Buffer<char>& space, std::string_view& text, Reading& reading) {
  const char* end = readString(at + 1, space, reading.failure);
  if (end != nullptr) text = {space.data(), space.size()};
  return end;
}

const char* readNarrowInteger(const char* at, Column& column, Reading& reading) {
  std::int64_t value = 0;
  Problem problem = nullptr;
  const char* end = readInteger(at, value, problem);
  if (end == nullptr) return wrong(at, column, reading, problem);
  if (value != static_cast<std::int32_t>(value)) return wrong(at, column, reading, "out of range");
  column.append(static_cast<std::int32_t>(value));
  return end;
}

// JSON has no words for them, so they travel as the strings that we write.
const char* readSpecialDouble(const char* at, Column& column, Reading& reading) {
  if (*at != '"') return wrong(at, column, reading);
  Buffer<char> space;
  std::string_view text;
  const char* end = readText(at, space, text, reading);
  if (end == nullptr) return nullptr;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (text == "NaN") {
    column.append(std::numeric_limits<double>::quiet_NaN());
  } else if (text == "Infinity") {
    column.append(kInfinity);
  } else if (text == "-Infinity") {
    column.append(-kInfinity);
  } else {
    return wrong(at, column, reading);
  }
  return end;
}

const char* readDecimalValue(const char* at, Column& column, Reading& reading) {
  const int precision = column.type().precision;
  const int scale = column.type().scale;
  Int128 value = 0;
  Problem problem = nullptr;
  const char* end = nullptr;
  if (*at == '"') {  // many writers put decimals into strings, to keep them from becoming doubles
    Buffer<char> space;
    std::string_view text;
    end = readText(at, space, text, reading);
    if (end == nullptr) return nullptr;
    const std::string number = std::string(text) + std::string(kPadding, '\0');
    const char* numberEnd = readDecimal(number.data(), precision, scale, value, problem);
    if (numberEnd != number.data() + text.size()) return wrong(at, column, reading, problem);
  } else {
    end = readDecimal(at, precision, scale, value, problem);
    if (end == nullptr) return wrong(at, column, reading, problem);
  }
  column.append(value);
  return end;
}

const char* readTimestampText(const char* at, Column& column, Reading& reading) {
  if (*at != '"') return wrong(at, column, reading);
  Buffer<char> space;
  std::string_view text;
  const char* end = readText(at, space, text, reading);
  if (end == nullptr) return nullptr;
  const std::optional<std::int64_t> value = parseTimestamp(text);
  if (!value) return wrong(at, column, reading, "neither milliseconds nor a time such as 2013-01-31T23:59:59Z");
  column.append(*value);
  return end;
}

const char* readDateValue(const char* at, Column& column, Reading& reading) {
  if (*at != '"') return wrong(at, column, reading);
  Buffer<char> space;
  std::string_view text;
  const char* end = readText(at, space, text, reading);
  if (end == nullptr) return nullptr;
  const std::optional<std::int32_t> value = parseDate(text);
  if (!value) return wrong(at, column, reading, "not a date such as 2013-01-31");
  column.append(*value);
  return end;
}

const char* readBytes(const char* at, Column& column, Reading& reading) {
  if (*at != '"') return wrong(at, column, reading);
  Buffer<char> space;
  std::string_view text;
  const char* end = readText(at, space, text, reading);
  if (end == nullptr) return nullptr;
  const std::optional<std::string> bytes = decodeBase64(text);
  if (!bytes) return wrong(at, column, reading, "not padded base64");
  column.text().append(bytes->data(), bytes->size());
  column.closeText();
  return end;
}

const char* readBool(const char* at, Column& column, Reading& reading) {
  if (takeWord(at, "true")) {
    column.append(true);
  } else if (takeWord(at, "fals") && *at == 'e') {
    ++at;
    column.append(false);
  } else {
    return wrong(at, column, reading);
  }
  return at;
}

// The place after the value: on the next value, or after the bracket. `done` tells which.
const char* nextElement(const char* at, Reading& reading, bool& done) {
  at = skipSpace(at, reading.framing);
  if (*at != ',' && *at != ']') {
    return reading.failure.set(at, "a comma or ] is needed, but there is " + excerpt(at));
  }
  done = *at == ']';
  return done ? at + 1 : skipSpace(at + 1, reading.framing);
}

const char* readList(const char* at, Column& column, Reading& reading) {
  if (*at != '[') return wrong(at, column, reading);
  if (++reading.depth > kMaximumDepth) return reading.failure.set(at, "more than 64 levels of nesting");
  at = skipSpace(at + 1, reading.framing);
  bool done = *at == ']';
  if (done) ++at;
  while (!done) {
    at = readValue(at, column.child(0), reading);
    if (at == nullptr) return nullptr;
    at = nextElement(at, reading, done);
    if (at == nullptr) return nullptr;
  }
  --reading.depth;
  column.closeList();
  return at;
}

const char* readNull(const char* at, Column& column, Reading& reading) {
  if (!takeWord(at, "null")) return wrong(at, column, reading);
  if (!column.field().nullable) return wrong(at - 4, column, reading, "it may not be null");
  column.appendNull();
  return at;
}

}  // namespace

const char* readOtherValue(const char* at, Column& column, Reading& reading, Problem problem) {
  // A guess that has ended before the spaces does not know about them.
  if (isSpace(*at, reading.framing)) return readValue(skipSpace(at, reading.framing), column, reading);
  if (problem != nullptr && *at != '"') return wrong(at, column, reading, problem);
  if (*at == 'n') return readNull(at, column, reading);
  switch (column.type().id) {
    case TypeId::Float64: return readSpecialDouble(at, column, reading);
    case TypeId::Timestamp: return readTimestampText(at, column, reading);
    case TypeId::Bool: return readBool(at, column, reading);
    case TypeId::Int32: return readNarrowInteger(at, column, reading);
    case TypeId::Decimal128: return readDecimalValue(at, column, reading);
    case TypeId::Bytes: return readBytes(at, column, reading);
    case TypeId::Date: return readDateValue(at, column, reading);
    case TypeId::List: return readList(at, column, reading);
    case TypeId::Struct: {
      if (*at != '{') return wrong(at, column, reading);
      const char* end = column.members().read(at + 1, reading);
      if (end != nullptr) column.closeStruct();
      return end;
    }
    case TypeId::Int64:
    case TypeId::String: break;
  }
  return wrong(at, column, reading);
}

namespace {

const char* skipObject(const char* at, Reading& reading) {
  at = skipSpace(at, reading.framing);
  if (*at == '}') return at + 1;
  for (;;) {
    if (*at != '"') {
      return reading.failure.set(at, "a field's name in quotes is needed, but there is " + excerpt(at));
    }
    at = skipString(at + 1, reading.failure);
    if (at == nullptr) return nullptr;
    at = skipSpace(at, reading.framing);
    if (*at != ':') {
      return reading.failure.set(at, "a colon is needed after a field's name, but there is " + excerpt(at));
    }
    at = skipValue(skipSpace(at + 1, reading.framing), reading);
    if (at == nullptr) return nullptr;
    at = skipSpace(at, reading.framing);
    if (*at == '}') return at + 1;
    if (*at != ',') return reading.failure.set(at, "a comma or } is needed, but there is " + excerpt(at));
    at = skipSpace(at + 1, reading.framing);
  }
}

const char* skipList(const char* at, Reading& reading) {
  at = skipSpace(at, reading.framing);
  bool done = *at == ']';
  if (done) ++at;
  while (!done) {
    at = skipValue(at, reading);
    if (at != nullptr) at = nextElement(at, reading, done);
    if (at == nullptr) return nullptr;
  }
  return at;
}

}  // namespace

const char* skipValue(const char* at, Reading& reading) {
  at = skipSpace(at, reading.framing);  // a guess that has ended before the spaces does not know about them
  switch (*at) {
    case '"': return skipString(at + 1, reading.failure);
    case '{':
    case '[': {
      if (++reading.depth > kMaximumDepth) return reading.failure.set(at, "more than 64 levels of nesting");
      const char* end = *at == '{' ? skipObject(at + 1, reading) : skipList(at + 1, reading);
      --reading.depth;
      return end;
    }
    case 't':
      if (takeWord(at, "true")) return at;
      break;
    case 'f':
      if (takeWord(at, "fals") && *at == 'e') return at + 1;
      break;
    case 'n':
      if (takeWord(at, "null")) return at;
      break;
    default: {
      Problem problem = nullptr;
      const char* end = skipNumber(at, problem);
      if (end != nullptr) return end;
      if (problem != nullptr) return reading.failure.set(at, problem);
    }
  }
  return reading.failure.set(at, "a value is needed, but there is " + excerpt(at));
}

}  // namespace weir::json
