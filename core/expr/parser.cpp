#include "core/expr/parser.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/type_name.hpp"
#include "core/expr/lexer.hpp"

namespace weir::expr {

namespace {

constexpr std::string_view kReserved[] = {"and",  "or",   "not",  "is",  "null", "true",    "false", "case",
                                          "when", "then", "else", "end", "in",   "between", "like",  "cast"};

// Recursive descent. A null pointer means that `error_` holds the reason; the first one stays.
class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, CompileError& error)
      : text_(text), tokens_(std::move(tokens)), error_(error) {}

  SyntaxPtr whole() {
    if (peek().kind == TokenKind::End) return fail(peek(), "The expression is empty");
    SyntaxPtr tree = disjunction();
    if (tree && peek().kind != TokenKind::End) return unexpected("The expression should end here");
    return tree;
  }

 private:
  // Loosest first: or, and, not, predicates, ||, + -, * / %, unary minus.
  SyntaxPtr disjunction() {
    return chain("or", [this] { return conjunction(); });
  }
  SyntaxPtr conjunction() {
    return chain("and", [this] { return negation(); });
  }

  // `a or b or c` becomes one node, so that long lists of conditions stay flat.
  template <typename Next>
  SyntaxPtr chain(std::string_view word, Next next) {
    const std::size_t begin = peek().span.begin;
    SyntaxPtr first = next();
    if (!first || !isWord(word)) return first;
    std::vector<SyntaxPtr> terms;
    terms.push_back(std::move(first));
    while (takeWord(word)) {
      SyntaxPtr term = next();
      if (!term) return nullptr;
      terms.push_back(std::move(term));
    }
    return operation(std::string(word), std::move(terms), begin);
  }

  SyntaxPtr negation() {
    const std::size_t begin = peek().span.begin;
    if (!takeWord("not")) return predicate();
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    return unary("not", negation(), begin);
  }

  SyntaxPtr predicate() {
    const std::size_t begin = peek().span.begin;
    SyntaxPtr left = concatenation();
    bool compared = false;
    while (left) {
      if (peek().kind == TokenKind::Symbol && isComparison(peek().text)) {
        if (compared) return fail(peek(), "Comparisons cannot be chained; put parentheses around one of them");
        const std::string symbol = take().text;
        left = binary(symbol, std::move(left), concatenation(), begin);
        compared = true;
      } else if (takeWord("is")) {
        left = isPredicate(std::move(left), begin);
      } else {
        const bool negated = isWord("not") && (isWord("between", 1) || isWord("in", 1) || isWord("like", 1));
        if (!negated && !isWord("between") && !isWord("in") && !isWord("like")) return left;
        if (compared) return fail(peek(), "Put parentheses around the comparison before this");
        if (negated) take();
        left = takeWord("between") ? between(std::move(left), begin)
               : takeWord("in")    ? in(std::move(left), begin)
                                   : (take(), like(std::move(left), begin));
        if (negated) left = unary("not", std::move(left), begin);
        compared = true;
      }
    }
    return nullptr;
  }

  SyntaxPtr isPredicate(SyntaxPtr left, std::size_t begin) {
    const bool negated = takeWord("not");
    SyntaxPtr result;
    if (takeWord("null")) {
      result = unary("is null", std::move(left), begin);
    } else if (isWord("true") || isWord("false")) {
      SyntaxPtr value = leaf(SyntaxKind::Boolean, peek().lower);
      result = unary("not", binary("is distinct from", std::move(left), std::move(value), begin), begin);
    } else if (takeWord("distinct")) {
      if (!takeWord("from")) return unexpected("'is distinct' is followed by 'from'");
      result = binary("is distinct from", std::move(left), concatenation(), begin);
    } else {
      return unexpected("After 'is' follows null, true, false or distinct from");
    }
    return negated ? unary("not", std::move(result), begin) : std::move(result);
  }

  SyntaxPtr between(SyntaxPtr value, std::size_t begin) {
    SyntaxPtr low = concatenation();
    if (!low) return nullptr;
    if (!takeWord("and")) return unexpected("'between' needs two bounds with 'and' in between");
    SyntaxPtr high = concatenation();
    if (!high) return nullptr;
    return operation("between", list(std::move(value), std::move(low), std::move(high)), begin);
  }

  SyntaxPtr in(SyntaxPtr value, std::size_t begin) {
    if (!takeSymbol("(")) return unexpected("'in' is followed by a list in parentheses");
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    std::vector<SyntaxPtr> operands = list(std::move(value));
    if (!arguments(operands)) return nullptr;
    if (operands.size() < 2) return fail(tokens_[at_ - 1], "The list after 'in' is empty");
    return operation("in", std::move(operands), begin);
  }

