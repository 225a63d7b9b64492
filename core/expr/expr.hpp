// The expression language: SQL expressions over the columns of a batch. docs/expressions.md is its reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/types.hpp"

namespace weir::expr {

// Why a text is not an expression over a schema, and where: bytes [offset, offset + length) of the text.
struct CompileError {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string message;
  std::string suggestion;            // a name to put there instead; empty when there is none
  std::vector<CompileError> others;  // what is wrong elsewhere in the text, whatever is done about this

  // "There is no field 'regoin'. Did you mean "region"?"
  std::string sentence() const;
};

// A row whose value could not be computed: overflow, division by zero, a bad cast.
struct RowError {
  std::uint32_t row = 0;  // physical
  std::string reason;
};

struct Evaluated {
  OwnedColumn column;            // one value per physical row; of unselected and failed rows undefined
  std::vector<RowError> errors;  // ascending, at most one per row
};

struct Functions;  // plugin_functions.hpp

// A compiled expression. Calls of one instance must not overlap (it owns scratch buffers, which make the
// next call cheap); different instances are independent.
class Expression {
 public:
  virtual ~Expression() = default;

  virtual const DataType& type() const = 0;
  // Whether null can come out of a row that did not fail.
  virtual bool nullable() const = 0;
  // Names of the top-level fields that are read, in order of first use, each once.
  virtual const std::vector<std::string>& fields() const = 0;
  // The meaning, typed and normalised: equal texts compute the same. For state stamps.
  virtual const std::string& canonicalText() const = 0;

  // The value of each selected row; `batch` must have the schema that the expression was compiled for. Rows that
  // are not selected are not computed and make no errors. A plain column reference shares the batch's
  // buffers and holds a reference to it. An error is not about rows: a function of a plugin has failed as a whole.
  virtual Result<Evaluated> evaluate(const Batch& batch) = 0;
  // Replaces `rows` by the selected rows for which the expression is true, ascending, and `errors` by the rows
  // that failed. Only for expressions of type bool. Errors as of `evaluate`.
  virtual Result<void> select(const Batch& batch, std::vector<std::uint32_t>& rows, std::vector<RowError>& errors) = 0;
};

// Parses and type-checks `text` against the schema of an edge. The error is one sentence with line and column inside
// the text; `details`, when given, receives the same in parts. `functions`: those of plugins; read during the call
// only.
Result<std::unique_ptr<Expression>> compile(std::string_view text, const Schema& input, CompileError* details = nullptr,
                                            const Functions* functions = nullptr);

}  // namespace weir::expr
