#include "core/runtime/codec/string_blocks.hpp"

#include <cstring>
#include <optional>
#include <string_view>

#include "core/runtime/codec/block_buffers.hpp"

namespace weir::runtime {

namespace {

constexpr std::size_t kSlack = 16;            // short strings are copied 16 bytes at a time
constexpr unsigned kPlainBlocks = 15;         // after a block that had too many strings
constexpr std::size_t kLeastRowsPerCode = 4;  // below that a dictionary saves nothing

struct Strings {
  explicit Strings(const ArrowArray& array)
      : offsets(static_cast<const std::int32_t*>(array.buffers[1]) + array.offset),
        data(static_cast<const std::byte*>(array.buffers[2])),
        safeEnd(std::int64_t{offsets[array.length]} - static_cast<std::int64_t>(kSlack)) {}
  std::size_t lengthOf(std::uint32_t row) const { return static_cast<std::size_t>(offsets[row + 1] - offsets[row]); }
  std::string_view operator[](std::uint32_t row) const {
    return {reinterpret_cast<const char*>(data) + offsets[row], lengthOf(row)};
  }

  const std::int32_t* offsets;
  const std::byte* data;
  std::int64_t safeEnd;  // 16 bytes from here on down may be read, whatever a row's own length is
};

}  // namespace

StringBlocks::StringBlocks(std::size_t partitions) : blocks_(partitions), cursors_(partitions) {
  for (Block& block : blocks_) start(block);
}

void StringBlocks::start(Block& block) {
  block.dictionary.clear();
  block.spelled = 0;
  block.coded = block.plainBlocks == 0;
  if (!block.coded) --block.plainBlocks;
}

Result<void> StringBlocks::append(const ArrowArray& array, const RowPlacement& rows) {
  if (rows.size() == 0) return {};
  const bool coded = findCodes(array, rows);
  for (const Block& block : blocks_) {
    if (block.spelled > INT32_MAX) return tooLongForBlock();
  }
  if (coded) {
    appendCodes(rows);
    return {};
  }
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    if (blocks_[p].coded && rows.counts[p] != 0) spellOut(blocks_[p]);
  }
  return appendPlain(array, rows);
}

bool StringBlocks::findCodes(const ArrowArray& array, const RowPlacement& rows) {
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    if (!blocks_[p].coded && rows.counts[p] != 0) return false;
  }
  const Strings strings(array);
  codes_.resize(rows.size());
  for (std::size_t i = 0, n = rows.size(); i < n; ++i) {
    Block& block = blocks_[rows.partition[i]];
    const std::optional<std::uint8_t> code = block.dictionary.codeOf(strings[rows.source[i]]);
    if (!code) {
      block.plainBlocks = kPlainBlocks;
      return false;
    }
    codes_[i] = *code;
    block.spelled += strings.lengthOf(rows.source[i]);
  }
  return true;
}

void StringBlocks::appendCodes(const RowPlacement& rows) {
  for (std::size_t p = 0; p < blocks_.size(); ++p) cursors_[p] = blocks_[p].values.extend(rows.counts[p]);
  for (std::size_t i = 0, n = rows.size(); i < n; ++i) *cursors_[rows.partition[i]]++ = std::byte{codes_[i]};
}

Result<void> StringBlocks::appendPlain(const ArrowArray& array, const RowPlacement& rows) {
  const Strings strings(array);
  std::vector<std::size_t> need(blocks_.size(), 0);
  for (std::size_t i = 0; i < rows.size(); ++i) need[rows.partition[i]] += strings.lengthOf(rows.source[i]);
  std::vector<std::byte*> ends(blocks_.size());
  std::vector<std::int32_t> lengths(blocks_.size());
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    Block& block = blocks_[p];
    if (rows.counts[p] == 0) continue;
    if (block.data.size() + need[p] > INT32_MAX) return tooLongForBlock();
    lengths[p] = static_cast<std::int32_t>(block.data.size());
    block.data.reserve(need[p], kSlack);
    cursors_[p] = block.data.extend(need[p]);
    ends[p] = block.values.extend(rows.counts[p] * sizeof(std::int32_t));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t row = rows.source[i];
    const std::uint32_t p = rows.partition[i];
    const std::byte* from = strings.data + strings.offsets[row];
    const std::size_t length = strings.lengthOf(row);
    if (length <= kSlack && strings.offsets[row] <= strings.safeEnd) {
      // A fixed size is one load and one store. What it writes too much is the next row's place, or slack.
      std::memcpy(cursors_[p], from, kSlack);
    } else if (length != 0) {
      std::memcpy(cursors_[p], from, length);
    }
    cursors_[p] += length;
    lengths[p] += static_cast<std::int32_t>(length);
    std::memcpy(ends[p], &lengths[p], sizeof(std::int32_t));
    ends[p] += sizeof(std::int32_t);
  }
  return {};
}

void StringBlocks::spellOut(Block& block) {
  ByteBuffer codes;
  std::swap(codes, block.values);
  std::int32_t end = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::string_view text = block.dictionary[static_cast<std::size_t>(codes.data()[i])];
    block.data.append(text.data(), text.size());
    end += static_cast<std::int32_t>(text.size());
    block.values.append(&end, sizeof(end));
  }
  block.dictionary.clear();
  block.spelled = 0;
  block.coded = false;
}

void StringBlocks::appendNulls(const RowPlacement& rows) {
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    Block& block = blocks_[p];
    if (block.coded) spellOut(block);
    const auto end = static_cast<std::int32_t>(block.data.size());
    for (std::uint32_t i = 0; i < rows.counts[p]; ++i) block.values.append(&end, sizeof(end));
  }
}

void StringBlocks::writeTo(std::vector<std::byte>& out, std::size_t partition) {
  Block& block = blocks_[partition];
  write(out, block);
  block.values.clear();
  block.data.clear();
  start(block);
}

std::size_t StringBlocks::byteCount() const {
  std::size_t bytes = 0;
  for (const Block& block : blocks_) bytes += block.values.size() + block.data.size() + block.dictionary.byteCount();
  return bytes;
}

// Plain: offsets, data. Coded: an empty buffer, then offsets and data of the dictionary, then a byte for each row.
void StringBlocks::write(std::vector<std::byte>& out, Block& block) {
  const StringDictionary& dictionary = block.dictionary;
  if (block.coded && block.values.size() < dictionary.size() * kLeastRowsPerCode) spellOut(block);
  if (!block.coded || block.values.size() == 0) {
    writeOffsets(out, block.values);
    writeBuffer(out, block.data.data(), block.data.size());
    return;
  }
  ByteBuffer ends;
  ByteBuffer data;
  for (std::size_t code = 0; code < dictionary.size(); ++code) {
    data.append(dictionary[code].data(), dictionary[code].size());
    const auto end = static_cast<std::int32_t>(data.size());
    ends.append(&end, sizeof(end));
  }
  writeBuffer(out, nullptr, 0);
  writeOffsets(out, ends);
  writeBuffer(out, data.data(), data.size());
  writeBuffer(out, block.values.data(), block.values.size());
}

}  // namespace weir::runtime
