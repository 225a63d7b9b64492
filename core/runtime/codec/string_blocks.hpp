// Columns of strings: as numbers of few distinct ones, or spelled out.
//
// Regions, currencies and states repeat; a number costs a byte a row where the string costs thirty. A block begins
// with numbers, and is spelled out as soon as it has too many strings; the blocks after it do not try again at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/codec/byte_buffer.hpp"
#include "core/runtime/codec/row_placement.hpp"
#include "core/runtime/codec/string_dictionary.hpp"
#include "weir/abi/arrow.h"

namespace weir::runtime {

// One column over all partitions, without what is null.
class StringBlocks {
 public:
  explicit StringBlocks(std::size_t partitions);

  Result<void> append(const ArrowArray& array, const RowPlacement& rows);
  void appendNulls(const RowPlacement& rows);
  // Writes the buffers of a partition's block, and empties it.
  void writeTo(std::vector<std::byte>& out, std::size_t partition);
  std::size_t byteCount() const;

 private:
  struct Block {
    ByteBuffer values;  // end offsets, or codes
    ByteBuffer data;
    // Numbers of few distinct ones, until there are too many.
    StringDictionary dictionary;
    bool coded = false;
    std::size_t spelled = 0;   // bytes that the coded strings have when spelled out
    unsigned plainBlocks = 0;  // how many more blocks do without, after one that had too many
  };

  // Whether every row has a code.
  bool findCodes(const ArrowArray& array, const RowPlacement& rows);
  void appendCodes(const RowPlacement& rows);
  Result<void> appendPlain(const ArrowArray& array, const RowPlacement& rows);
  static void start(Block& block);
  static void spellOut(Block& block);
  static void write(std::vector<std::byte>& out, Block& block);

  std::vector<Block> blocks_;
  std::vector<std::byte*> cursors_;  // where the next value of each partition goes
  std::vector<std::uint8_t> codes_;  // of the rows of one batch
};

}  // namespace weir::runtime
