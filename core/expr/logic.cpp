// and, or, not, is null, case, coalesce: three-valued logic, and operands computed only for the rows that need them.
#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"

namespace weir::expr {

namespace {

// A shrinking list of rows, in memory of the pool.
class RowList {
 public:
  RowList(Frame& frame, Rows rows) : frame_(frame), rows_(rows) {}
  Rows rows() const { return rows_; }
  bool empty() const { return rows_.count == 0; }

  // Keeps the rows for which `keep` is true.
  template <typename Keep>
  void filter(Keep&& keep) {
    rows_ = split(keep, nullptr);
  }
  // Takes the rows for which `wanted` is true out of the list and answers them; valid until the next `take`.
  template <typename Wanted>
  Rows take(Wanted&& wanted) {
    if (!taken_) taken_ = Buffer(frame_.pool, sizeof(std::uint32_t) * frame_.rowCount);
    auto* const out = taken_.as<std::uint32_t>();
    takenCount_ = 0;
    rows_ = split([&](std::uint32_t row) { return !wanted(row); }, out);
    return {out, takenCount_};
  }

 private:
  template <typename Keep>
  Rows split(Keep&& keep, std::uint32_t* others) {
    if (!kept_) kept_ = Buffer(frame_.pool, sizeof(std::uint32_t) * frame_.rowCount);
    auto* const out = kept_.as<std::uint32_t>();
    std::uint32_t count = 0;
    rows_.each([&](std::uint32_t row) {  // writes never overtake reads, so the list may shrink in place
      if (keep(row)) {
        out[count++] = row;
      } else if (others != nullptr) {
        others[takenCount_++] = row;
      }
    });
    return {out, count};
  }

  Frame& frame_;
  Rows rows_;
  Buffer kept_;
  Buffer taken_;
  std::uint32_t takenCount_ = 0;
};

// false wins over null wins over true for `and`; for `or` true wins over null wins over false.
class AndOrNode final : public OperationNode {
 public:
  AndOrNode(bool isAnd, Span span, std::vector<NodePtr> terms)
      : OperationNode(isAnd ? "and" : "or", TypeId::Bool, anyNullable(terms), span, std::move(terms)),
        decides_(isAnd ? 0 : 1) {}

  Vector evaluate(Frame& frame, Rows rows) override {
    Vector out = Vector::make(frame, 1);
    auto* const values = out.mutableValues<std::uint8_t>();
    const std::uint8_t otherwise = decides_ ^ 1;
    rows.each([&](std::uint32_t row) { values[row] = otherwise; });
    RowList open(frame, rows);
    for (std::size_t i = 0; i < operands().size() && !open.empty(); ++i) {
      Node& term = operand(i);
      // Skipping decided rows costs a list; it is only needed where the term could fail them.
      if (i != 0 && term.canFail()) {
        open.filter([&](std::uint32_t row) { return values[row] != decides_ || out.isNull(row); });
      }
      const Vector next = term.evaluate(frame, open.rows());
      merge(frame, rows, open.rows(), next, out);
    }
    return out;
  }

 private:
  void merge(Frame& frame, Rows all, Rows rows, const Vector& next, Vector& out) const {
    auto* const values = out.mutableValues<std::uint8_t>();
    const Values<std::uint8_t> term(next);
    if (next.nulls() == nullptr && out.nulls() == nullptr) {
      if (decides_ == 0) {
        rows.each([&](std::uint32_t row) { values[row] &= term[row]; });
      } else {
        rows.each([&](std::uint32_t row) { values[row] |= term[row]; });
      }
      return;
    }
    std::uint8_t* const marks = out.mutableNulls(frame, all);
    rows.each([&](std::uint32_t row) {
      const bool decided = marks[row] == 0 && values[row] == decides_;
      const bool decides = !next.isNull(row) && term[row] == decides_;
      if (decided || decides) {
        values[row] = decides_;
        marks[row] = 0;
      } else if (next.isNull(row)) {
        marks[row] = 1;
      }
    });
  }

  std::uint8_t decides_;
};

class IsNullNode final : public OperationNode {
 public:
  IsNullNode(Span span, std::vector<NodePtr> operands)
      : OperationNode("is null", TypeId::Bool, false, span, std::move(operands)) {}

