// Syntax to typed nodes: names are looked up, types are checked, and operands are brought to common types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expr.hpp"
#include "core/expr/factories.hpp"
#include "core/expr/node.hpp"
#include "core/expr/plugin_functions.hpp"
#include "core/expr/syntax.hpp"

namespace weir::expr {

// One use binds one expression. A null pointer means that `error` holds the reason.
class Binder {
 public:
  // `functions` of plugins; null: there are none.
  Binder(std::string_view text, const Schema& schema, const Functions* functions, CompileError& error)
      : text_(text), schema_(schema), functions_(functions), error_(error) {}

  NodePtr bindWhole(const Syntax& syntax);
  // Top-level fields in order of first use.
  const std::vector<std::string>& fields() const { return fields_; }

 private:
  NodePtr bind(const Syntax& syntax);
  bool bindAll(const std::vector<SyntaxPtr>& syntax, std::vector<NodePtr>& nodes);

  // binder.cpp: leaves, operators, case and cast
  NodePtr bindLeaf(const Syntax& syntax);
  NodePtr bindNumber(const Syntax& syntax);
  NodePtr bindField(const Syntax& syntax);
  NodePtr bindOperation(const Syntax& syntax);
  NodePtr bindArithmetic(const Syntax& syntax, NodePtr left, NodePtr right);
  NodePtr bindTimeArithmetic(const Syntax& syntax, NodePtr left, NodePtr right);
  NodePtr bindIn(const Syntax& syntax, std::vector<NodePtr> operands);
  NodePtr bindLike(const Syntax& syntax, std::vector<NodePtr> operands);
  NodePtr bindBetween(const Syntax& syntax, std::vector<NodePtr> operands);
  NodePtr bindCase(const Syntax& syntax);
  NodePtr bindCast(const Syntax& syntax);

  // functions.cpp
  NodePtr bindCall(const Syntax& syntax);
  NodePtr bindFlexibleCall(const Syntax& syntax, std::vector<NodePtr> operands);
  NodePtr bindParameter(char parameter, const Syntax& call, std::size_t index, NodePtr operand);
  NodePtr bindRound(const Syntax& syntax, std::vector<NodePtr> operands);
  NodePtr bindTruncate(const Syntax& syntax, std::vector<NodePtr> operands);
  NodePtr bindConcat(const Syntax& syntax, std::vector<NodePtr> operands);

  // plugin_call.cpp
  NodePtr bindPluginCall(const Syntax& syntax);
  NodePtr bindArgument(const FunctionArgument& argument, const Syntax& call, std::size_t index, NodePtr operand);
  // A plugin's function that may have been meant; empty when there is none.
  std::string suggestPluginFunction(const std::string& name) const;
  NodePtr failNoFunction(Span span, const std::string& name, std::string suggestion);

  // coercion.cpp
  // The type that all operands can be brought to without asking for a cast; reports at `span` when there is none.
  std::optional<ValueType> commonType(const std::vector<NodePtr>& operands, Span span, std::string_view what);
  // Whether a value becomes one of this type without asking for a cast.
  static bool widens(const Node& node, const DataType& target);
  // Brings a value to a type that `commonType` answered, or to which it widens.
  NodePtr coerce(NodePtr node, const ValueType& target);
  bool coerceAll(std::vector<NodePtr>& nodes, const ValueType& target);
  NodePtr compare(std::string_view symbol, Span span, NodePtr left, NodePtr right);
  bool makeComparable(Span span, NodePtr& left, NodePtr& right);
  NodePtr asBool(NodePtr node, std::string_view where);

  // The node, or the literal that it always computes.
  static NodePtr fold(NodePtr node);
  // The part of the text that a node came from, for messages.
  std::string source(Span span) const;
  NodePtr fail(Span span, std::string message, std::string suggestion = {});
  // What is bound next has errors of its own.
  void keepError();

  std::string_view text_;
  const Schema& schema_;
  const Functions* functions_;
  CompileError& error_;
  bool failed_ = false;  // error_ says why, and is not among said_ yet
  std::vector<CompileError> said_;
  std::vector<std::string> fields_;
};

}  // namespace weir::expr