  SyntaxPtr like(SyntaxPtr value, std::size_t begin) {
    SyntaxPtr pattern = concatenation();
    if (!pattern) return nullptr;
    std::vector<SyntaxPtr> operands = list(std::move(value), std::move(pattern));
    if (takeWord("escape")) {
      if (peek().kind != TokenKind::String) return unexpected("'escape' is followed by one character in quotes");
      operands.push_back(leaf(SyntaxKind::String, peek().text));
    }
    return operation("like", std::move(operands), begin);
  }

  SyntaxPtr concatenation() {
    return leftAssociative({"||"}, [this] { return sum(); });
  }
  SyntaxPtr sum() {
    return leftAssociative({"+", "-"}, [this] { return product(); });
  }
  SyntaxPtr product() {
    return leftAssociative({"*", "/", "%"}, [this] { return signedValue(); });
  }

  template <typename Next>
  SyntaxPtr leftAssociative(std::initializer_list<std::string_view> symbols, Next next) {
    const std::size_t begin = peek().span.begin;
    SyntaxPtr left = next();
    while (left && peek().kind == TokenKind::Symbol &&
           std::find(symbols.begin(), symbols.end(), peek().text) != symbols.end()) {
      const std::string symbol = take().text;
      left = binary(symbol, std::move(left), next(), begin);
    }
    return left;
  }

  SyntaxPtr signedValue() {
    const std::size_t begin = peek().span.begin;
    if (takeSymbol("+")) return numberAfterSign(begin, "");
    if (takeSymbol("-")) return numberAfterSign(begin, "-");
    return primary();
  }

  // The sign belongs to a literal, so that the smallest integer can be written.
  SyntaxPtr numberAfterSign(std::size_t begin, const std::string& sign) {
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    const TokenKind kind = peek().kind;
    if (kind == TokenKind::Integer || kind == TokenKind::DecimalNumber || kind == TokenKind::Float) {
      SyntaxPtr number = primary();
      number->text = sign + number->text;
      number->span.begin = begin;
      return number;
    }
    SyntaxPtr value = signedValue();
    return sign.empty() ? std::move(value) : unary("negate", std::move(value), begin);
  }

  SyntaxPtr primary() {
    const Token& token = peek();
    switch (token.kind) {
      case TokenKind::Integer: return leaf(SyntaxKind::Integer, token.text);
      case TokenKind::DecimalNumber: return leaf(SyntaxKind::DecimalNumber, token.text);
      case TokenKind::Float: return leaf(SyntaxKind::Float, token.text);
      case TokenKind::String: return leaf(SyntaxKind::String, token.text);
      case TokenKind::QuotedName: return field();
      case TokenKind::Word: return word();
      case TokenKind::Symbol:
        if (token.text == "(") return parentheses();
        break;
      case TokenKind::End: break;
    }
    return unexpected("A value is missing here");
  }

  SyntaxPtr parentheses() {
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    const std::size_t begin = take().span.begin;
    SyntaxPtr inside = disjunction();
    if (!inside) return nullptr;
    if (!takeSymbol(")")) return unexpected("A ')' is missing here");
    inside->span = {begin, lastEnd()};
    return inside;
  }

  SyntaxPtr word() {
    const Token& token = peek();
    const bool beforeString = peek(1).kind == TokenKind::String;
    if (token.lower == "true" || token.lower == "false") return leaf(SyntaxKind::Boolean, token.lower);
    if (token.lower == "null") return leaf(SyntaxKind::Null, "");
    if (token.lower == "case") return caseExpression();
    if (token.lower == "cast") return cast();
    if (beforeString && token.lower == "timestamp") return prefixed(SyntaxKind::Timestamp);
    if (beforeString && token.lower == "date") return prefixed(SyntaxKind::Date);
    if (beforeString && token.lower == "interval") return prefixed(SyntaxKind::Interval);
    if (isReserved(token.lower)) return unexpected("A value is missing here");
    if (isSymbol("(", 1)) return call();
    if (isSymbol(".", 1) && peek(2).kind == TokenKind::Word && isSymbol("(", 3)) return qualifiedCall();
    return field();
  }

  SyntaxPtr prefixed(SyntaxKind kind) {
    const std::size_t begin = take().span.begin;
    SyntaxPtr value = leaf(kind, peek().text);
    if (value) value->span.begin = begin;
    return value;
  }

