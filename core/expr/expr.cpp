#include "core/expr/expr.hpp"

#include <algorithm>
#include <optional>

#include "core/base/closest_name.hpp"
#include "core/expr/binder.hpp"
#include "core/expr/node.hpp"
#include "core/expr/output.hpp"
#include "core/expr/parser.hpp"

namespace weir::expr {

namespace {

Rows selectedRows(const weir_batch& batch) {
  if (batch.selection == nullptr) return {nullptr, static_cast<std::uint32_t>(batch.row_count)};
  return {batch.selection, static_cast<std::uint32_t>(batch.selection_count)};
}

// The first reason of each row, rows ascending.
void keepFirstErrors(std::vector<RowError>& errors) {
  std::stable_sort(errors.begin(), errors.end(), [](const RowError& a, const RowError& b) { return a.row < b.row; });
  const auto sameRow = [](const RowError& a, const RowError& b) { return a.row == b.row; };
  errors.erase(std::unique(errors.begin(), errors.end(), sameRow), errors.end());
}

class CompiledExpression final : public Expression {
 public:
  CompiledExpression(NodePtr root, std::vector<std::string> fields)
      : root_(std::move(root)), fields_(std::move(fields)) {
    root_->describe(canonicalText_);
  }

  const DataType& type() const override { return root_->type().type; }
  bool nullable() const override { return root_->nullable(); }
  const std::vector<std::string>& fields() const override { return fields_; }
  const std::string& canonicalText() const override { return canonicalText_; }

  Result<Evaluated> evaluate(const Batch& batch) override {
    Evaluated out;
    if (fieldPath(*root_) != nullptr) {
      out.column = aliasField(*root_, batch);
      return out;
    }
    arena_.reset();
    std::optional<Error> failure;
    Frame frame = makeFrame(batch, out.errors, failure);
    const Rows rows = selectedRows(*batch.get());
    const Vector values = root_->evaluate(frame, rows);
    if (failure) return std::move(*failure);
    out.column = makeColumn(frame, type().id, rows, values);
    keepFirstErrors(out.errors);
    return out;
  }

  Result<void> select(const Batch& batch, std::vector<std::uint32_t>& rows, std::vector<RowError>& errors) override {
    rows.clear();
    errors.clear();
    if (type().id != TypeId::Bool) return {};
    arena_.reset();
    std::optional<Error> failure;
    Frame frame = makeFrame(batch, errors, failure);
    const Rows candidates = selectedRows(*batch.get());
    const Vector condition = root_->evaluate(frame, candidates);
    if (failure) return std::move(*failure);
    const Values<std::uint8_t> isTrue(condition);
    // Written without a branch per row: what is not taken is overwritten by the next one.
    rows.resize(candidates.count + 1);
    std::size_t count = 0;
    const std::uint8_t* const nulls = condition.nulls();
    candidates.each([&](std::uint32_t row) {
      rows[count] = row;
      count += (isTrue[row] != 0 && (nulls == nullptr || nulls[row] == 0)) ? 1 : 0;
    });
    rows.resize(count);
    keepFirstErrors(errors);
    dropFailed(rows, errors);
    return {};
  }

 private:
  Frame makeFrame(const Batch& batch, std::vector<RowError>& errors, std::optional<Error>& failure) {
    return Frame{batch.get(), static_cast<std::uint32_t>(batch.rowCount()), pool_, arena_, errors, failure};
  }

  // A row may be true and have failed: in a part that `or` or `coalesce` did not need in the end.
  static void dropFailed(std::vector<std::uint32_t>& rows, const std::vector<RowError>& errors) {
    if (errors.empty()) return;
    std::size_t next = 0;
    const auto failed = [&](std::uint32_t row) {
      while (next < errors.size() && errors[next].row < row) ++next;
      return next < errors.size() && errors[next].row == row;
    };
    rows.erase(std::remove_if(rows.begin(), rows.end(), failed), rows.end());
  }

  // The pool outlives the vectors that nodes hold, hence its place before them.
  Pool pool_;
  Arena arena_;
  NodePtr root_;
  std::vector<std::string> fields_;
  std::string canonicalText_;
};

Error asError(std::string_view text, const CompileError& problem) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < problem.offset && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
      ++column;
    }
  }
  return configError("Line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + problem.sentence());
}

}  // namespace

std::string CompileError::sentence() const {
  return message + "." + (suggestion.empty() ? "" : didYouMean(suggestion));
}

Result<std::unique_ptr<Expression>> compile(std::string_view text, const Schema& input, CompileError* details,
                                            const Functions* functions) {
  CompileError problem;
  NodePtr root;
  Binder binder(text, input, functions, problem);
  if (const SyntaxPtr syntax = parse(text, problem)) root = binder.bindWhole(*syntax);
  if (!root) {
    Error error = asError(text, problem);
    if (details != nullptr) *details = std::move(problem);
    return error;
  }
  return std::unique_ptr<Expression>(std::make_unique<CompiledExpression>(std::move(root), binder.fields()));
}

}  // namespace weir::expr
