// Rows from runs of records: decoded by the format that each was written with.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/codec/schema_versions.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::runtime {

// [task], but for `cancel`. Records of several versions become rows of one schema, as blocks do: see BlockReader.
class RecordReader {
 public:
  // Makes a format for rows of a schema.
  using MakeFormat =
      std::function<Result<std::unique_ptr<FormatInstance>>(const RecordFormat& format, const SchemaRef& schema)>;
  // A record that is no row, by its number in the run.
  using Refuse = std::function<void(std::int64_t record, std::string_view bytes, std::string_view reason)>;

  RecordReader(SchemaRef wanted, MakeFormat makeFormat);
  ~RecordReader();

  // Whether runs with this fingerprint are records, and can be read already.
  bool knows(std::uint64_t fingerprint) const { return versions_.contains(fingerprint); }
  // Makes the format of a version of records.
  Result<void> learn(const RowVersion& version);

  // The rows of a run that begins at `offset` of `split`, a name that outlives them. Nothing: the format fetches
  // something first, and wakes whoever it was made for; then the same run is to be given again. Event times are those
  // of the records.
  Result<std::optional<Batch>> read(const SharedBytes& body, std::string_view split, std::int64_t offset,
                                    const Refuse& refuse);

  // [any] Formats give up what they wait for.
  void cancel();

 private:
  struct Version;
  struct Refusal {
    std::int64_t record;
    std::string_view bytes;
    std::string_view reason;
  };
  Result<void> findValues(const Batch& records);
  Result<Batch> decode(Version& version, const Batch& records);
  Batch rowsOf(const Version& version, const Batch& records, const Batch& decoded) const;

  SchemaRef wanted_;
  MakeFormat makeFormat_;
  std::map<std::uint64_t, std::unique_ptr<Version>> versions_;
  Batch noRows_;
  // Of the run at hand: the records that have a value, and where these lie in `data_`.
  std::string_view data_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::uint32_t> records_;
  std::vector<Refusal> refusals_;
  std::mutex mutex_;  // over the two that follow
  std::vector<FormatInstance*> made_;
  bool cancelled_ = false;
};

}  // namespace weir::runtime
