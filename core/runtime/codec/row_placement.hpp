// Rows of one array, scattered over partitions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weir::runtime {

// Which rows of an array go where: row source[i] to partition[i].
struct RowPlacement {
  std::vector<std::uint32_t> source;
  std::vector<std::uint32_t> partition;
  std::vector<std::uint32_t> counts;  // by partition
  bool contiguous = false;            // all to partition 0, source ascending without gaps

  std::size_t size() const { return source.size(); }
};

}  // namespace weir::runtime