  SyntaxPtr field() {
    auto node = std::make_unique<Syntax>();
    node->kind = SyntaxKind::Field;
    const std::size_t begin = peek().span.begin;
    do {
      const Token& part = peek();
      if (part.kind != TokenKind::QuotedName && part.kind != TokenKind::Word) {
        return unexpected("After the '.' follows the name of a field");
      }
      node->path.push_back(part.text);
      node->pathSpans.push_back(part.span);
      take();
    } while (takeSymbol("."));
    return finish(std::move(node), begin);
  }

  SyntaxPtr call() {
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    const std::size_t begin = peek().span.begin;
    std::string name = take().lower;
    take();
    std::vector<SyntaxPtr> operands;
    if (name == "extract" && peek().kind == TokenKind::Word && isWord("from", 1)) {
      name = take().lower;
      take();
    }
    if (!arguments(operands)) return nullptr;
    SyntaxPtr node = operation(std::move(name), std::move(operands), begin);
    if (node) node->isCall = true;
    return node;
  }

  // plugin.function(...); names of plugins are as they are written.
  SyntaxPtr qualifiedCall() {
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    const std::size_t begin = peek().span.begin;
    std::string name = take().text;
    take();
    name += "." + take().text;
    const Span named{begin, lastEnd()};
    take();
    std::vector<SyntaxPtr> operands;
    if (!arguments(operands)) return nullptr;
    SyntaxPtr node = operation(std::move(name), std::move(operands), begin);
    if (!node) return nullptr;
    node->isCall = node->isQualified = true;
    node->pathSpans.push_back(named);
    return node;
  }

  // What stands between parentheses, up to and with ')'.
  bool arguments(std::vector<SyntaxPtr>& operands) {
    if (takeSymbol(")")) return true;
    // count(*): whoever looks the name up says that there is none, or what it wants.
    if (isSymbol("*", 0) && isSymbol(")", 1)) {
      take();
      take();
      return true;
    }
    do {
      SyntaxPtr operand = disjunction();
      if (!operand) return false;
      operands.push_back(std::move(operand));
    } while (takeSymbol(","));
    if (takeSymbol(")")) return true;
    unexpected("A ',' or ')' is missing here");
    return false;
  }

  SyntaxPtr caseExpression() {
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    auto node = std::make_unique<Syntax>();
    node->kind = SyntaxKind::Case;
    const std::size_t begin = take().span.begin;
    if (!isWord("when")) {
      node->hasOperand = true;
      if (!addChild(*node, disjunction())) return nullptr;
    }
    if (!isWord("when")) return unexpected("'case' needs at least one 'when'");
    while (takeWord("when")) {
      if (!addChild(*node, disjunction())) return nullptr;
      if (!takeWord("then")) return unexpected("A 'then' is missing here");
      if (!addChild(*node, disjunction())) return nullptr;
    }
    if (takeWord("else")) {
      node->hasElse = true;
      if (!addChild(*node, disjunction())) return nullptr;
    }
    if (!takeWord("end")) return unexpected("'case' is closed with 'end'");
    return finish(std::move(node), begin);
  }

  SyntaxPtr cast() {
    Nesting nesting(*this);
    if (!nesting.ok()) return tooDeep();
    auto node = std::make_unique<Syntax>();
    node->kind = SyntaxKind::Cast;
    const std::size_t begin = take().span.begin;
    if (!takeSymbol("(")) return unexpected("'cast' is written cast(value as type)");
    if (!addChild(*node, disjunction())) return nullptr;
    if (!takeWord("as")) return unexpected("'cast' is written cast(value as type)");
    Span span{peek().span.begin, peek().span.begin};
    for (int open = 0; peek().kind != TokenKind::End; take()) {
      if (peek().text == "(" && peek().kind == TokenKind::Symbol) ++open;
      if (peek().text == ")" && peek().kind == TokenKind::Symbol && open-- == 0) break;
      span.end = peek().span.end;
    }
    Result<DataType> type = parseType(text_.substr(span.begin, span.end - span.begin));
    if (!type) {
      std::string message = type.error().message;
      if (!message.empty() && message.back() == '.') message.pop_back();
      return fail(span, message);
    }
    node->castType = std::move(type).value();
    if (!takeSymbol(")")) return unexpected("A ')' is missing here");
    return finish(std::move(node), begin);
  }

  // Building ----------------------------------------------------------------------------------------------

  SyntaxPtr leaf(SyntaxKind kind, std::string text) {
    auto node = std::make_unique<Syntax>();
    node->kind = kind;
    node->text = std::move(text);
    const std::size_t begin = take().span.begin;
    return finish(std::move(node), begin);
  }

