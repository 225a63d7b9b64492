#include "core/runtime/batch/batch_check.hpp"

#include <cstddef>
#include <cstring>
#include <limits>
#include <optional>
#include <string>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/updates.hpp"

namespace weir::runtime {

namespace {

constexpr std::uint32_t kMostBatchSize = 64 << 10;

std::string number(std::int64_t value) {
  return std::to_string(value);
}

Error lie(const std::string& where, const std::string& what) {
  return fatalError("The batch breaks its contract: " + where + " " + what + ".");
}

// Where in a batch an array stands, put into words only when something is wrong there.
struct Place {
  const char* what = "column ";
  std::string_view name;
  const Place* parent = nullptr;
  bool element = false;

  std::string text() const {
    if (parent == nullptr) return what + std::string(name);
    return parent->text() + (element ? "[]" : "." + std::string(name));
  }
};

Error lie(const Place& place, const std::string& what) {
  return lie(place.text(), what);
}

std::int64_t buffersOf(TypeId type) {
  switch (type) {
    case TypeId::String:
    case TypeId::Bytes: return 3;
    case TypeId::Struct: return 1;
    default: return 2;
  }
}

// The loops below have no way out, so that the compiler can make vectors of them.
template <typename T>
bool neverFalls(const T* values, std::size_t steps) {
  unsigned falls = 0;
  for (std::size_t i = 0; i < steps; ++i) falls |= static_cast<unsigned>(values[i + 1] < values[i]);
  return falls == 0;
}

bool alwaysRises(const std::uint32_t* values, std::int64_t steps) {
  unsigned rests = 0;
  for (std::int64_t i = 0; i < steps; ++i) rests |= static_cast<unsigned>(values[i + 1] <= values[i]);
  return rests == 0;
}

bool sameText(const char* left, const char* right) {
  return std::strcmp(left == nullptr ? "" : left, right == nullptr ? "" : right) == 0;
}

// `mine` is a schema that this program made; nothing of the other one is taken for granted.
bool sameType(const ArrowSchema& mine, const ArrowSchema* other) {
  if (other == nullptr || other->format == nullptr || other->dictionary != nullptr) return false;
  if (!sameText(mine.format, other->format) || mine.n_children != other->n_children) return false;
  if (mine.n_children > 0 && other->children == nullptr) return false;
  for (std::int64_t i = 0; i < mine.n_children; ++i) {
    if (!sameType(*mine.children[i], other->children[i])) return false;
  }
  return true;
}

bool sameNames(const ArrowSchema& mine, const ArrowSchema& other, bool top) {
  const bool nullable = ((mine.flags ^ other.flags) & ARROW_FLAG_NULLABLE) == 0;
  if (!top && (!nullable || !sameText(mine.name, other.name))) return false;
  for (std::int64_t i = 0; i < mine.n_children; ++i) {
    if (!sameNames(*mine.children[i], *other.children[i], false)) return false;
  }
  return true;
}

Result<void> checkSchema(const ArrowSchema& given, const EdgeSchema& port) {
  if (&given == &port.arrow()) return {};
  if (sameType(port.arrow(), &given) && sameNames(port.arrow(), given, true)) return {};
  const std::optional<Schema> own = importSchema(given);
  if (!own) return lie("its schema", "holds a type that Weir does not have, or is no struct");
  if (*own == port.schema()) return {};  // another way to write the same
  return lie("its schema", "is " + typeName(DataType::structure(own->fields)) + ", but the port's is " +
                               typeName(DataType::structure(port.schema().fields)));
}

// An array and its children, of a type.
struct ArrayCheck {
  bool everything = false;

  Result<void> check(const ArrowArray* array, const Field& field, const Place& place, std::int64_t rows) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 32;  // no position overflows
    if (array == nullptr) return lie(place, "is missing");
    if (array->length < 0 || array->offset < 0) return lie(place, "has a negative length or offset");
    if (array->length > kMost || array->offset > kMost) return lie(place, "has a length or offset beyond all memory");
    if (array->length < rows) {
      return lie(place, "has " + number(array->length) + " rows where " + number(rows) + " are promised");
    }
    if (array->dictionary != nullptr) return lie(place, "is dictionary-encoded, which Weir does not take");
    const std::int64_t buffers = buffersOf(field.type.id);
    if (array->n_buffers != buffers) {
      return lie(place,
                 "has " + number(array->n_buffers) + " buffers; " + typeName(field.type) + " has " + number(buffers));
    }
    if (array->buffers == nullptr) return lie(place, "has no list of buffers");
    if (array->n_children != static_cast<std::int64_t>(field.type.children.size())) {
      return lie(place, "has " + number(array->n_children) + " children; " + typeName(field.type) + " has " +
                            number(static_cast<std::int64_t>(field.type.children.size())));
    }
    if (array->n_children > 0 && array->children == nullptr) return lie(place, "has no list of children");
    if (array->null_count > array->length) return lie(place, "counts more nulls than rows");
    if (array->null_count > 0 && array->buffers[0] == nullptr)
      return lie(place, "counts nulls but has no validity bits");
    if (everything) WEIR_TRY(nullCount(*array, place));
    return values(*array, field, place);
  }

