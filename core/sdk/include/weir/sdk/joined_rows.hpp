// Rows of several inputs side by side: one struct column for each input, by its name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir {

// {"left": schema of port 0, "right": schema of port 1} makes columns `left` and `right`, whose fields an Expression
// names `left.amount`. A row of an input may be missing, so each column may be null.
inline SchemaRef joinedSchema(const std::vector<std::pair<std::string, SchemaRef>>& inputs) {
  Schema schema;
  for (const auto& [name, input] : inputs) {
    schema.fields.push_back({name, DataType::structure(input->schema().fields), true});
  }
  return makeSchema(std::move(schema));
}

// Rows of one input that a joined batch takes, in order. kNoRow: none, all its fields are null.
struct JoinedInput {
  static constexpr std::uint32_t kNoRow = UINT32_MAX;
  const Batch& batch;
  std::span<const std::uint32_t> rows;
};

// Row i of the batch is row `inputs[k].rows[i]` of each input k. All have as many rows. Values are copied.
inline Batch joinedBatch(const SchemaRef& schema, std::span<const JoinedInput> inputs) {
  BatchMaker maker(schema);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    AnyBuilder builder(schema->schema().fields[i].type);
    const ColumnView whole(*inputs[i].batch.get()->columns);
    for (const std::uint32_t row : inputs[i].rows) {
      if (row == JoinedInput::kNoRow) {
        builder.appendNull();
      } else {
        builder.appendFrom(whole, row);
      }
    }
    maker.column(builder.finish());
  }
  return maker.finish(inputs.empty() ? 0 : static_cast<std::int64_t>(inputs[0].rows.size()));
}

}  // namespace weir
