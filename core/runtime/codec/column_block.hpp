// The columns of growing blocks: rows of one column, scattered over partitions.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/codec/byte_buffer.hpp"
#include "core/runtime/codec/string_dictionary.hpp"
#include "weir/abi/arrow.h"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

// Which rows of an array go where: row source[i] to partition[i].
struct RowPlacement {
  std::vector<std::uint32_t> source;
  std::vector<std::uint32_t> partition;
  std::vector<std::uint32_t> counts;  // by partition
  bool contiguous = false;            // all to partition 0, source ascending without gaps

  std::size_t size() const { return source.size(); }
};

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
    ByteBuffer valid;   // one byte a row, from the first null on; packed when the block is written
    ByteBuffer values;  // fixed width values; bools as one byte; lists: end offsets; strings: end offsets or codes
    ByteBuffer data;    // strings
    // Strings: numbers of few distinct ones, until there are too many.
    StringDictionary dictionary;
    bool coded = false;
    std::size_t spelled = 0;   // bytes that the coded strings have when spelled out
    unsigned plainBlocks = 0;  // how many more blocks do without, after one that had too many
    std::size_t elements = 0;  // lists
  };

  void appendValidity(const ArrowArray* array, const RowPlacement& rows);
  template <typename T>
  void appendFixed(const ArrowArray& array, const RowPlacement& rows);
  void appendBools(const ArrowArray& array, const RowPlacement& rows);
  Result<void> appendStrings(const ArrowArray& array, const RowPlacement& rows);
  // Whether every row has a code.
  bool findCodes(const ArrowArray& array, const RowPlacement& rows);
  void appendCodes(const RowPlacement& rows);
  Result<void> appendPlain(const ArrowArray& array, const RowPlacement& rows);
  static void spellOut(Block& block);
  static void writeStrings(std::vector<std::byte>& out, Block& block);
  void startBlock(Block& block) const;
  Result<void> appendLists(const ArrowArray& array, const RowPlacement& rows);
  Result<void> appendStruct(const ArrowArray& array, const RowPlacement& rows);
  void appendNulls(const RowPlacement& rows);

  TypeId type_;
  std::vector<Block> blocks_;
  std::vector<ColumnBlocks> children_;
  std::vector<std::byte*> cursors_;  // where the next value of each partition goes
  RowPlacement elements_;
  std::vector<std::uint8_t> codes_;  // of the rows of one batch
};

// Length (u64), bytes, padding to 8.
void writeBuffer(std::vector<std::byte>& out, const void* data, std::size_t size);
// The same for offsets, which begin with 0: a block holds the ends only.
void writeOffsets(std::vector<std::byte>& out, const ByteBuffer& ends);
Error tooLongForBlock();

}  // namespace weir::runtime
