// Calls of functions that plugins bring: checked by what is declared of them, computed a column at a time.
#include <algorithm>

#include "core/base/article.hpp"
#include "core/base/closest_name.hpp"
#include "core/base/type_name.hpp"
#include "core/expr/binder.hpp"
#include "core/expr/output.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::expr {

namespace {

// Never computed beforehand: whoever checks a topology has no plugin at hand, and must come to the same expression.
class PluginCallNode final : public OperationNode {
 public:
  PluginCallNode(const FunctionSignature& function, const Field& result, Span span, std::string source,
                 std::vector<NodePtr> operands, SchemaRef arguments, std::unique_ptr<FunctionCall> call)
      : OperationNode(function.name, result.type, result.nullable, span, std::move(operands)),
        handlesNull_(function.handlesNull),
        source_(std::move(source)),
        arguments_(std::move(arguments)),
        call_(std::move(call)) {}

  bool canFail() const override { return true; }

  Vector evaluate(Frame& frame, Rows rows) override {
    result_ = {};
    const Batch arguments = argumentsFor(frame, rows);
    if (arguments.selectedCount() == 0) return nothing(frame, rows);
    if (call_ == nullptr) return fail(frame, rows, fatalError("The function " + name() + " cannot be called here."));
    Result<Evaluated> evaluated = call_->evaluate(arguments);
    if (!evaluated) return fail(frame, rows, evaluated.error());
    result_ = std::move(evaluated->column);
    const ColumnView column(result_.array());
    Vector out = loadColumn(frame, rows, type().type.id, column.array(), column.array().offset);
    markNulls(frame, rows, column, arguments, out);
    for (RowError& error : evaluated->errors) {
      out.mutableNulls(frame, rows)[error.row] = 1;
      frame.errors.push_back({error.row, std::move(error.reason) + " in " + source_});
    }
    return out;
  }

 private:
  Batch argumentsFor(Frame& frame, Rows rows) {
    const Batch batch = Batch::share(frame.batch);
    BatchMaker maker(arguments_);
    for (const NodePtr& operand : operands()) {
      const std::vector<std::size_t>* const path = fieldPath(*operand);
      if (path == nullptr) {
        const Vector values = operand->evaluate(frame, rows);
        maker.column(makeColumn(frame, operand->type().type.id, rows, values));
      } else if (path->size() == 1) {
        maker.column(batch, path->front());
      } else {
        maker.column(aliasField(*operand, batch));
      }
    }
    Batch whole = maker.finish(frame.rowCount);
    if (rows.index == nullptr && (handlesNull_ || !hasNulls(whole))) return whole;
    std::vector<std::uint32_t> asked;
    asked.reserve(rows.count);
    rows.each([&](std::uint32_t row) {
      if (handlesNull_ || !anyNull(whole, row)) asked.push_back(row);
    });
    return BatchMaker::from(whole).selection(std::move(asked)).finish(frame.rowCount);
  }

  static bool hasNulls(const Batch& batch) {
    for (std::size_t i = 0; i < batch.columnCount(); ++i) {
      if (batch.column(i).hasNulls()) return true;
    }
    return false;
  }
  static bool anyNull(const Batch& batch, std::uint32_t row) {
    for (std::size_t i = 0; i < batch.columnCount(); ++i) {
      if (batch.column(i).isNull(row)) return true;
    }
    return false;
  }

  // Rows that were not asked about are null, and so are those that the function says.
  static void markNulls(Frame& frame, Rows rows, ColumnView column, const Batch& asked, Vector& out) {
    if (asked.selectedCount() == rows.count && !column.hasNulls()) return;
    std::uint8_t* const marks = out.mutableNulls(frame, rows);
    rows.each([&](std::uint32_t row) { marks[row] = 1; });
    asked.forEachRow([&](std::int64_t row) { marks[static_cast<std::uint32_t>(row)] = column.isNull(row) ? 1 : 0; });
  }

  Vector nothing(Frame& frame, Rows rows) const {
    return withStorageType(type().type.id, [&]<typename T>() {
      Vector out = Vector::make(frame, sizeof(T));
      T* const values = out.mutableValues<T>();
      std::uint8_t* const marks = out.mutableNulls(frame, rows);
      rows.each([&](std::uint32_t row) {
        values[row] = T{};
        marks[row] = 1;
      });
      return out;
    });
  }
  Vector fail(Frame& frame, Rows rows, Error error) const {
    if (!frame.failure) frame.failure = std::move(error);
    return nothing(frame, rows);
  }

