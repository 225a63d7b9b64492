// What a source read of one of its splits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "weir/abi/operator.h"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// A record that a source could not read. A copy; `bytes` may be only its beginning.
struct UnreadableRecord {
  std::string bytes;
  std::uint64_t length = 0;
  std::uint64_t position = 0;
  std::string reason;
};

// Bytes or rows that a source read. Giving the chunk up hands the bytes back to the plugin; any thread may.
class SourceChunk {
 public:
  SourceChunk() = default;
  // Takes over what `chunk` owns. Position and unreadable records are copied here, because the next read reuses them.
  explicit SourceChunk(const weir_chunk& chunk);
  SourceChunk(SourceChunk&& other) noexcept;
  SourceChunk& operator=(SourceChunk&& other) noexcept;
  SourceChunk(const SourceChunk&) = delete;
  SourceChunk& operator=(const SourceChunk&) = delete;
  ~SourceChunk();

  std::string_view data() const;
  const std::uint64_t* offsets() const { return chunk_.offsets; }  // nullptr: the format frames itself
  std::size_t recordCount() const { return chunk_.record_count; }
  const Batch& batch() const { return batch_; }  // set when the source gives rows
  const std::string& position() const { return position_; }
  std::uint64_t begin() const { return chunk_.begin; }
  // Of each record, valid as long as the chunk; nullptr: the source knows nothing of that kind.
  const ArrowArray* keys() const { return chunk_.keys; }
  const ArrowArray* headers() const { return chunk_.headers; }
  const std::int64_t* times() const { return chunk_.times; }
  // Of the split after this chunk; WEIR_WATERMARK_MIN: the source says nothing.
  std::int64_t watermark() const { return watermark_; }
  const std::vector<UnreadableRecord>& unreadable() const { return unreadable_; }

 private:
  weir_chunk chunk_{};
  Batch batch_;
  std::string position_;
  std::int64_t watermark_ = WEIR_WATERMARK_MIN;
  std::vector<UnreadableRecord> unreadable_;
};

}  // namespace weir::runtime
