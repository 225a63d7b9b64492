// A typed expression: a tree of nodes, each of which computes a vector from those of its children.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/expr/syntax.hpp"
#include "core/expr/vector.hpp"

namespace weir::expr {

// A column type, or one of two types that only exist inside expressions.
struct ValueType {
  enum class Kind : std::uint8_t {
    Column,
    Interval,  // int64 microseconds
    Null,      // the literal null before it is known what it is a null of
  };
  DataType type;
  Kind kind = Kind::Column;

  ValueType(DataType columnType) : type(std::move(columnType)) {}  // NOLINT: a column type is the usual case
  ValueType(TypeId id) : type(id) {}                               // NOLINT
  static ValueType interval() {
    ValueType out(TypeId::Int64);
    out.kind = Kind::Interval;
    return out;
  }
  static ValueType null() {
    ValueType out(TypeId::Bool);
    out.kind = Kind::Null;
    return out;
  }
  bool is(TypeId id) const { return kind == Kind::Column && type.id == id; }
  bool isNull() const { return kind == Kind::Null; }
  bool isInterval() const { return kind == Kind::Interval; }
  std::string name() const { return isInterval() ? "interval" : isNull() ? "null" : typeName(type); }
  friend bool operator==(const ValueType& a, const ValueType& b) { return a.kind == b.kind && a.type == b.type; }
};

// A constant; monostate is null.
using Scalar = std::variant<std::monostate, bool, std::int32_t, std::int64_t, double, Decimal, std::string>;

class Node {
 public:
  Node(ValueType type, bool nullable, Span span) : type_(std::move(type)), nullable_(nullable), span_(span) {}
  virtual ~Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const ValueType& type() const { return type_; }
  bool nullable() const { return nullable_; }
  Span span() const { return span_; }

  // The values of `rows`. Rows that fail are added to the frame's errors, at least once each, and are null.
  virtual Vector evaluate(Frame& frame, Rows rows) = 0;
  // Appends the canonical text.
  virtual void describe(std::string& out) const = 0;
  // Whether a row can fail here or below. What cannot fail may be computed for rows that do not need it.
  virtual bool canFail() const = 0;
  // The value of a literal.
  virtual const Scalar* constant() const { return nullptr; }

 private:
  ValueType type_;
  bool nullable_;
  Span span_;
};

using NodePtr = std::unique_ptr<Node>;

template <typename... Nodes>
std::vector<NodePtr> nodeList(Nodes... nodes) {
  std::vector<NodePtr> out;
  (out.push_back(std::move(nodes)), ...);
  return out;
}

// A node with a name and operands.
class OperationNode : public Node {
 public:
  // `operands` by reference: a derived class may ask them for `nullable` in the same list of arguments.
  OperationNode(std::string name, ValueType type, bool nullable, Span span, std::vector<NodePtr>&& operands)
      : Node(std::move(type), nullable, span), name_(std::move(name)), operands_(std::move(operands)) {}

  void describe(std::string& out) const override {
    out += name_ + ":" + type().name() + "(";
    for (const NodePtr& operand : operands_) {
      operand->describe(out);
      if (operand != operands_.back()) out += ", ";
    }
    out += ")";
  }
  bool canFail() const override {
    for (const NodePtr& operand : operands_) {
      if (operand->canFail()) return true;
    }
    return false;
  }
  const std::vector<NodePtr>& operands() const { return operands_; }
  const std::string& name() const { return name_; }

 protected:
  Node& operand(std::size_t index) const { return *operands_[index]; }

  static bool anyNullable(const std::vector<NodePtr>& operands) {
    for (const NodePtr& operand : operands) {
      if (operand->nullable()) return true;
    }
    return false;
  }

 private:
  std::string name_;
  std::vector<NodePtr> operands_;
};

// Calls f.template operator()<T>() with the C++ type that holds values of this type in vectors.
// Lists and structs have none: they are only passed on and tested for null.
template <typename F>
auto withStorageType(TypeId id, F&& f) {
  switch (id) {
    case TypeId::Bool: return f.template operator()<std::uint8_t>();
    case TypeId::Int32:
    case TypeId::Date: return f.template operator()<std::int32_t>();
    case TypeId::Float64: return f.template operator()<double>();
    case TypeId::Decimal128: return f.template operator()<Decimal>();
    case TypeId::String:
    case TypeId::Bytes: return f.template operator()<std::string_view>();
    case TypeId::Int64:
    case TypeId::Timestamp:
    case TypeId::List:
    case TypeId::Struct: break;
  }
  return f.template operator()<std::int64_t>();
}

inline bool isNested(TypeId id) {
  return id == TypeId::List || id == TypeId::Struct;
}

}  // namespace weir::expr
