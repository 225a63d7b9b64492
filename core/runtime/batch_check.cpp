#include "runtime/batch_check.hpp"

#include <string>

#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/updates.hpp"

namespace weir::runtime {

namespace {

std::string number(std::int64_t value) {
  return std::to_string(value);
}

Error lie(const std::string& where, const std::string& what) {
  return fatalError("The batch breaks its contract: " + where + " " + what + ".");
}

std::int64_t buffersOf(TypeId type) {
  switch (type) {
    case TypeId::String:
    case TypeId::Bytes: return 3;
    case TypeId::Struct: return 1;
    default: return 2;
  }
}

Result<void> checkOffsets(const ArrowArray& array, const std::string& where, std::int64_t limit) {
  const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
  if (offsets == nullptr) {
    if (array.length == 0) return {};
    return lie(where, "has rows but no offsets");
  }
  offsets += array.offset;
  if (offsets[0] < 0) return lie(where, "starts at the negative offset " + number(offsets[0]));
  for (std::int64_t row = 0; row < array.length; ++row) {
    if (offsets[row + 1] < offsets[row]) {
      return lie(where, "has offsets that go back from " + number(offsets[row]) + " to " + number(offsets[row + 1]) +
                            " at row " + number(row));
    }
  }
  if (limit >= 0 && offsets[array.length] > limit) {
    return lie(where, "has elements up to " + number(offsets[array.length]) + ", but its child has only " +
                          number(limit) + " rows");
  }
  return {};
}

Result<void> checkArray(const ArrowArray* array, const Field& field, const std::string& where, std::int64_t rows) {
  if (array == nullptr) return lie(where, "is missing");
  if (array->length < 0 || array->offset < 0) return lie(where, "has a negative length or offset");
  if (array->length < rows) {
    return lie(where, "has " + number(array->length) + " rows where " + number(rows) + " are promised");
  }
  if (array->dictionary != nullptr) return lie(where, "is dictionary-encoded, which Weir does not take");
  const std::int64_t buffers = buffersOf(field.type.id);
  if (array->n_buffers != buffers) {
    return lie(where,
               "has " + number(array->n_buffers) + " buffers; " + typeName(field.type) + " has " + number(buffers));
  }
  if (array->buffers == nullptr) return lie(where, "has no list of buffers");
  if (array->n_children != static_cast<std::int64_t>(field.type.children.size())) {
    return lie(where, "has " + number(array->n_children) + " children; " + typeName(field.type) + " has " +
                          number(static_cast<std::int64_t>(field.type.children.size())));
  }
  if (array->null_count > array->length) return lie(where, "counts more nulls than rows");
  if (array->null_count > 0 && array->buffers[0] == nullptr) return lie(where, "counts nulls but has no validity bits");
  if (array->null_count >= 0 && array->buffers[0] != nullptr) {
    const auto* bits = static_cast<const std::uint8_t*>(array->buffers[0]);
    std::int64_t nulls = 0;
    for (std::int64_t bit = array->offset; bit < array->offset + array->length; ++bit) {
      nulls += ((bits[bit >> 3] >> (bit & 7)) & 1) == 0 ? 1 : 0;
    }
    if (nulls != array->null_count) {
      return lie(where, "counts " + number(array->null_count) + " nulls, but its validity bits say " + number(nulls));
    }
  }
  switch (field.type.id) {
    case TypeId::String:
    case TypeId::Bytes: {
      WEIR_TRY(checkOffsets(*array, where, -1));
      const bool hasBytes = array->length > 0 && array->buffers[1] != nullptr &&
                            static_cast<const std::int32_t*>(array->buffers[1])[array->offset + array->length] > 0;
      if (hasBytes && array->buffers[2] == nullptr) return lie(where, "has no data");
      return {};
    }
    case TypeId::List: {
      const ArrowArray* elements = array->children[0];
      if (elements == nullptr) return lie(where, "has no elements");
      WEIR_TRY(checkOffsets(*array, where, elements->length));
      return checkArray(elements, field.type.children[0], where + "[]", 0);
    }
    case TypeId::Struct:
      for (std::size_t i = 0; i < field.type.children.size(); ++i) {
        const Field& child = field.type.children[i];
        WEIR_TRY(checkArray(array->children[i], child, where + "." + child.name, array->offset + array->length));
      }
      return {};
    default:
      if (array->length > 0 && array->buffers[1] == nullptr) return lie(where, "has rows but no values");
      return {};
  }
}

Result<void> checkSelection(const weir_batch& batch) {
  if (batch.selection == nullptr) return {};
  if (batch.selection_count < 0 || batch.selection_count > batch.row_count) {
    return lie("its selection", "has " + number(batch.selection_count) + " of " + number(batch.row_count) + " rows");
  }
  std::int64_t previous = -1;
  for (std::int64_t i = 0; i < batch.selection_count; ++i) {
    const std::int64_t row = batch.selection[i];
    if (row >= batch.row_count) {
      return lie("its selection", "names row " + number(row) + " of " + number(batch.row_count));
    }
    if (row <= previous) return lie("its selection", "does not ascend at entry " + number(i));
    previous = row;
  }
  return {};
}

Result<void> checkSteps(const weir_watermark_step* steps, std::int64_t count, std::int64_t rows, const char* name) {
  if (count < 0 || (count > 0 && steps == nullptr)) return lie(name, "have no entries to their count");
  for (std::int64_t i = 0; i < count; ++i) {
    if (steps[i].row < 0 || steps[i].row > rows) {
      return lie(name, "point at row " + number(steps[i].row) + " of " + number(rows));
    }
    if (i > 0 && (steps[i].row < steps[i - 1].row || steps[i].watermark < steps[i - 1].watermark)) {
      return lie(name, "fall at entry " + number(i));
    }
  }
  return {};
}

// A selected row must not be null where the schema says that no row is.
Result<void> checkNulls(const weir_batch& batch, const Schema& schema) {
  const Batch view = Batch::share(&batch);
  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    if (schema.fields[i].nullable) continue;
    const ColumnView column = view.column(i);
    if (!column.hasNulls()) continue;
    std::int64_t bad = -1;
    view.forEachRow([&](std::int64_t row) {
      if (bad < 0 && column.isNull(row)) bad = row;
    });
    if (bad >= 0) {
      return lie("column " + schema.fields[i].name, "is declared not null, but row " + number(bad) + " is null");
    }
  }
  return {};
}

Result<void> checkOps(const weir_batch& batch) {
  if (batch.ops == nullptr) return {};
  for (std::int64_t row = 0; row < batch.row_count; ++row) {
    if (batch.ops[row] < WEIR_OP_INSERT || batch.ops[row] > WEIR_OP_DELETE) {
      return lie("its op column", "has " + number(batch.ops[row]) + " at row " + number(row));
    }
  }
  if (const auto row = halfUpdate(batch.ops, batch.row_count)) {
    return lie("its op column", "has half an update at row " + number(*row));
  }
  for (std::int64_t i = 0; batch.selection != nullptr && i < batch.selection_count; ++i) {
    const std::uint32_t row = batch.selection[i];
    const bool before = batch.ops[row] == WEIR_OP_UPDATE_BEFORE;
    const bool after = batch.ops[row] == WEIR_OP_UPDATE_AFTER;
    const bool whole = before  ? i + 1 < batch.selection_count && batch.selection[i + 1] == row + 1
                       : after ? i > 0 && batch.selection[i - 1] + 1 == row
                               : true;
    if (!whole) return lie("its selection", "takes half an update, at row " + number(row));
  }
  return {};
}

}  // namespace

