// Rows as the body of a run: a columnar block that is read without copying.
//
// Block, little-endian, everything 8-byte aligned: a header (BlockHeader), then buffers, each as
// its length (u64) and its bytes padded to 8. Order of the buffers: event times, ops, steps, origin steps (those
// that the header's flags announce), then key, headers and the columns, depth first. A column is its validity
// (length 0: no nulls) and then: fixed width: values; bool: bits; string and bytes: offsets (i32), data, or
// when few of them are distinct: an empty buffer, offsets and data of a dictionary, a byte a row; list: offsets (i32),
// element column; struct: its fields.
// This is what writer and reader agree on.
#pragma once

#include <cstdint>
#include <string_view>

#include "weir/sdk/types.hpp"

namespace weir::runtime {

inline constexpr std::uint32_t kBlockMagic = 0x4b4c4257;  // "WBLK"
inline constexpr std::uint16_t kBlockVersion = 1;

enum BlockFlag : std::uint16_t {
  kHasTimes = 1,
  kHasOps = 2,
  kHasOrigin = 4,  // origin steps differ from steps
  kHasKey = 8,
  kHasHeaders = 16,
  kTimesAreColumn = 32,  // the event time is a column that is there anyway; without kHasTimes
  kAllBlockFlags = 63,
};

struct BlockHeader {
  std::uint32_t magic;
  std::uint16_t version;
  std::uint16_t flags;
  std::uint64_t fingerprint;  // of names and types of the columns
  std::uint32_t rows;
  std::uint32_t steps;
  std::uint32_t originSteps;
  std::uint32_t timeColumn;  // with kTimesAreColumn
};
static_assert(sizeof(BlockHeader) == 32);

inline DataType headersType() {
  return DataType::list(
      Field{"", DataType::structure({Field{"name", TypeId::String}, Field{"value", TypeId::Bytes}}), false});
}

inline std::uint64_t fingerprintOf(const Schema& schema) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash = (hash ^ 0xffU) * 1099511628211ULL;
  };
  for (const Field& field : schema.fields) {
    add(field.name);
    add(typeName(field.type));
  }
  return hash;
}

}  // namespace weir::runtime
