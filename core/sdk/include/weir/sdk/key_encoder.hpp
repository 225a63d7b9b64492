// Columns of a batch as state keys, and state keys as columns.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/state_key.hpp"

namespace weir {

// Makes the key of rows from some of their columns. Bind it to a batch, then ask row by row.
class KeyEncoder {
 public:
  KeyEncoder(const Schema& schema, std::vector<std::size_t> columns) : columns_(std::move(columns)) {
    for (const std::size_t column : columns_) types_.push_back(schema.fields.at(column).type);
  }

  const std::vector<DataType>& types() const { return types_; }

  // `batch` has to outlive the calls that follow.
  void bind(const Batch& batch) {
    bound_.clear();
    for (const std::size_t column : columns_) bound_.push_back(batch.column(column));
  }
  bool anyNull(std::int64_t row) const {
    for (const ColumnView& column : bound_) {
      if (column.isNull(row)) return true;
    }
    return false;
  }
  // Valid until the next call.
  std::string_view key(std::int64_t row) {
    writer_.clear();
    for (std::size_t i = 0; i < bound_.size(); ++i) write(writer_, types_[i], bound_[i], row);
    return writer_.view();
  }

  // One value of a column as a part of a key.
  static void write(StateKeyWriter& out, const DataType& type, const ColumnView& column, std::int64_t row) {
    if (column.isNull(row)) return out.null();
    switch (type.id) {
      case TypeId::Bool: return out.boolean(BoolView(column)[row]);
      case TypeId::Int32:
      case TypeId::Date: return out.int32(FixedView<std::int32_t>(column)[row]);
      case TypeId::Int64:
      case TypeId::Timestamp: return out.int64(FixedView<std::int64_t>(column)[row]);
      case TypeId::Float64: return out.float64(FixedView<double>(column)[row]);
      case TypeId::Decimal128: return out.decimal(FixedView<Int128>(column)[row]);
      case TypeId::String:
      case TypeId::Bytes: return out.bytes(StringView(column)[row]);
      case TypeId::List: return writeList(out, type, ListView(column), row);
      case TypeId::Struct:
        out.byte(1);
        for (std::size_t i = 0; i < type.children.size(); ++i) {
          write(out, type.children[i].type, column.child(i), column.childRow(row));
        }
        return;
    }
  }

 private:
  static void writeList(StateKeyWriter& out, const DataType& type, const ListView& list, std::int64_t row) {
    out.byte(1);
    for (std::int64_t i = list.begin(row); i < list.end(row); ++i) {
      const std::size_t marker = out.size();
      write(out, type.children[0].type, list.child(0), i);
      ++out.at(marker);  // 0x00 is the end of the list
    }
    out.byte(0);
  }

  std::vector<std::size_t> columns_;
  std::vector<DataType> types_;
  std::vector<ColumnView> bound_;
  StateKeyWriter writer_;
};

namespace detail {

inline void decodePart(StateKeyReader& key, AnyBuilder& out, bool present) {
  if (!present) return out.appendNull();
  switch (out.type().id) {
    case TypeId::Bool: return out.append(key.boolean());
    case TypeId::Int32:
    case TypeId::Date: return out.append(key.int32());
    case TypeId::Int64:
    case TypeId::Timestamp: return out.append(key.int64());
    case TypeId::Float64: return out.append(key.float64());
    case TypeId::Decimal128: return out.append(Decimal{key.decimal()});
    case TypeId::String:
    case TypeId::Bytes: return out.append(key.bytes());
    case TypeId::List:
      for (char marker = key.byte(); marker != 0; marker = key.byte()) {
        if (marker != 1 && marker != 2) StateKeyReader::damaged();
        decodePart(key, out.child(), marker == 2);
      }
      return out.endRow();
    case TypeId::Struct:
      for (std::size_t i = 0; i < out.type().children.size(); ++i) decodePart(key, out.child(i), key.present());
      return out.endRow();
  }
}

}  // namespace detail

// Appends the parts of a key to `count` columns from `first` on, of the types that it was made from. Works with
// BatchBuilder (`column(i)`).
template <typename Columns>
void decodeKey(std::string_view key, Columns& columns, std::size_t first, std::size_t count) {
  StateKeyReader reader(key);
  for (std::size_t i = 0; i < count; ++i) detail::decodePart(reader, columns.column(first + i), reader.present());
  if (!reader.atEnd()) StateKeyReader::damaged();
}

}  // namespace weir
