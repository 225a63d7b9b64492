#include "core/base/json_parser.hpp"

#include <algorithm>
#include <unordered_set>

namespace weir::json {

namespace {

bool isContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

// Length of the UTF-8 character at `at`, 0 when the bytes are none (overlong forms and surrogates included).
std::size_t characterLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

void appendCharacter(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::variant<Value, ParseError> run() {
    Value value;
    if (text_.starts_with("\xEF\xBB\xBF")) {
      fail("The file begins with a byte order mark.", "Save it as UTF-8 without one.");
      return error_;
    }
    skipSpace();
    if (!parseValue(value, 0)) return error_;
    skipSpace();
    if (at_ < text_.size()) {
      fail("There is text after the end of the value.", "Remove it: a file holds one value.");
      return error_;
    }
    return value;
  }

 private:
  bool fail(std::string message, std::string help = {}) {
    error_ = {here(), std::move(message), std::move(help)};
    return false;
  }

  // Asked for in ascending order, but for errors: counting goes on from the last answer.
  Position here() {
    if (at_ < counted_) {
      counted_ = 0;
      place_ = {1, 1};
    }
    for (; counted_ < at_; ++counted_) {
      if (text_[counted_] == '\n') {
        ++place_.line;
        place_.column = 1;
      } else if (!isContinuation(text_[counted_])) {
        ++place_.column;
      }
    }
    return place_;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skipSpace() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
      ++at_;
    }
  }

  std::string found() const {
    if (at_ >= text_.size()) return "the end of the text";
    const std::size_t length = characterLength(text_, at_);
    if (length == 0 || static_cast<unsigned char>(text_[at_]) < 0x20) return "a byte that does not belong here";
    return "'" + std::string(text_.substr(at_, length)) + "'";
  }

  bool parseValue(Value& out, std::size_t depth) {
    if (depth > kMaximumDepth) {
      return fail("Values are nested deeper than " + std::to_string(kMaximumDepth) + " levels.", "Flatten them.");
    }
    const Position position = here();
    bool good = false;
    switch (peek()) {
      case '{': good = parseObject(out, depth); break;
      case '[': good = parseList(out, depth); break;
      case '"': {
        std::string text;
        good = parseString(text);
        out = Value::text(std::move(text));
        break;
      }
      default: good = parseScalar(out);
    }
    if (good) out = std::move(out).at(position);
    return good;
  }

  bool parseObject(Value& out, std::size_t depth) {
    ++at_;
    std::vector<Member> members;
    // Small objects are compared directly; a set makes large ones linear.
    std::unordered_set<std::string> names;
    skipSpace();
    if (peek() == '}') {
      ++at_;
      out = Value::object();
      return true;
    }
    for (;;) {
      if (peek() != '"') return fail("A member's name in quotation marks is expected, not " + found() + ".");
      Member member;
      member.position = here();
      const std::size_t nameAt = at_;
      if (!parseString(member.name)) return false;
      if (isDuplicate(members, names, member.name)) {
        at_ = nameAt;
        fail("The member \"" + member.name + "\" stands here twice in one object.", "Keep one of the two.");
        error_.duplicate = true;
        return false;
      }
      skipSpace();
      if (peek() != ':') return fail("A colon is expected after \"" + member.name + "\", not " + found() + ".");
      ++at_;
      skipSpace();
      if (!parseValue(member.value, depth + 1)) return false;
      members.push_back(std::move(member));
      skipSpace();
      if (peek() == '}') break;
      if (peek() != ',') return fail("A comma or '}' is expected, not " + found() + ".");
      ++at_;
      skipSpace();
      if (peek() == '}') return fail("There is a comma before '}'.", "Remove the comma.");
    }
    ++at_;
    out = Value::object(std::move(members));
    return true;
  }

  static bool isDuplicate(const std::vector<Member>& members, std::unordered_set<std::string>& names,
                          const std::string& name) {
    constexpr std::size_t kSmall = 16;
    if (members.size() < kSmall) {
      return std::any_of(members.begin(), members.end(), [&](const Member& member) { return member.name == name; });
    }
    if (names.empty()) {
      for (const Member& member : members) names.insert(member.name);
    }
    return !names.insert(name).second;
  }

