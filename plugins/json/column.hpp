// The columns that a decoder fills: like the SDK's builders, but rows can be taken back, because a record
// may turn out to be malformed after some of its fields have been written.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "plugins/json/buffer.hpp"
#include "plugins/json/numbers.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/types.hpp"

namespace weir::json {

class ObjectReader;

class Column {
 public:
  // `path` names the column in messages: "address.city", "tags[]".
  Column(Field field, std::string path);
  Column(Column&&) noexcept;
  Column& operator=(Column&&) = delete;
  ~Column();

  const Field& field() const { return field_; }
  const DataType& type() const { return field_.type; }
  const std::string& path() const { return path_; }
  std::size_t rows() const { return rows_; }

  // Values. Each ends a row; the caller takes the one that fits the type.
  void append(std::int64_t value) {
    longs_.push(value);
    endRow();
  }
  void append(std::int32_t value) {
    ints_.push(value);
    endRow();
  }
  void append(double value) {
    doubles_.push(value);
    endRow();
  }
  void append(Int128 value) {
    decimals_.push(value);
    endRow();
  }
  void append(bool value);
  // Strings and bytes: write into `text`, then close the row.
  Buffer<char>& text() { return text_; }
  void closeText() {
    ints_.push(static_cast<std::int32_t>(text_.size()));
    endRow();
  }
  // Lists: append elements to `child(0)`, then close the row.
  Column& child(std::size_t index) { return children_[index]; }
  void closeList();
  // Structs: `members` has filled every child by one row.
  ObjectReader& members() { return *members_; }
  void closeStruct() { endRow(); }
  void appendNull();

  // Takes rows back until `rows` are left. Also drops what an unfinished row has written.
  void truncate(std::size_t rows);
  // The finished column; the next one begins, with memory for as many rows.
  OwnedColumn finish();

 private:
  void endRow() {
    if (nulls_ != 0) [[unlikely]]
      markValid(true);
    ++rows_;
  }
  void markValid(bool valid);
  void appendNothing();

  Field field_;
  std::string path_;
  std::size_t rows_ = 0;
  // Bits; written only once there is a null.
  std::vector<std::uint8_t> validity_;
  std::size_t nulls_ = 0;
  Buffer<std::int64_t> longs_;  // int64, timestamp
  Buffer<std::int32_t> ints_;   // int32, date; offsets of strings, bytes and lists
  Buffer<double> doubles_;
  Buffer<Int128> decimals_;
  Buffer<std::uint8_t> bools_;  // bits
  Buffer<char> text_;
  std::vector<Column> children_;           // List: one. Structs keep theirs in `members_`.
  std::unique_ptr<ObjectReader> members_;  // Struct
};

}  // namespace weir::json
