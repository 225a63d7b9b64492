#include "plugins/json/strings.hpp"

#include "weir/sdk/row_json.hpp"

namespace weir::json {
namespace {

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Four hexadecimal digits, or -1.
int hexUnit(const char* at) {
  int unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hexDigit(at[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

void appendCodePoint(Buffer<char>& out, std::uint32_t point) {
  char* to = out.room(4);
  std::size_t size = 0;
  const auto put = [&](std::uint32_t byte) { to[size++] = static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | (point >> 6));
    put(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    put(0xe0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
  } else {
    put(0xf0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3f));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
  }
  out.setSize(out.size() + size);
}

// `at` stands on a backslash.
const char* readEscape(const char* at, Buffer<char>* out, Failure& failure) {
  const auto one = [&](char c) {
    if (out != nullptr) out->push(c);
    return at + 2;
  };
  switch (at[1]) {
    case '"': return one('"');
    case '\\': return one('\\');
    case '/': return one('/');
    case 'b': return one('\b');
    case 'f': return one('\f');
    case 'n': return one('\n');
    case 'r': return one('\r');
    case 't': return one('\t');
    case 'u': break;
    default: return failure.set(at, "a backslash that begins no JSON escape");
  }
  const int first = hexUnit(at + 2);
  if (first < 0) return failure.set(at, "\\u needs four hexadecimal digits");
  auto point = static_cast<std::uint32_t>(first);
  const char* end = at + 6;
  if (point >= 0xd800 && point < 0xe000) {
    const int second = point < 0xdc00 && end[0] == '\\' && end[1] == 'u' ? hexUnit(end + 2) : -1;
    if (second < 0xdc00 || second > 0xdfff) return failure.set(at, "a surrogate without its other half");
    point = 0x10000 + ((point - 0xd800) << 10) + (static_cast<std::uint32_t>(second) - 0xdc00);
    end += 6;
  }
  if (out != nullptr) appendCodePoint(*out, point);
  return end;
}

}  // namespace

const char* readSpecialString(const char* at, Buffer<char>* out, Failure& failure) {
  for (;;) {
    const char c = *at;
    if (c == '"') return at + 1;
    if (c == '\\') {
      at = readEscape(at, out, failure);
      if (at == nullptr) return nullptr;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t length = utf8SequenceLength(at);
      if (length == 0) return failure.set(at, "the text is not valid UTF-8");
      if (out != nullptr) out->append(at, length);
      at += length;
    } else if (static_cast<unsigned char>(c) < ' ') {
      return failure.set(at, c == '\n' || c == '\0' ? "a string without its closing quote"
                                                    : "a control character in a string, which must be escaped");
    } else {
      const std::uint32_t special = specialBytes(at);
      const std::size_t plain = special == 0 ? 32 : static_cast<std::size_t>(std::countr_zero(special));
      if (out != nullptr) out->append(at, plain);
      at += plain;
    }
  }
}

}  // namespace weir::json
