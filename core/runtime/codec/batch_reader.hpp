// Bodies of runs as batches: see block_format.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "core/base/result.hpp"
#include "core/runtime/codec/schema_versions.hpp"
#include "core/runtime/ports/run.hpp"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// The fingerprint of the schema that a block was written with; nothing when it is no block.
std::optional<std::uint64_t> fingerprintOfBlock(std::span<const std::byte> body);

// Reads blocks that were written with one of several schemas as batches of one: a column that a block does not have is
// null, one that is not wanted is passed over. One thread at a time.
class BlockReader {
 public:
  explicit BlockReader(SchemaRef wanted);
  ~BlockReader();

  // Whether blocks with this fingerprint can be read already.
  bool knows(std::uint64_t fingerprint) const;
  // Blocks of these versions can be read from now on, as far as their rows can; records are for RecordReader.
  void learn(const SchemaVersions& versions);
  // As decodeBatch.
  Result<Batch> read(const SharedBytes& body) const;

 private:
  struct Layout;
  SchemaRef wanted_;
  std::map<std::uint64_t, std::unique_ptr<Layout>> layouts_;
};

// A batch whose columns point into `body`. Anything wrong with the body gives an error, never a crash:
// lengths, offsets, steps and the schema that it was written with are checked (not the encoding of text).
Result<Batch> decodeBatch(const SharedBytes& body, const SchemaRef& schema);

}  // namespace weir::runtime
