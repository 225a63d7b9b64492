// Functions over strings.
#include <algorithm>

#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"
#include "core/expr/text.hpp"

namespace weir::expr {

namespace {

using Text = std::string_view;

// Longer results fail their row: without a bound `replace` could make gigabytes out of one event.
constexpr std::size_t kMaxTextResult = std::size_t{16} << 20;

// Room for a result, or null when it is too long.
char* allocateText(Frame& frame, std::size_t bytes) {
  return bytes > kMaxTextResult ? nullptr : frame.arena.allocate(bytes);
}

// An Op that makes a new string and may find it too long.
template <typename F>
struct MakesText {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = true;
  F f;  // bool f(Frame&, Text& out, A...)
  std::string why;
  template <typename... A>
  bool operator()(Frame& frame, Text& out, A... arguments) const {
    return f(frame, out, arguments...);
  }
  template <typename... A>
  std::string reason(A...) const {
    return why;
  }
};

template <typename... A, typename F>
NodePtr makeText(F f, std::string_view name, Span span, const std::string& source, std::vector<NodePtr> operands) {
  return makeKernel<Text, A...>(MakesText<F>{f, "the result is over 16 MiB in " + source}, std::string(name),
                                TypeId::String, span, std::move(operands));
}

template <typename R, typename... A, typename F>
NodePtr makePlain(F f, std::string_view name, ValueType type, Span span, std::vector<NodePtr> operands) {
  return makeKernel<R, A...>(Total<F>{f}, std::string(name), std::move(type), span, std::move(operands));
}

template <char First, char Last, int Shift>
bool mapLetters(Frame& frame, Text& out, Text text) {
  char* const bytes = allocateText(frame, text.size());
  if (bytes == nullptr) return false;
  std::transform(text.begin(), text.end(), bytes,
                 [](char c) { return c >= First && c <= Last ? static_cast<char>(c + Shift) : c; });
  out = {bytes, text.size()};
  return true;
}

Text trimLeft(Text text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}
Text trimRight(Text text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

bool replaceText(Frame& frame, Text& out, Text text, Text from, Text to) {
  if (from.empty()) {
    out = text;
    return true;
  }
  std::size_t count = 0;
  for (std::size_t at = text.find(from); at != Text::npos; at = text.find(from, at + from.size())) ++count;
  const std::size_t size = text.size() - count * from.size() + count * to.size();
  char* bytes = allocateText(frame, size);
  if (bytes == nullptr) return false;
  out = {bytes, size};
  std::size_t begin = 0;
  for (std::size_t at = text.find(from); at != Text::npos; at = text.find(from, begin)) {
    bytes = std::copy(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(at),
                      bytes);
    bytes = std::copy(to.begin(), to.end(), bytes);
    begin = at + from.size();
  }
  std::copy(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), bytes);
  return true;
}

class ConcatNode final : public OperationNode {
 public:
  ConcatNode(ValueType type, Span span, std::string why, std::vector<NodePtr> operands)
      : OperationNode("||", std::move(type), anyNullable(operands), span, std::move(operands)), why_(std::move(why)) {}

  bool canFail() const override { return true; }

  Vector evaluate(Frame& frame, Rows rows) override {
    std::vector<Vector> parts;
    parts.reserve(operands().size());
    for (const NodePtr& part : operands()) parts.push_back(part->evaluate(frame, rows));
    Vector out = Vector::make(frame, sizeof(Text));
    Text* const values = out.mutableValues<Text>();
    std::uint8_t* marks = nullptr;
    for (const Vector& part : parts) {
      if (part.nulls() == nullptr) continue;
      marks = out.mutableNulls(frame, rows);
      rows.each([&](std::uint32_t row) { marks[row] |= part.nulls()[row]; });
    }
    rows.each([&](std::uint32_t row) {
      if (out.isNull(row)) return;
      std::size_t size = 0;
      for (const Vector& part : parts) size += Values<Text>(part)[row].size();
      char* bytes = allocateText(frame, size);
      if (bytes == nullptr) {
        frame.errors.push_back({row, why_});
        out.mutableNulls(frame, rows)[row] = 1;
        return;
      }
      values[row] = {bytes, size};
      for (const Vector& part : parts) {
        const Text text = Values<Text>(part)[row];
        bytes = std::copy(text.begin(), text.end(), bytes);
      }
    });
    return out;
  }