  bool handlesNull_;
  std::string source_;
  SchemaRef arguments_;
  std::unique_ptr<FunctionCall> call_;
  OwnedColumn result_;  // of the last evaluation: its vector points into it
};

// "float64", "string or bytes"
std::string wantedTypes(const FunctionArgument& argument) {
  std::string out;
  for (const std::string& word : argument.types) out += (out.empty() ? "" : " or ") + word;
  return out;
}

// Of the argument that "type_of(<argument>)" names, or what stands there.
Result<DataType> resultType(const FunctionSignature& function, const Schema& arguments) {
  constexpr std::string_view kTypeOf = "type_of(";
  if (!function.result.starts_with(kTypeOf)) return parseType(function.result);
  const std::string name = function.result.substr(kTypeOf.size(), function.result.size() - kTypeOf.size() - 1);
  for (std::size_t i = 0; i < function.arguments.size() && i < arguments.fields.size(); ++i) {
    if (function.arguments[i].name == name) return arguments.fields[i].type;
  }
  return fatalError("The function " + function.name + " has no argument '" + name + "'");
}

}  // namespace

const FunctionSignature* Functions::find(std::string_view name) const {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const FunctionSignature& one) { return one.name == name; });
  return found == known.end() ? nullptr : &*found;
}

std::string usageOf(const FunctionSignature& function) {
  std::string out = function.name + "(";
  for (const FunctionArgument& argument : function.arguments) {
    out += (&argument == function.arguments.data() ? "" : ", ") + argument.name;
  }
  return out + (function.variadic ? ", ...)" : ")");
}

std::string Binder::suggestPluginFunction(const std::string& name) const {
  if (functions_ == nullptr) return "";
  std::vector<std::string_view> names;
  for (const FunctionSignature& function : functions_->known) {
    const std::string_view whole = function.name;
    if (whole.substr(whole.find('.') + 1) == name) return function.name;
    names.push_back(whole);
  }
  return closestName(name, names).value_or("");
}

NodePtr Binder::failNoFunction(Span span, const std::string& name, std::string suggestion) {
  std::string message = functions_ == nullptr || !functions_->whyNot ? "" : functions_->whyNot(name);
  if (message.empty()) message = "There is no function '" + name + "'";
  return fail(span, std::move(message), std::move(suggestion));
}

NodePtr Binder::bindPluginCall(const Syntax& syntax) {
  const FunctionSignature* const function = functions_ == nullptr ? nullptr : functions_->find(syntax.text);
  if (function == nullptr) {
    return failNoFunction(syntax.pathSpans[0], syntax.text, suggestPluginFunction(syntax.text));
  }
  std::vector<NodePtr> operands;
  if (!bindAll(syntax.children, operands)) return nullptr;
  const std::size_t named = function->arguments.size();
  if (operands.size() < named || (operands.size() > named && !function->variadic)) {
    return fail(syntax.span, "'" + syntax.text + "' is used as " + usageOf(*function));
  }
  Schema arguments;
  bool anyNullable = false;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const FunctionArgument& argument = function->arguments[std::min(i, named - 1)];
    operands[i] = bindArgument(argument, syntax, i, std::move(operands[i]));
    if (!operands[i]) return nullptr;
    anyNullable = anyNullable || operands[i]->nullable();
    const std::string suffix = i < named ? "" : "_" + std::to_string(i - named + 2);
    arguments.fields.push_back({argument.name + suffix, operands[i]->type().type, operands[i]->nullable()});
  }
  Result<DataType> type = resultType(*function, arguments);
  if (!type) return fail(syntax.span, type.error().message);
  const Field asked{function->name, *type, function->nullable};
  const SchemaRef schema = makeSchema(std::move(arguments));
  std::unique_ptr<FunctionCall> call;
  if (functions_->open) {
    Result<std::unique_ptr<FunctionCall>> opened = functions_->open(*function, schema, asked);
    if (!opened) {
      std::string message = opened.error().message;
      if (message.ends_with('.')) message.pop_back();
      return fail(syntax.span, std::move(message));
    }
    call = std::move(*opened);
  }
  const Field result{function->name, std::move(*type), function->nullable || (anyNullable && !function->handlesNull)};
  return std::make_unique<PluginCallNode>(*function, result, syntax.span, source(syntax.span), std::move(operands),
                                          schema, std::move(call));
}

NodePtr Binder::bindArgument(const FunctionArgument& argument, const Syntax& call, std::size_t index, NodePtr operand) {
  const ValueType& type = operand->type();
  const bool isColumn = type.kind == ValueType::Kind::Column;
  const bool fits = isColumn && std::any_of(argument.types.begin(), argument.types.end(),
                                            [&](const std::string& word) { return matchesTypeWord(type.type, word); });
  if (fits) return operand;
  for (const std::string& word : argument.types) {
    const Result<DataType> target = parseType(word);
    if (target && widens(*operand, *target)) return coerce(std::move(operand), *target);
  }
  return fail(operand->span(), "Operand " + std::to_string(index + 1) + " of '" + call.text + "' (" + argument.name +
                                   ") must be " + withArticle(wantedTypes(argument)) + ", but " +
                                   source(operand->span()) + " is " + withArticle(type.name()));
}

}  // namespace weir::expr