  static Result<void> nullCount(const ArrowArray& array, const Place& place) {
    if (array.null_count < 0 || array.buffers[0] == nullptr) return {};
    const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
    std::int64_t nulls = 0;
    for (std::int64_t bit = array.offset; bit < array.offset + array.length; ++bit) {
      nulls += ((bits[bit >> 3] >> (bit & 7)) & 1) == 0 ? 1 : 0;
    }
    if (nulls == array.null_count) return {};
    return lie(place, "counts " + number(array.null_count) + " nulls, but its validity bits say " + number(nulls));
  }

  Result<void> values(const ArrowArray& array, const Field& field, const Place& place) {
    switch (field.type.id) {
      case TypeId::String:
      case TypeId::Bytes: {
        WEIR_TRY_ASSIGN(end, offsets(array, place));
        if (end > 0 && array.buffers[2] == nullptr) return lie(place, "has no data");
        return {};
      }
      case TypeId::List: {
        WEIR_TRY_ASSIGN(end, offsets(array, place));
        const ArrowArray* const elements = array.children[0];
        if (elements != nullptr && end > elements->length) {
          return lie(place, "has elements up to " + number(end) + ", but its child has only " +
                                number(elements->length) + " rows");
        }
        return check(elements, field.type.children[0], {"", {}, &place, true}, 0);
      }
      case TypeId::Struct:
        for (std::size_t i = 0; i < field.type.children.size(); ++i) {
          const Field& child = field.type.children[i];
          WEIR_TRY(check(array.children[i], child, {"", child.name, &place}, array.offset + array.length));
        }
        return {};
      default:
        if (array.length > 0 && array.buffers[1] == nullptr) return lie(place, "has rows but no values");
        return {};
    }
  }

  // Answers the last one: how far the rows reach into the data, or the elements.
  static Result<std::int64_t> offsets(const ArrowArray& array, const Place& place) {
    const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
    if (offsets == nullptr) {
      if (array.length == 0) return std::int64_t{0};
      return lie(place, "has rows but no offsets");
    }
    offsets += array.offset;
    if (array.length == 0) return std::int64_t{0};  // a reader looks at none of them
    if (offsets[0] < 0) return lie(place, "starts at the negative offset " + number(offsets[0]));
    if (ascends(offsets, array.length)) return std::int64_t{offsets[array.length]};
    std::int64_t row = 0;
    while (offsets[row + 1] >= offsets[row]) ++row;
    return lie(place, "has offsets that go back from " + number(offsets[row]) + " to " + number(offsets[row + 1]) +
                          " at row " + number(row));
  }
};

// One batch against the schema that it has to have.
class BatchCheck {
 public:
  BatchCheck(const weir_batch& batch, const EdgeSchema& schema, CheckDepth depth, const weir_batch* trusted)
      : batch_(batch), schema_(schema), everything_(depth == CheckDepth::Everything), trusted_(trusted) {
    // Other rows would be other arrays.
    if (trusted_ != nullptr && (everything_ || trusted_->row_count != batch.row_count)) trusted_ = nullptr;
  }

  Result<void> run() {
    WEIR_TRY(columns());
    if (batch_.key != nullptr && (trusted_ == nullptr || batch_.key != trusted_->key)) {
      WEIR_TRY(checkColumn(batch_.key, TypeId::Bytes, batch_.row_count, "its key"));
    }
    if (batch_.headers != nullptr && (trusted_ == nullptr || batch_.headers != trusted_->headers)) {
      WEIR_TRY(checkColumn(batch_.headers, headersType(), batch_.row_count, "its headers"));
    }
    WEIR_TRY(selection());
    WEIR_TRY(ops());
    if (trusted_ == nullptr || batch_.steps != trusted_->steps || batch_.step_count != trusted_->step_count) {
      WEIR_TRY(steps(batch_.steps, batch_.step_count));
    }
    if (WEIR_HAS(weir_batch, &batch_, port_step_count) && batch_.port_steps != nullptr) {
      WEIR_TRY(steps(batch_.port_steps, batch_.port_step_count));
    }
    if (batch_.origin_steps != nullptr) WEIR_TRY(originSteps());
    return nulls();
  }