 private:
  std::string why_;
};

struct Like {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = true;
  std::string escape;
  std::string source;
  bool operator()(Frame&, std::uint8_t& out, Text text, Text pattern) const {
    const LikeMatch match = like(text, pattern, escape);
    out = match == LikeMatch::Yes;
    return match != LikeMatch::BadPattern;
  }
  std::string reason(Text, Text) const {
    return "the pattern has an escape character before something other than '%', '_' or itself in " + source;
  }
};

}  // namespace

NodePtr makeTextFunction(std::string_view name, Span span, const std::string& source, std::vector<NodePtr> operands) {
  if (name == "length") {
    if (operands[0]->type().is(TypeId::Bytes)) {
      return makePlain<std::int64_t, Text>([](Text bytes) { return bytes.size(); }, name, TypeId::Int64, span,
                                           std::move(operands));
    }
    return makePlain<std::int64_t, Text>(codePoints, name, TypeId::Int64, span, std::move(operands));
  }
  if (name == "lower") return makeText<Text>(mapLetters<'A', 'Z', 'a' - 'A'>, name, span, source, std::move(operands));
  if (name == "upper") return makeText<Text>(mapLetters<'a', 'z', 'A' - 'a'>, name, span, source, std::move(operands));
  if (name == "trim") {
    return makePlain<Text, Text>([](Text text) { return trimLeft(trimRight(text)); }, name, TypeId::String, span,
                                 std::move(operands));
  }
  if (name == "ltrim") return makePlain<Text, Text>(trimLeft, name, TypeId::String, span, std::move(operands));
  if (name == "rtrim") return makePlain<Text, Text>(trimRight, name, TypeId::String, span, std::move(operands));
  if (name == "substring") {
    const auto cut = [](Text& out, Text text, std::int64_t start, std::int64_t count) {
      if (count < 0) return false;
      out = substring(text, start, count);
      return true;
    };
    if (operands.size() == 2) operands.push_back(makeLiteral(INT64_MAX, TypeId::Int64, span));
    return makeKernel<Text, Text, std::int64_t, std::int64_t>(
        Partial<decltype(cut)>{cut, "the length is negative in " + source}, std::string(name), TypeId::String, span,
        std::move(operands));
  }
  if (name == "replace") return makeText<Text, Text, Text>(replaceText, name, span, source, std::move(operands));
  if (name == "starts_with") {
    return makePlain<std::uint8_t, Text, Text>([](Text text, Text part) { return text.starts_with(part); }, name,
                                               TypeId::Bool, span, std::move(operands));
  }
  if (name == "ends_with") {
    return makePlain<std::uint8_t, Text, Text>([](Text text, Text part) { return text.ends_with(part); }, name,
                                               TypeId::Bool, span, std::move(operands));
  }
  return makePlain<std::uint8_t, Text, Text>([](Text text, Text part) { return text.find(part) != Text::npos; },
                                             "contains", TypeId::Bool, span, std::move(operands));
}

NodePtr makeLike(Span span, const std::string& source, NodePtr text, NodePtr pattern, std::string escape) {
  const std::string name = escape.empty() ? "like" : "like[" + escape + "]";
  return makeKernel<std::uint8_t, Text, Text>(Like{std::move(escape), source}, name, TypeId::Bool, span,
                                              nodeList(std::move(text), std::move(pattern)));
}

NodePtr makeConcat(ValueType type, Span span, const std::string& source, std::vector<NodePtr> operands) {
  return std::make_unique<ConcatNode>(std::move(type), span, "the result is over 16 MiB in " + source,
                                      std::move(operands));
}

}  // namespace weir::expr
