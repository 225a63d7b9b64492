// Which partition a row belongs to: murmur2 over its key bytes, as the topic's key format writes them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "topology/plan.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// [task]
class KeyPlacement {
 public:
  static Result<KeyPlacement> make(const topology::PlannedTopic& topic);

  // Partition of every selected row, by physical index; rows with a null in their key get -1 and are listed in
  // `nullKeys`. Without key fields rows take turns by batch, which is decided by `turn`.
  void place(const Batch& batch, std::uint64_t turn, std::vector<std::int32_t>& partitions,
             std::vector<std::uint32_t>& nullKeys);
  bool keyed() const { return !columns_.empty(); }

 private:
  enum class Form : std::uint8_t { Text, Integer64, Integer32, Composite };
  bool hasNull(const Batch& batch, std::int64_t row) const;
  void appendComposite(const Batch& batch, std::int64_t row, std::string& out) const;

  std::vector<std::size_t> columns_;
  std::vector<DataType> types_;
  Form form_ = Form::Composite;
  std::int32_t partitions_ = 1;
  std::string scratch_;
};

}  // namespace weir::runtime
