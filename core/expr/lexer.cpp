#include "core/expr/lexer.hpp"

#include "core/expr/text.hpp"

namespace weir::expr {

namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isWordStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool isWordPart(char c) {
  return isWordStart(c) || isDigit(c);
}

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<Token>& tokens, CompileError& error)
      : text_(text), tokens_(tokens), error_(error) {}

  bool run() {
    if (!isUtf8(text_)) return fail(0, text_.size(), "The expression is not valid UTF-8");
    while (true) {
      while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
      begin_ = at_;
      if (at_ == text_.size()) return push(TokenKind::End, "");
      const char c = text_[at_];
      const bool ok = isWordStart(c)                                       ? word()
                      : isDigit(c) || (c == '.' && isDigit(peek(at_ + 1))) ? number()
                      : c == '\''                                          ? quoted('\'', TokenKind::String)
                      : c == '"'                                           ? quoted('"', TokenKind::QuotedName)
                                                                           : symbol();
      if (!ok) return false;
    }
  }

 private:
  char peek(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }

  bool word() {
    while (at_ < text_.size() && isWordPart(text_[at_])) ++at_;
    push(TokenKind::Word, std::string(text_.substr(begin_, at_ - begin_)));
    tokens_.back().lower = asciiLower(tokens_.back().text);
    return true;
  }

  bool number() {
    TokenKind kind = TokenKind::Integer;
    while (isDigit(peek(at_))) ++at_;
    if (peek(at_) == '.') {
      kind = TokenKind::DecimalNumber;
      ++at_;
      while (isDigit(peek(at_))) ++at_;
    }
    if (peek(at_) == 'e' || peek(at_) == 'E') {
      kind = TokenKind::Float;
      ++at_;
      if (peek(at_) == '+' || peek(at_) == '-') ++at_;
      if (!isDigit(peek(at_))) return fail(begin_, at_ - begin_, "The exponent of this number has no digits");
      while (isDigit(peek(at_))) ++at_;
    }
    if (isWordPart(peek(at_)) || peek(at_) == '.') {
      while (isWordPart(peek(at_)) || peek(at_) == '.') ++at_;
      return fail(begin_, at_ - begin_,
                  "'" + std::string(text_.substr(begin_, at_ - begin_)) + "' is neither a number nor a name");
    }
    return push(kind, std::string(text_.substr(begin_, at_ - begin_)));
  }

  // A doubled quote stands for one.
  bool quoted(char quote, TokenKind kind) {
    std::string contents;
    ++at_;
    while (true) {
      if (at_ == text_.size()) {
        return fail(begin_, at_ - begin_,
                    kind == TokenKind::String ? "This string has no closing '" : "This name has no closing \"");
      }
      const char c = text_[at_++];
      if (c == quote) {
        if (peek(at_) != quote) break;
        ++at_;
      }
      contents += c;
    }
    if (kind == TokenKind::QuotedName && contents.empty()) return fail(begin_, 2, "A quoted name cannot be empty");
    return push(kind, std::move(contents));
  }

  bool symbol() {
    for (std::string_view two : {"<>", "!=", "<=", ">=", "||", "=="}) {
      if (text_.substr(at_, 2) != two) continue;
      at_ += 2;
      if (two == "==") return fail(begin_, 2, "Equality is written with one '='", "=");
      return push(TokenKind::Symbol, two == "!=" ? "<>" : std::string(two));
    }
    const char c = text_[at_];
    if (std::string_view("+-*/%=<>(),.").find(c) == std::string_view::npos) {
      if (c == '&') return fail(begin_, 1, "There is no '&' in expressions; write 'and'", "and");
      if (c == '|') return fail(begin_, 1, "There is no single '|'; '||' puts strings together, 'or' is logical", "or");
      if (c == '!') return fail(begin_, 1, "There is no '!' in expressions; write 'not'", "not");
      return fail(begin_, 1, "'" + std::string(1, c) + "' has no meaning in an expression");
    }
    ++at_;
    return push(TokenKind::Symbol, std::string(1, c));
  }

  bool push(TokenKind kind, std::string text) {
    tokens_.push_back(Token{kind, {begin_, at_}, std::move(text), {}});
    return true;
  }

  bool fail(std::size_t offset, std::size_t length, std::string message, std::string suggestion = {}) {
    error_ = {offset, length, std::move(message), std::move(suggestion)};
    return false;
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  CompileError& error_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

}  // namespace

bool tokenize(std::string_view text, std::vector<Token>& tokens, CompileError& error) {
  return Lexer(text, tokens, error).run();
}

}  // namespace weir::expr