 private:
  Result<void> columns() {
    const ArrowArray& all = *batch_.columns;
    if (trusted_ != nullptr && batch_.columns == trusted_->columns && batch_.schema == trusted_->schema) return {};
    if (all.offset != 0) return lie("its struct of columns", "has an offset");
    if (all.length != batch_.row_count) {
      return lie("its row_count", "is " + number(batch_.row_count) + ", but its columns have " + number(all.length));
    }
    const std::vector<Field>& fields = schema_.schema().fields;
    if (all.n_children != static_cast<std::int64_t>(fields.size())) {
      return lie("it", "has " + number(all.n_children) + " columns; its schema names " +
                           number(static_cast<std::int64_t>(fields.size())));
    }
    if (all.n_children > 0 && all.children == nullptr) return lie("it", "has no list of columns");
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (takenOver(all.children[i], i)) continue;
      WEIR_TRY(
          ArrayCheck{everything_}.check(all.children[i], fields[i], {"column ", fields[i].name}, batch_.row_count));
    }
    return {};
  }

  // Columns that are passed on mostly stand in the order in which they came.
  bool takenOver(const ArrowArray* column, std::size_t index) {
    if (trusted_ == nullptr || column == nullptr) return false;
    const auto is = [&](std::int64_t at) {
      return at < trusted_->columns->n_children && trusted_->columns->children[at] == column;
    };
    if (!is(next_)) next_ = static_cast<std::int64_t>(index);
    if (!is(next_)) return false;
    const ArrowSchema* const type = trusted_->schema->children[next_++];
    return sameType(*schema_.arrow().children[index], type);
  }

  Result<void> selection() {
    if (batch_.selection == nullptr) return {};
    if (trusted_ != nullptr && batch_.selection == trusted_->selection &&
        batch_.selection_count == trusted_->selection_count) {
      return {};
    }
    if (batch_.selection_count < 0 || batch_.selection_count > batch_.row_count) {
      return lie("its selection",
                 "has " + number(batch_.selection_count) + " of " + number(batch_.row_count) + " rows");
    }
    if (batch_.selection_count == 0) return {};
    const std::int64_t last = batch_.selection_count - 1;
    const bool rises = alwaysRises(batch_.selection, last);
    if (rises && batch_.selection[last] < batch_.row_count) return {};
    for (std::int64_t i = 0; i <= last; ++i) {
      const std::int64_t row = batch_.selection[i];
      if (row >= batch_.row_count) {
        return lie("its selection", "names row " + number(row) + " of " + number(batch_.row_count));
      }
      if (i > 0 && row <= batch_.selection[i - 1]) return lie("its selection", "does not ascend at entry " + number(i));
    }
    return {};
  }

  Result<void> steps(const weir_watermark_step* steps, std::int64_t count) const {
    if (count < 0 || (count > 0 && steps == nullptr)) {
      return lie("its watermark steps", "have no entries to their count");
    }
    for (std::int64_t i = 0; i < count; ++i) {
      if (steps[i].row < 0 || steps[i].row > batch_.row_count) {
        return lie("its watermark steps", "point at row " + number(steps[i].row) + " of " + number(batch_.row_count));
      }
      if (i > 0 && (steps[i].row < steps[i - 1].row || steps[i].watermark < steps[i - 1].watermark)) {
        return lie("its watermark steps", "fall at entry " + number(i));
      }
    }
    return {};
  }

  // The origin watermark follows the split of each row, so its values may fall; its rows may not.
  Result<void> originSteps() {
    const weir_watermark_step* steps = batch_.origin_steps;
    if (batch_.origin_step_count < 0) return lie("its origin steps", "have no entries to their count");
    for (std::int64_t i = 0; i < batch_.origin_step_count; ++i) {
      if (steps[i].row < 0 || steps[i].row > batch_.row_count || (i > 0 && steps[i].row < steps[i - 1].row)) {
        return lie("its origin steps", "point at row " + number(steps[i].row) + " out of order");
      }
    }
    return {};
  }

