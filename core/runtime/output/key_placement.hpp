// Which partition a row belongs to: murmur2 over its key bytes, as the topic's key format writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/codec/string_dictionary.hpp"
#include "core/topology/plan/plan.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/key_encoder.hpp"

namespace weir::runtime {

// [task]
class KeyPlacement {
 public:
  static Result<KeyPlacement> make(const topology::PlannedTopic& topic);

  // Partition of every selected row, by physical index; rows with a null in their key get -1 and are listed in
  // `nullKeys`. Without key fields whole batches take turns, by `turn`.
  void place(const Batch& batch, std::uint64_t turn, std::vector<std::int32_t>& partitions,
             std::vector<std::uint32_t>& nullKeys);
  bool keyed() const { return !columns_.empty(); }
  // The bytes of every selected row's key, null where there is none. Of a topic with a key; not valid for longer than
  // the batch.
  Result<OwnedColumn> keysOf(const Batch& batch);

 private:
  // How the bytes of a key are written.
  enum class Form : std::uint8_t { Text, BigEndian64, BigEndian32, Json, State };
  std::string_view bytesOf(const Batch& batch, std::int64_t row);
  bool hasNull(const Batch& batch, std::int64_t row) const;
  void placeText(const Batch& batch, std::vector<std::int32_t>& partitions, std::vector<std::uint32_t>& nullKeys);
  std::int32_t placeOf(std::string_view key);

  Form form_ = Form::State;
  std::int32_t partitions_ = 1;
  std::vector<std::size_t> columns_;
  std::vector<Field> fields_;
  std::optional<KeyEncoder> stateKey_;
  std::string scratch_;
  StringDictionary known_;
  std::vector<std::int32_t> places_;  // of the known keys
  bool tooManyKeys_ = false;
};

}  // namespace weir::runtime
