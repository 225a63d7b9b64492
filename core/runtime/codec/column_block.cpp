#include "core/runtime/codec/column_block.hpp"

#include <cstring>

#include "core/runtime/codec/block_buffers.hpp"

namespace weir::runtime {

namespace {

// A decimal: moved, never computed with.
struct Wide {
  std::byte bytes[16];
};

std::size_t widthOf(TypeId type) {
  switch (type) {
    case TypeId::Bool: return 1;
    case TypeId::Int64:
    case TypeId::Float64:
    case TypeId::Timestamp: return 8;
    case TypeId::Decimal128: return 16;
    case TypeId::Struct: return 0;
    default: return 4;  // int32, date, and the offsets of lists
  }
}

bool isStrings(TypeId type) {
  return type == TypeId::String || type == TypeId::Bytes;
}

bool bitAt(const std::uint8_t* bits, std::int64_t index) {
  return ((bits[index >> 3] >> (index & 7)) & 1) != 0;
}

const std::uint8_t* validityOf(const ArrowArray* array) {
  if (array == nullptr || array->null_count == 0 || array->n_buffers == 0) return nullptr;
  return static_cast<const std::uint8_t*>(array->buffers[0]);
}

// One bit for each byte that is not 0.
void writeBits(std::vector<std::byte>& out, const std::byte* flags, std::size_t count) {
  std::vector<std::uint8_t> bits((count + 7) / 8, 0);
  for (std::size_t i = 0; i < count; ++i) {
    if (flags[i] != std::byte{0}) bits[i >> 3] = static_cast<std::uint8_t>(bits[i >> 3] | (1U << (i & 7)));
  }
  writeBuffer(out, bits.data(), bits.size());
}

}  // namespace

ColumnBlocks::ColumnBlocks(const DataType& type, std::size_t partitions)
    : type_(type.id), blocks_(partitions), strings_(isStrings(type.id) ? partitions : 0), cursors_(partitions) {
  for (const Field& child : type.children) children_.emplace_back(child.type, partitions);
}

Result<void> ColumnBlocks::append(const ArrowArray* array, const RowPlacement& rows) {
  appendValidity(array, rows);
  if (array == nullptr) {
    appendNulls(rows);
    return {};
  }
  switch (type_) {
    case TypeId::Bool: appendBools(*array, rows); return {};
    case TypeId::Int32:
    case TypeId::Date: appendFixed<std::uint32_t>(*array, rows); return {};
    case TypeId::Int64:
    case TypeId::Float64:
    case TypeId::Timestamp: appendFixed<std::uint64_t>(*array, rows); return {};
    case TypeId::Decimal128: appendFixed<Wide>(*array, rows); return {};
    case TypeId::String:
    case TypeId::Bytes: return strings_.append(*array, rows);
    case TypeId::List: return appendLists(*array, rows);
    case TypeId::Struct: return appendStruct(*array, rows);
  }
  return {};
}

void ColumnBlocks::appendValidity(const ArrowArray* array, const RowPlacement& rows) {
  const std::uint8_t* bits = validityOf(array);
  const bool mayHaveNulls = array == nullptr || bits != nullptr;
  bool tracked = mayHaveNulls;
  for (const Block& block : blocks_) tracked = tracked || block.nulls != 0;
  if (!tracked) {
    for (std::size_t p = 0; p < blocks_.size(); ++p) blocks_[p].rows += rows.counts[p];
    return;
  }
  for (Block& block : blocks_) {
    // Rows that came before anything was tracked were all valid.
    if (block.valid.size() < block.rows) {
      const std::size_t missing = block.rows - block.valid.size();
      std::memset(block.valid.extend(missing), 1, missing);
    }
  }
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    cursors_[p] = blocks_[p].valid.extend(rows.counts[p]);
    blocks_[p].rows += rows.counts[p];
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool valid = array != nullptr && (bits == nullptr || bitAt(bits, array->offset + rows.source[i]));
    const std::uint32_t p = rows.partition[i];
    *cursors_[p]++ = std::byte{valid};
    blocks_[p].nulls += valid ? 0 : 1;
  }
}