  Result<void> ops() {
    if (batch_.ops == nullptr) return {};
    if (trusted_ != nullptr && batch_.ops == trusted_->ops) return {};
    unsigned all = 0;
    for (std::int64_t row = 0; row < batch_.row_count; ++row) all |= static_cast<std::uint8_t>(batch_.ops[row]);
    for (std::int64_t row = 0; all > WEIR_OP_DELETE && row < batch_.row_count; ++row) {
      if (batch_.ops[row] < WEIR_OP_INSERT || batch_.ops[row] > WEIR_OP_DELETE) {
        return lie("its op column", "has " + number(batch_.ops[row]) + " at row " + number(row));
      }
    }
    return everything_ ? updates() : Result<void>();
  }

  Result<void> updates() {
    if (const auto row = halfUpdate(batch_.ops, batch_.row_count)) {
      return lie("its op column", "has half an update at row " + number(*row));
    }
    for (std::int64_t i = 0; batch_.selection != nullptr && i < batch_.selection_count; ++i) {
      const std::uint32_t row = batch_.selection[i];
      const bool before = batch_.ops[row] == WEIR_OP_UPDATE_BEFORE;
      const bool after = batch_.ops[row] == WEIR_OP_UPDATE_AFTER;
      const bool whole = before  ? i + 1 < batch_.selection_count && batch_.selection[i + 1] == row + 1
                         : after ? i > 0 && batch_.selection[i - 1] + 1 == row
                                 : true;
      if (!whole) return lie("its selection", "takes half an update, at row " + number(row));
    }
    return {};
  }

  // A selected row must not be null where the schema says that no row is.
  Result<void> nulls() {
    const std::vector<Field>& fields = schema_.schema().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const ColumnView column(*batch_.columns->children[i]);
      if (fields[i].nullable || !column.hasNulls()) continue;
      std::int64_t bad = -1;
      const auto look = [&](std::int64_t row) {
        if (bad < 0 && column.isNull(row)) bad = row;
      };
      const std::int64_t rows = batch_.selection == nullptr ? batch_.row_count : batch_.selection_count;
      for (std::int64_t at = 0; at < rows && bad < 0; ++at)
        look(batch_.selection == nullptr ? at : batch_.selection[at]);
      if (bad < 0) continue;
      return lie("column " + fields[i].name, "is declared not null, but row " + number(bad) + " is null");
    }
    return {};
  }

  const weir_batch& batch_;
  const EdgeSchema& schema_;
  const bool everything_;
  const weir_batch* trusted_;
  std::int64_t next_ = 0;  // column of `trusted_` that is passed on next, when any is
};

}  // namespace

Result<void> checkFrame(const weir_batch& batch) {
  if (!WEIR_HAS(weir_batch, &batch, private_data)) {
    return lie("its struct_size", "is " + number(batch.struct_size) + "; the least that there is has " +
                                      number(static_cast<std::int64_t>(WEIR_SIZE_WITH(weir_batch, private_data))));
  }
  // A batch made from it copies so much.
  if (batch.struct_size > kMostBatchSize) {
    return lie("its struct_size", "is " + number(batch.struct_size) + ", more than any Weir will have");
  }
  if (batch.retain == nullptr || batch.release == nullptr) return lie("it", "cannot be retained or released");
  if (batch.row_count < 0) return lie("its row_count", "is negative");
  // Rows are numbered with 32 bits.
  if (batch.row_count > std::int64_t{std::numeric_limits<std::uint32_t>::max()}) {
    return lie("its row_count", "is " + number(batch.row_count) + ", more than a selection can name");
  }
  if (batch.schema == nullptr || batch.columns == nullptr) return lie("it", "has no schema or no columns");
  return {};
}

Result<void> checkColumn(const ArrowArray* array, const DataType& type, std::int64_t rows, const char* name) {
  return ArrayCheck{}.check(array, Field{"", type}, {name, {}}, rows);
}

bool ascends(const std::int32_t* offsets, std::int64_t count) {
  return neverFalls(offsets, static_cast<std::size_t>(count));
}

bool ascends(const std::uint64_t* offsets, std::size_t count) {
  return neverFalls(offsets, count);
}

Result<void> checkBatch(const weir_batch& batch, const EdgeSchema& port, CheckDepth depth, const weir_batch* trusted) {
  WEIR_TRY(checkFrame(batch));
  WEIR_TRY(checkSchema(*batch.schema, port));
  return BatchCheck(batch, port, depth, trusted).run();
}

Result<void> checkBatch(const weir_batch& batch, CheckDepth depth) {
  WEIR_TRY(checkFrame(batch));
  std::optional<Schema> own = importSchema(*batch.schema);
  if (!own) return lie("its schema", "holds a type that Weir does not have, or is no struct");
  return BatchCheck(batch, EdgeSchema(std::move(*own)), depth, nullptr).run();
}

}  // namespace weir::runtime
