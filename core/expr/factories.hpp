// Makes typed nodes. The binder has brought operands to the types that are asked for here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/expr/civil_time.hpp"
#include "core/expr/node.hpp"

namespace weir::expr {

// leaf_nodes.cpp --------------------------------------------------------------------------------------------

// A column or a field inside structs: `path` holds child indexes from the top.
NodePtr makeField(std::vector<std::size_t> path, std::string name, DataType type, bool nullable, Span span);
NodePtr makeLiteral(Scalar value, ValueType type, Span span);

// A value that is used more than once: `Let` computes it, each `Reuse` in its body reads it.
class Reusable;
class LetBuilder {
 public:
  explicit LetBuilder(NodePtr value);
  ~LetBuilder();
  LetBuilder(const LetBuilder&) = delete;
  LetBuilder& operator=(const LetBuilder&) = delete;
  const Node& value() const;
  NodePtr use();
  NodePtr finish(NodePtr body);

 private:
  std::unique_ptr<Reusable> value_;
};

// The path of a field node; nothing for other nodes.
const std::vector<std::size_t>* fieldPath(const Node& node);
// The column that a field node names, with its buffers shared.
OwnedColumn aliasField(const Node& field, const Batch& batch);
// The values of `rows` of a column, whose row 0 stands at `first` of its buffers; without null marks. Borrows from it.
Vector loadColumn(Frame& frame, Rows rows, TypeId type, const ArrowArray& array, std::int64_t first);

// arithmetic.cpp --------------------------------------------------------------------------------------------

// "+", "-", "*", "/", "%" over two operands of the same type; decimals may differ in precision and scale.
NodePtr makeArithmetic(std::string_view symbol, const ValueType& type, Span span, const std::string& source,
                       NodePtr left, NodePtr right);
DataType decimalResult(std::string_view symbol, const DataType& left, const DataType& right);
// At most 38 digits, giving up scale before integral digits, but not below six digits of scale.
DataType boundedDecimal(int precision, int scale);
NodePtr makeNegate(Span span, const std::string& source, NodePtr operand);

// compare.cpp -----------------------------------------------------------------------------------------------

// "=", "<>", "<", "<=", ">", ">=" over two operands of the same type; decimals may differ.
NodePtr makeComparison(std::string_view symbol, Span span, NodePtr left, NodePtr right);
NodePtr makeIsDistinct(Span span, NodePtr left, NodePtr right);
NodePtr makeLarger(bool larger, ValueType type, Span span, NodePtr left, NodePtr right);
// operand = any of `values`, which are constants of its type and none of them null.
NodePtr makeInSet(Span span, NodePtr operand, std::vector<Scalar> values);

// logic.cpp -------------------------------------------------------------------------------------------------

NodePtr makeAndOr(bool isAnd, Span span, std::vector<NodePtr> terms);
NodePtr makeNot(Span span, NodePtr operand);
NodePtr makeIsNull(Span span, NodePtr operand);
// Operands: (condition value)* else.
NodePtr makeCase(ValueType type, Span span, std::vector<NodePtr> operands);
NodePtr makeCoalesce(ValueType type, Span span, std::vector<NodePtr> operands);

// casts.cpp -------------------------------------------------------------------------------------------------

// Null when there is no such cast.
NodePtr makeCast(NodePtr operand, const DataType& target, Span span, const std::string& source);

// text_functions.cpp, number_functions.cpp, time_functions.cpp --------------------------------------------------

NodePtr makeTextFunction(std::string_view name, Span span, const std::string& source, std::vector<NodePtr> operands);
NodePtr makeLike(Span span, const std::string& source, NodePtr text, NodePtr pattern, std::string escape);
NodePtr makeConcat(ValueType type, Span span, const std::string& source, std::vector<NodePtr> operands);
NodePtr makeRounding(std::string_view name, int digits, Span span, const std::string& source, NodePtr operand);
NodePtr makeAbs(Span span, const std::string& source, NodePtr operand);
NodePtr makeDatePart(std::string_view name, Span span, NodePtr operand);
NodePtr makeEpoch(std::int64_t microsPerUnit, std::string_view name, Span span, NodePtr operand);
NodePtr makeFromEpoch(std::int64_t microsPerUnit, std::string_view name, Span span, const std::string& source,
                      NodePtr operand);
NodePtr makeTruncate(TimeUnit unit, std::string_view unitName, Span span, const std::string& source, NodePtr operand);

}  // namespace weir::expr