  Vector evaluate(Frame& frame, Rows rows) override {
    const Vector value = operand(0).evaluate(frame, rows);
    Vector out = Vector::make(frame, 1);
    auto* const values = out.mutableValues<std::uint8_t>();
    rows.each([&](std::uint32_t row) { values[row] = value.isNull(row) ? 1 : 0; });
    return out;
  }
};

void copyRows(Frame& frame, TypeId type, Rows all, Rows rows, const Vector& from, Vector& to) {
  withStorageType(type, [&]<typename T>() {
    T* const out = to.mutableValues<T>();
    const Values<T> values(from);
    rows.each([&](std::uint32_t row) { out[row] = values[row]; });
  });
  if (from.nulls() == nullptr && to.nulls() == nullptr) return;
  std::uint8_t* const marks = to.mutableNulls(frame, all);
  rows.each([&](std::uint32_t row) { marks[row] = from.isNull(row) ? 1 : 0; });
}

std::size_t widthOf(TypeId type) {
  return withStorageType(type, []<typename T>() { return sizeof(T); });
}

class CaseNode final : public OperationNode {
 public:
  CaseNode(ValueType type, Span span, std::vector<NodePtr> operands)
      : OperationNode("case", std::move(type), anyValueNullable(operands), span, std::move(operands)) {}

  Vector evaluate(Frame& frame, Rows rows) override {
    const TypeId id = type().type.id;
    Vector out = Vector::make(frame, widthOf(id));
    RowList open(frame, rows);
    const std::size_t last = operands().size() - 1;
    for (std::size_t i = 0; i < last && !open.empty(); i += 2) {
      const Vector condition = operand(i).evaluate(frame, open.rows());
      const Values<std::uint8_t> isTrue(condition);
      const Rows taken = open.take([&](std::uint32_t row) { return !condition.isNull(row) && isTrue[row] != 0; });
      if (taken.count != 0) copyRows(frame, id, rows, taken, operand(i + 1).evaluate(frame, taken), out);
    }
    if (!open.empty()) copyRows(frame, id, rows, open.rows(), operand(last).evaluate(frame, open.rows()), out);
    return out;
  }

 private:
  static bool anyValueNullable(const std::vector<NodePtr>& operands) {
    for (std::size_t i = 1; i < operands.size(); i += 2) {
      if (operands[i]->nullable()) return true;
    }
    return operands.back()->nullable();
  }
};

class CoalesceNode final : public OperationNode {
 public:
  CoalesceNode(ValueType type, Span span, std::vector<NodePtr> operands)
      : OperationNode("coalesce", std::move(type), allNullable(operands), span, std::move(operands)) {}

  Vector evaluate(Frame& frame, Rows rows) override {
    const TypeId id = type().type.id;
    Vector out = Vector::make(frame, widthOf(id));
    RowList open(frame, rows);
    for (std::size_t i = 0; i < operands().size() && !open.empty(); ++i) {
      const Vector next = operand(i).evaluate(frame, open.rows());
      copyRows(frame, id, rows, open.rows(), next, out);
      open.filter([&](std::uint32_t row) { return next.isNull(row); });
    }
    return out;
  }

 private:
  static bool allNullable(const std::vector<NodePtr>& operands) {
    for (const NodePtr& operand : operands) {
      if (!operand->nullable()) return false;
    }
    return true;
  }
};

}  // namespace

NodePtr makeAndOr(bool isAnd, Span span, std::vector<NodePtr> terms) {
  return std::make_unique<AndOrNode>(isAnd, span, std::move(terms));
}

NodePtr makeNot(Span span, NodePtr operand) {
  const auto flip = [](std::uint8_t value) { return value == 0; };
  return makeKernel<std::uint8_t, std::uint8_t>(Total<decltype(flip), false>{flip}, "not", TypeId::Bool, span,
                                                nodeList(std::move(operand)));
}

NodePtr makeIsNull(Span span, NodePtr operand) {
  return std::make_unique<IsNullNode>(span, nodeList(std::move(operand)));
}

NodePtr makeCase(ValueType type, Span span, std::vector<NodePtr> operands) {
  return std::make_unique<CaseNode>(std::move(type), span, std::move(operands));
}

NodePtr makeCoalesce(ValueType type, Span span, std::vector<NodePtr> operands) {
  return std::make_unique<CoalesceNode>(std::move(type), span, std::move(operands));
}

}  // namespace weir::expr