template <typename T>
void ColumnBlocks::appendFixed(const ArrowArray& array, const RowPlacement& rows) {
  const auto* values =
      static_cast<const std::byte*>(array.buffers[1]) + array.offset * static_cast<std::int64_t>(sizeof(T));
  if (rows.contiguous) {
    if (rows.size() != 0) blocks_[0].values.append(values + rows.source[0] * sizeof(T), rows.size() * sizeof(T));
    return;
  }
  for (std::size_t p = 0; p < blocks_.size(); ++p) cursors_[p] = blocks_[p].values.extend(rows.counts[p] * sizeof(T));
  const std::uint32_t* source = rows.source.data();
  const std::uint32_t* partition = rows.partition.data();
  std::byte** cursors = cursors_.data();
  for (std::size_t i = 0, n = rows.size(); i < n; ++i) {
    std::byte*& cursor = cursors[partition[i]];
    std::memcpy(cursor, values + source[i] * sizeof(T), sizeof(T));
    cursor += sizeof(T);
  }
}

void ColumnBlocks::appendBools(const ArrowArray& array, const RowPlacement& rows) {
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[1]);
  for (std::size_t p = 0; p < blocks_.size(); ++p) cursors_[p] = blocks_[p].values.extend(rows.counts[p]);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    *cursors_[rows.partition[i]]++ = std::byte{bitAt(bits, array.offset + rows.source[i])};
  }
}

Result<void> ColumnBlocks::appendLists(const ArrowArray& array, const RowPlacement& rows) {
  const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]) + array.offset;
  RowPlacement& elements = elements_;
  elements.source.clear();
  elements.partition.clear();
  elements.counts.assign(blocks_.size(), 0);
  elements.contiguous = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t p = rows.partition[i];
    Block& block = blocks_[p];
    for (std::int32_t element = offsets[rows.source[i]]; element < offsets[rows.source[i] + 1]; ++element) {
      elements.source.push_back(static_cast<std::uint32_t>(element));
      elements.partition.push_back(p);
      ++elements.counts[p];
      ++block.elements;
    }
    if (block.elements > INT32_MAX) return tooLongForBlock();
    const auto end = static_cast<std::int32_t>(block.elements);
    block.values.append(&end, sizeof(end));
  }
  return children_[0].append(array.children[0], elements);
}

Result<void> ColumnBlocks::appendStruct(const ArrowArray& array, const RowPlacement& rows) {
  const RowPlacement* used = &rows;
  if (array.offset != 0) {  // a struct's children do not know its offset
    elements_ = rows;
    for (std::uint32_t& row : elements_.source) row += static_cast<std::uint32_t>(array.offset);
    used = &elements_;
  }
  for (std::size_t i = 0; i < children_.size(); ++i) WEIR_TRY(children_[i].append(array.children[i], *used));
  return {};
}

void ColumnBlocks::appendNulls(const RowPlacement& rows) {
  if (isStrings(type_)) return strings_.appendNulls(rows);
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    Block& block = blocks_[p];
    if (type_ == TypeId::List) {
      const auto end = static_cast<std::int32_t>(block.elements);
      for (std::uint32_t i = 0; i < rows.counts[p]; ++i) block.values.append(&end, sizeof(end));
    } else {
      const std::size_t size = rows.counts[p] * widthOf(type_);
      std::memset(block.values.extend(size), 0, size);
    }
  }
  if (type_ == TypeId::Struct) {
    for (ColumnBlocks& child : children_) static_cast<void>(child.append(nullptr, rows));
  }
}

void ColumnBlocks::writeTo(std::vector<std::byte>& out, std::size_t partition) {
  Block& block = blocks_[partition];
  if (block.nulls == 0) {
    writeBuffer(out, nullptr, 0);
  } else {
    writeBits(out, block.valid.data(), block.rows);
  }
  if (type_ == TypeId::Bool) {
    writeBits(out, block.values.data(), block.rows);
  } else if (isStrings(type_)) {
    strings_.writeTo(out, partition);
  } else if (type_ == TypeId::List) {
    writeOffsets(out, block.values);
  } else if (type_ != TypeId::Struct) {
    writeBuffer(out, block.values.data(), block.values.size());
  }
  for (ColumnBlocks& child : children_) child.writeTo(out, partition);
  block.rows = 0;
  block.nulls = 0;
  block.elements = 0;
  block.valid.clear();
  block.values.clear();
}

std::size_t ColumnBlocks::byteCount() const {
  std::size_t bytes = strings_.byteCount();
  for (const Block& block : blocks_) bytes += block.valid.size() + block.values.size();
  for (const ColumnBlocks& child : children_) bytes += child.byteCount();
  return bytes;
}

}  // namespace weir::runtime
