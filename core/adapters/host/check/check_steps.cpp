#include "core/adapters/host/check/check_steps.hpp"

#include "weir/sdk/batch_builder.hpp"

namespace weir::host {

Batch sampleBatch(const SchemaRef& schema, std::int64_t rows, std::int64_t from) {
  BatchBuilder builder(schema);
  for (std::int64_t i = from; i < from + rows; ++i) {
    for (std::size_t c = 0; c < schema->schema().fields.size(); ++c) {
      AnyBuilder& column = builder.column(c);
      if ((i + static_cast<std::int64_t>(c)) % 7 == 6) {
        column.appendNull();
        continue;
      }
      switch (schema->schema().fields[c].type.id) {
        case TypeId::Bool: column.append(i % 2 == 0); break;
        case TypeId::Float64: column.append(static_cast<double>(i) / 4); break;
        case TypeId::String:
        case TypeId::Bytes: column.append("value " + std::to_string(i % 5)); break;
        default: column.append(i); break;
      }
    }
    builder.endRow();
    builder.time(i * kSecond);
  }
  builder.watermark((from + rows - 1) * kSecond - 1);
  return builder.finish();
}

}  // namespace weir::host