Result<void> checkBatch(const weir_batch& batch, const ArrowSchema* expected) {
  if (!WEIR_HAS(weir_batch, &batch, private_data)) {
    return lie("its struct_size", "is " + number(batch.struct_size) + "; the least that there is has " +
                                      number(static_cast<std::int64_t>(WEIR_SIZE_WITH(weir_batch, private_data))));
  }
  if (batch.retain == nullptr || batch.release == nullptr) return lie("it", "cannot be retained or released");
  if (batch.row_count < 0) return lie("its row_count", "is negative");
  if (batch.schema == nullptr || batch.columns == nullptr) return lie("it", "has no schema or no columns");
  const std::optional<Schema> own = importSchema(*batch.schema);
  if (!own) return lie("its schema", "holds a type that Weir does not have, or is no struct");
  if (expected != nullptr && expected != batch.schema) {
    const std::optional<Schema> wanted = importSchema(*expected);
    if (wanted && !(*wanted == *own)) {
      return lie("its schema", "is " + typeName(DataType::structure(own->fields)) + ", but the port's is " +
                                   typeName(DataType::structure(wanted->fields)));
    }
  }
  const ArrowArray& columns = *batch.columns;
  if (columns.offset != 0) return lie("its struct of columns", "has an offset");
  if (columns.length != batch.row_count) {
    return lie("its row_count", "is " + number(batch.row_count) + ", but its columns have " + number(columns.length));
  }
  if (columns.n_children != static_cast<std::int64_t>(own->fields.size())) {
    return lie("it", "has " + number(columns.n_children) + " columns; its schema names " +
                         number(static_cast<std::int64_t>(own->fields.size())));
  }
  for (std::size_t i = 0; i < own->fields.size(); ++i) {
    const Field& field = own->fields[i];
    WEIR_TRY(checkArray(columns.children[i], field, "column " + field.name, batch.row_count));
  }
  if (batch.key != nullptr) WEIR_TRY(checkArray(batch.key, Field{"", TypeId::Bytes}, "its key", batch.row_count));
  if (batch.headers != nullptr) {
    const Field header{"item", DataType::structure({Field{"name", TypeId::String}, Field{"value", TypeId::Bytes}})};
    WEIR_TRY(checkArray(batch.headers, Field{"", DataType::list(header)}, "its headers", batch.row_count));
  }
  WEIR_TRY(checkSelection(batch));
  WEIR_TRY(checkOps(batch));
  WEIR_TRY(checkSteps(batch.steps, batch.step_count, batch.row_count, "its watermark steps"));
  if (batch.origin_steps != nullptr) {
    // The origin watermark follows the split of each row, so its values may fall; its rows may not.
    for (std::int64_t i = 0; i < batch.origin_step_count; ++i) {
      const std::int64_t row = batch.origin_steps[i].row;
      if (row < 0 || row > batch.row_count || (i > 0 && row < batch.origin_steps[i - 1].row)) {
        return lie("its origin steps", "point at row " + number(row) + " out of order");
      }
    }
  }
  return checkNulls(batch, *own);
}

}  // namespace weir::runtime
