// Any bytes as an expression: compiled over a schema of every type, then evaluated on a batch with nulls.
#include <cstdlib>
#include <string_view>

#include "core/expr/expr.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;

namespace {

Schema everyType() {
  return {{{"b", TypeId::Bool},
           {"i", TypeId::Int32},
           {"l", TypeId::Int64, false},
           {"f", TypeId::Float64},
           {"d", DataType::decimal(20, 4)},
           {"s", TypeId::String},
           {"r", TypeId::Bytes},
           {"t", TypeId::Timestamp},
           {"y", TypeId::Date},
           {"a", DataType::list({"item", TypeId::Int32})},
           {"p", DataType::structure({{"c", TypeId::String}})}}};
}

Batch fewRows() {
  BatchBuilder builder(everyType());
  for (int row = 0; row < 6; ++row) {
    for (std::size_t i = 0; i < 11; ++i) {
      AnyBuilder& column = builder.column(i);
      if (row % 3 == 1 && i != 2) {
        column.appendNull();
      } else if (i == 0) {
        column.append(row % 2 == 0);
      } else if (i == 5 || i == 6) {
        column.append(std::string_view(row == 0 ? "" : row == 2 ? "n\xc3\xa4ive" : "42"));
      } else if (i == 9) {
        column.child().append(row);
        column.endRow();
      } else if (i == 10) {
        column.child(0).append(std::string_view("x"));
        column.endRow();
      } else {
        column.append(row == 5 && i == 2 ? INT64_MAX : row - 2);
      }
    }
    builder.endRow();
  }
  return builder.selection({0, 1, 2, 4, 5}).finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Schema schema = everyType();
  static const Batch batch = fewRows();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  expr::CompileError details;
  auto expression = expr::compile(text, schema, &details);
  if (!expression) {
    if (details.message.empty() || details.offset > size || details.offset + details.length > size) std::abort();
    return 0;
  }
  const expr::Evaluated result = (*expression)->evaluate(batch).value();
  if (result.column.array().length != batch.rowCount()) std::abort();
  for (const expr::RowError& error : result.errors) {
    if (error.row == 3 || error.reason.empty()) std::abort();  // row 3 is not selected
  }
  if ((*expression)->type().id == TypeId::Bool) {
    std::vector<std::uint32_t> rows;
    std::vector<expr::RowError> errors;
    if (!(*expression)->select(batch, rows, errors)) std::abort();
    if (errors.size() != result.errors.size()) std::abort();
  }
  return 0;
}