  bool parseList(Value& out, std::size_t depth) {
    ++at_;
    std::vector<Value> items;
    skipSpace();
    if (peek() == ']') {
      ++at_;
      out = Value::list();
      return true;
    }
    for (;;) {
      if (!parseValue(items.emplace_back(), depth + 1)) return false;
      skipSpace();
      if (peek() == ']') break;
      if (peek() != ',') return fail("A comma or ']' is expected, not " + found() + ".");
      ++at_;
      skipSpace();
      if (peek() == ']') return fail("There is a comma before ']'.", "Remove the comma.");
    }
    ++at_;
    out = Value::list(std::move(items));
    return true;
  }

  bool parseHex(std::uint32_t& out) {
    out = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      std::uint32_t digit = 0;
      if (isDigit(c)) {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint32_t>(c - 'a' + 10);
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<std::uint32_t>(c - 'A' + 10);
      } else {
        return fail("Four hexadecimal digits are expected after \\u, not " + found() + ".");
      }
      out = out * 16 + digit;
    }
    return true;
  }

  bool parseUnicodeEscape(std::string& out) {
    std::uint32_t code = 0;
    if (!parseHex(code)) return false;
    if (code >= 0xDC00 && code <= 0xDFFF) return fail("This half of a surrogate pair has no first half.");
    if (code >= 0xD800 && code <= 0xDBFF) {
      if (text_.substr(at_, 2) != "\\u") return fail("This half of a surrogate pair has no second half.");
      at_ += 2;
      std::uint32_t low = 0;
      if (!parseHex(low)) return false;
      if (low < 0xDC00 || low > 0xDFFF) return fail("This half of a surrogate pair has no second half.");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    appendCharacter(out, code);
    return true;
  }

  bool parseEscape(std::string& out) {
    const char c = peek();
    ++at_;
    switch (c) {
      case '"': out += '"'; return true;
      case '\\': out += '\\'; return true;
      case '/': out += '/'; return true;
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case 'u': return parseUnicodeEscape(out);
      default: --at_; return fail("There is no escape \\ before " + found() + ".", "Write \\\\ for one backslash.");
    }
  }

  bool parseString(std::string& out) {
    ++at_;
    for (;;) {
      if (at_ >= text_.size()) return fail("A text has no closing quotation mark.");
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\') {
        ++at_;
        if (!parseEscape(out)) return false;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return fail("A text holds a control character.", "Write a line feed as \\n and a tab as \\t.");
      } else {
        const std::size_t length = characterLength(text_, at_);
        if (length == 0) return fail("These bytes are not UTF-8.", "Save the file as UTF-8.");
        out.append(text_.substr(at_, length));
        at_ += length;
      }
    }
  }

  bool parseScalar(Value& out) {
    const auto word = [&](std::string_view text, Value value) {
      if (text_.substr(at_, text.size()) != text) return false;
      at_ += text.size();
      out = std::move(value);
      return true;
    };
    if (word("true", Value::boolean(true)) || word("false", Value::boolean(false)) || word("null", Value()))
      return true;
    if (peek() == '-' || isDigit(peek())) return parseNumber(out);
    if (peek() == '/' || peek() == '#') return fail("Comments are not JSON.", "Use a \"doc\" member.");
    return fail("A value is expected, not " + found() + ".");
  }

  bool parseNumber(Value& out) {
    const std::size_t start = at_;
    if (peek() == '-') ++at_;
    if (!isDigit(peek())) return fail("A digit is expected, not " + found() + ".");
    if (peek() == '0') {
      ++at_;
      if (isDigit(peek())) return fail("A number begins with a zero.", "Remove the zero.");
    }
    while (isDigit(peek())) ++at_;
    if (peek() == '.') {
      ++at_;
      if (!isDigit(peek())) return fail("A digit is expected after the point, not " + found() + ".");
      while (isDigit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!isDigit(peek())) return fail("A digit is expected in the exponent, not " + found() + ".");
      while (isDigit(peek())) ++at_;
    }
    out = Value::numberText(std::string(text_.substr(start, at_ - start)));
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;
  Position place_{1, 1};
  ParseError error_;
};

}  // namespace

std::variant<Value, ParseError> parse(std::string_view text) {
  return Parser(text).run();
}

Result<Value> parseText(std::string_view text) {
  std::variant<Value, ParseError> outcome = parse(text);
  if (Value* const value = std::get_if<Value>(&outcome)) return std::move(*value);
  const ParseError& error = *std::get_if<ParseError>(&outcome);
  return configError("line " + std::to_string(error.position.line) + ", column " +
                     std::to_string(error.position.column) + ": " + error.message +
                     (error.help.empty() ? "" : " " + error.help));
}

}  // namespace weir::json
