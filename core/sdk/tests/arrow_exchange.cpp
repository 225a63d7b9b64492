// Called from arrow_exchange.py with pyarrow's C structs.
#include <cstdint>
#include <string>

#include "weir/sdk/batch_arrow.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;

namespace {

Schema everyType() {
  return {
      {{"flag", TypeId::Bool},
       {"small", TypeId::Int32},
       {"big", TypeId::Int64, false},
       {"ratio", TypeId::Float64},
       {"price", DataType::decimal(20, 3)},
       {"name", TypeId::String},
       {"raw", TypeId::Bytes},
       {"at", TypeId::Timestamp},
       {"day", TypeId::Date},
       {"tags", DataType::list({"item", TypeId::String})},
       {"place", DataType::structure({{"city", TypeId::String}, {"spots", DataType::list({"item", TypeId::Int32})}})}}};
}

}  // namespace

extern "C" {

// Rows 0 to rows-1, every type; every third row is null where it may be. The script makes the same rows.
__attribute__((visibility("default"))) void exportRows(std::int64_t rows, ArrowSchema* schema, ArrowArray* array) {
  BatchBuilder builder(everyType());
  for (std::int64_t row = 0; row < rows; ++row) {
    const bool isNull = row % 3 == 1;
    for (std::size_t i = 0; i < 11; ++i) {
      AnyBuilder& column = builder.column(i);
      if (isNull && i != 2) {
        column.appendNull();
        continue;
      }
      switch (i) {
        case 0: column.append(row % 2 == 0); break;
        case 3: column.append(static_cast<double>(row) / 4); break;
        case 4: column.append(Decimal{static_cast<Int128>(row) * -1000001}); break;
        case 5: column.append("né" + std::to_string(row)); break;
        case 6: column.append(std::string_view("\0\xff", 2)); break;
        case 9:
          for (std::int64_t tag = 0; tag < row % 4; ++tag) column.child().append("t" + std::to_string(tag));
          column.endRow();
          break;
        case 10:
          column.child(0).append("c" + std::to_string(row));
          column.child(1).child().append(row);
          column.child(1).child().appendNull();
          column.child(1).endRow();
          column.endRow();
          break;
        default: column.append(row * 10); break;
      }
    }
    builder.endRow();
  }
  *schema = exportSchema(builder.schema()->schema());
  *array = exportBatch(builder.finish()).leak();
}

// Takes rows over, copies them value by value, and gives rows [first, first + count) of the copy back. Answers 0,
// or 1 when the schema has a type that Weir does not have.
__attribute__((visibility("default"))) int copyRows(ArrowSchema* schemaIn, ArrowArray* arrayIn, std::int64_t first,
                                                    std::int64_t count, ArrowSchema* schema, ArrowArray* array) {
  const std::optional<Schema> known = importSchema(*schemaIn);
  const std::optional<Batch> batch = importBatch(*schemaIn, OwnedColumn(*arrayIn));
  schemaIn->release(schemaIn);
  if (!known || !batch) return 1;
  BatchBuilder builder(*known);
  for (std::int64_t row = 0; row < batch->rowCount(); ++row) builder.rowFrom(*batch, row);
  *schema = exportSchema(*known);
  *array = exportBatch(sliceBatch(builder.finish(), first, count)).leak();
  return 0;
}
}
