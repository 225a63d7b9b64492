// Which records a format could read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "weir/abi/operator.h"

namespace weir::runtime {

// Record i is the bytes [offsets[i], offsets[i + 1]) of what was decoded; `malformed` is in their order. Calls `refuse`
// once for each that is named there, and answers the numbers of the others; nothing when something is named that is
// no record.
inline std::optional<std::vector<std::uint32_t>> goodRecords(
    std::span<const std::uint64_t> offsets, std::span<const weir_malformed> malformed,
    const std::function<void(std::uint32_t record, const weir_malformed& reason)>& refuse) {
  std::vector<std::uint32_t> good;
  good.reserve(offsets.size());
  std::size_t next = 0;
  for (std::uint32_t record = 0; record + 1 < offsets.size(); ++record) {
    const std::uint64_t begin = offsets[record];
    const std::uint64_t end = offsets[record + 1];
    const auto isNamed = [&] { return next < malformed.size() && malformed[next].begin >= begin; };
    if (begin == end) {  // one of no bytes, and others may begin where it does
      if (isNamed() && malformed[next].begin == begin && malformed[next].end == begin) {
        refuse(record, malformed[next++]);
      } else {
        good.push_back(record);
      }
      continue;
    }
    if (!isNamed() || malformed[next].begin >= end) {
      good.push_back(record);
      continue;
    }
    refuse(record, malformed[next]);
    while (isNamed() && malformed[next].begin < end) ++next;
  }
  if (next != malformed.size()) return std::nullopt;
  return good;
}

}  // namespace weir::runtime