  SyntaxPtr unary(std::string name, SyntaxPtr operand, std::size_t begin) {
    if (!operand) return nullptr;
    return operation(std::move(name), list(std::move(operand)), begin);
  }
  SyntaxPtr binary(std::string name, SyntaxPtr left, SyntaxPtr right, std::size_t begin) {
    if (!left || !right) return nullptr;
    return operation(std::move(name), list(std::move(left), std::move(right)), begin);
  }
  SyntaxPtr operation(std::string name, std::vector<SyntaxPtr> operands, std::size_t begin) {
    auto node = std::make_unique<Syntax>();
    node->kind = SyntaxKind::Operation;
    node->text = std::move(name);
    for (SyntaxPtr& operand : operands) {
      if (!addChild(*node, std::move(operand))) return nullptr;
    }
    return finish(std::move(node), begin);
  }

  static bool addChild(Syntax& node, SyntaxPtr child) {
    if (!child) return false;
    node.depth = std::max(node.depth, child->depth + 1);
    node.children.push_back(std::move(child));
    return true;
  }

  SyntaxPtr finish(SyntaxPtr node, std::size_t begin) {
    node->span = {begin, lastEnd()};
    if (++nodes_ > kMaxNodes) {
      return fail(node->span, "The expression has more than " + std::to_string(kMaxNodes) + " parts; split it");
    }
    if (node->depth > kMaxTreeDepth) {
      return fail(node->span,
                  "The expression chains more than " + std::to_string(kMaxTreeDepth) + " operators; split it");
    }
    return node;
  }

  template <typename... Nodes>
  static std::vector<SyntaxPtr> list(Nodes... nodes) {
    std::vector<SyntaxPtr> out;
    (out.push_back(std::move(nodes)), ...);
    return out;
  }

  // Tokens ------------------------------------------------------------------------------------------------

  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  const Token& take() {
    const Token& token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  std::size_t lastEnd() const { return at_ == 0 ? 0 : tokens_[at_ - 1].span.end; }
  bool isWord(std::string_view lower, std::size_t ahead = 0) const {
    return peek(ahead).kind == TokenKind::Word && peek(ahead).lower == lower;
  }
  bool isSymbol(std::string_view symbol, std::size_t ahead) const {
    return peek(ahead).kind == TokenKind::Symbol && peek(ahead).text == symbol;
  }
  bool takeWord(std::string_view lower) {
    if (!isWord(lower)) return false;
    take();
    return true;
  }
  bool takeSymbol(std::string_view symbol) {
    if (peek().kind != TokenKind::Symbol || peek().text != symbol) return false;
    take();
    return true;
  }
  static bool isComparison(std::string_view symbol) {
    return symbol == "=" || symbol == "<>" || symbol == "<" || symbol == "<=" || symbol == ">" || symbol == ">=";
  }

  // Counts open parentheses, calls and signs, which are the parser's own recursion.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) { ++parser_.nesting_; }
    ~Nesting() { --parser_.nesting_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool ok() const { return parser_.nesting_ <= kMaxNesting; }

   private:
    Parser& parser_;
  };

  SyntaxPtr tooDeep() {
    return fail(peek(), "The expression is nested more than " + std::to_string(kMaxNesting) + " levels deep");
  }
  SyntaxPtr unexpected(const std::string& expected) {
    const Token& token = peek();
    if (token.kind == TokenKind::End) return fail(token, expected + ", but the expression ends");
    return fail(token, expected + ", not '" +
                           std::string(text_.substr(token.span.begin, token.span.end - token.span.begin)) + "'");
  }
  SyntaxPtr fail(const Token& token, std::string message) { return fail(token.span, std::move(message)); }
  SyntaxPtr fail(Span span, std::string message) {
    if (!failed_) error_ = {span.begin, span.end - span.begin, std::move(message), {}};
    failed_ = true;
    return nullptr;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  CompileError& error_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
  int nesting_ = 0;
  bool failed_ = false;
};

}  // namespace

bool isReserved(std::string_view lowerWord) {
  return std::find(std::begin(kReserved), std::end(kReserved), lowerWord) != std::end(kReserved);
}

SyntaxPtr parse(std::string_view text, CompileError& error) {
  if (text.size() > kMaxTextBytes) {
    error = {kMaxTextBytes, text.size() - kMaxTextBytes, "The expression is longer than 64 KiB", {}};
    return nullptr;
  }
  std::vector<Token> tokens;
  if (!tokenize(text, tokens, error)) return nullptr;
  return Parser(text, std::move(tokens), error).whole();
}

}  // namespace weir::expr
