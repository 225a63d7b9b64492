// Nodes that compute a value from the values of their operands, row by row, null where an operand is null.
//
// An Op is a callable `bool operator()(Frame&, R& out, A... arguments) const`; it answers false when the row fails,
// and has
//   static constexpr bool kFails;       it can answer false; then `std::string reason(A...) const` says why
//   static constexpr bool kSkipsNulls;  it must not be called with the undefined values of null rows
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>

#include "core/expr/node.hpp"

namespace weir::expr {

template <typename R, typename Op, typename... A>
class KernelNode final : public OperationNode {
 public:
  KernelNode(Op op, std::string name, ValueType type, Span span, std::vector<NodePtr> operands)
      : OperationNode(std::move(name), std::move(type), anyNullable(operands), span, std::move(operands)),
        op_(std::move(op)) {}

  bool canFail() const override { return Op::kFails || OperationNode::canFail(); }

  Vector evaluate(Frame& frame, Rows rows) override { return compute(frame, rows, std::index_sequence_for<A...>()); }

 private:
  template <std::size_t... I>
  Vector compute(Frame& frame, Rows rows, std::index_sequence<I...>) {
    // Braces: the operands are evaluated from left to right.
    std::array<Vector, sizeof...(A)> inputs{operand(I).evaluate(frame, rows)...};
    Vector out = Vector::make(frame, sizeof(R));
    uniteNulls(frame, rows, inputs, out);
    R* const values = out.template mutableValues<R>();
    const std::uint8_t* const nulls = out.nulls();
    const std::tuple<Values<A>...> arguments{Values<A>(inputs[I])...};
    const Op& op = op_;
    bool failed = false;
    if (Op::kSkipsNulls && nulls != nullptr) {
      rows.each([&](std::uint32_t row) {
        if (nulls[row] != 0) {
          values[row] = R{};
        } else {
          failed |= !op(frame, values[row], std::get<I>(arguments)[row]...);
        }
      });
    } else if constexpr (Op::kFails) {
      rows.each([&](std::uint32_t row) { failed |= !op(frame, values[row], std::get<I>(arguments)[row]...); });
    } else {
      rows.each([&](std::uint32_t row) { op(frame, values[row], std::get<I>(arguments)[row]...); });
    }
    if constexpr (Op::kFails) {
      if (failed) {
        std::uint8_t* const marks = out.mutableNulls(frame, rows);
        rows.each([&](std::uint32_t row) {
          if (marks[row] != 0 || op(frame, values[row], std::get<I>(arguments)[row]...)) return;
          frame.errors.push_back({row, op.reason(std::get<I>(arguments)[row]...)});
          values[row] = R{};
          marks[row] = 1;
        });
      }
    }
    return out;
  }

  static void uniteNulls(Frame& frame, Rows rows, std::array<Vector, sizeof...(A)>& inputs, Vector& out) {
    for (Vector& input : inputs) {
      const std::uint8_t* const more = input.nulls();
      if (more == nullptr) continue;
      if (out.nulls() == nullptr) {
        out.takeNulls(input);
        continue;
      }
      std::uint8_t* const marks = out.mutableNulls(frame, rows);
      rows.each([&](std::uint32_t row) { marks[row] |= more[row]; });
    }
  }

  Op op_;
};

template <typename R, typename... A, typename Op>
NodePtr makeKernel(Op op, std::string name, ValueType type, Span span, std::vector<NodePtr> operands) {
  return std::make_unique<KernelNode<R, Op, A...>>(std::move(op), std::move(name), std::move(type), span,
                                                   std::move(operands));
}

// An Op that always succeeds, from a plain function object `R f(A...)`.
template <typename F, bool SkipsNulls = true>
struct Total {
  static constexpr bool kFails = false;
  static constexpr bool kSkipsNulls = SkipsNulls;
  F f;
  template <typename R, typename... A>
  bool operator()(Frame&, R& out, A... arguments) const {
    out = static_cast<R>(f(arguments...));
    return true;
  }
};

// An Op that may fail, from `bool f(R& out, A...)` and a reason that is the same for every row.
template <typename F>
struct Partial {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = true;
  F f;
  std::string why;
  template <typename R, typename... A>
  bool operator()(Frame&, R& out, A... arguments) const {
    return f(out, arguments...);
  }
  template <typename... A>
  std::string reason(A...) const {
    return why;
  }
};

// One operand, cannot fail.
template <typename R, typename A, typename F>
NodePtr makeTotal(F f, std::string name, ValueType type, Span span, NodePtr operand) {
  return makeKernel<R, A>(Total<F>{std::move(f)}, std::move(name), std::move(type), span, nodeList(std::move(operand)));
}

// One operand, may fail.
template <typename R, typename A, typename F>
NodePtr makePartial(F f, std::string why, std::string name, ValueType type, Span span, NodePtr operand) {
  return makeKernel<R, A>(Partial<F>{std::move(f), std::move(why)}, std::move(name), std::move(type), span,
                          nodeList(std::move(operand)));
}

}  // namespace weir::expr
