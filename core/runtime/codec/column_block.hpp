// The columns of growing blocks: rows of one column, scattered over partitions.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/codec/byte_buffer.hpp"
#include "core/runtime/codec/row_placement.hpp"
#include "core/runtime/codec/string_blocks.hpp"
#include "weir/abi/arrow.h"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

// One column over all partitions.
class ColumnBlocks {
 public:
  ColumnBlocks(const DataType& type, std::size_t partitions);

  // Appends rows of `array`; null when the array is a null pointer.
  Result<void> append(const ArrowArray* array, const RowPlacement& rows);
  // Writes the buffers of a partition's block in the codec's order, and empties it.
  void writeTo(std::vector<std::byte>& out, std::size_t partition);
  std::size_t byteCount() const;
  // The fixed width values of a partition's block so far.
  const ByteBuffer& values(std::size_t partition) const { return blocks_[partition].values; }

 private:
  struct Block {
    std::size_t rows = 0;
    std::size_t nulls = 0;
    ByteBuffer valid;          // one byte a row, from the first null on; packed when the block is written
    ByteBuffer values;         // fixed width values; bools as one byte; lists: end offsets
    std::size_t elements = 0;  // lists
  };

  void appendValidity(const ArrowArray* array, const RowPlacement& rows);
  template <typename T>
  void appendFixed(const ArrowArray& array, const RowPlacement& rows);
  void appendBools(const ArrowArray& array, const RowPlacement& rows);
  Result<void> appendLists(const ArrowArray& array, const RowPlacement& rows);
  Result<void> appendStruct(const ArrowArray& array, const RowPlacement& rows);
  void appendNulls(const RowPlacement& rows);

  TypeId type_;
  std::vector<Block> blocks_;
  StringBlocks strings_;  // of a column of strings or bytes; otherwise over no partitions
  std::vector<ColumnBlocks> children_;
  std::vector<std::byte*> cursors_;  // where the next value of each partition goes
  RowPlacement elements_;
};

}  // namespace weir::runtime
