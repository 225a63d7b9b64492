#include "core/runtime/formats/record_reader.hpp"

#include <algorithm>
#include <string>

#include "core/runtime/formats/good_records.hpp"
#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

struct RecordReader::Version {
  explicit Version(const RowVersion& version)
      : columns(makeSchema(recordColumns(version))), blocks(columns), rows(makeSchema(version.schema)) {}

  SchemaRef columns;  // of its blocks
  BlockReader blocks;
  SchemaRef rows;  // as they were written
  std::unique_ptr<FormatInstance> format;
  std::vector<std::optional<std::size_t>> places;  // of the wanted columns among those
  std::optional<std::string> unreadable;
};

RecordReader::RecordReader(SchemaRef wanted, MakeFormat makeFormat)
    : wanted_(std::move(wanted)), makeFormat_(std::move(makeFormat)), noRows_(BatchBuilder(wanted_).finish()) {}

RecordReader::~RecordReader() = default;

Result<void> RecordReader::learn(const RowVersion& version) {
  auto known = std::make_unique<Version>(version);
  known->unreadable = whyUnreadable(version.schema, wanted_->schema());
  for (const Field& field : wanted_->schema().fields) known->places.push_back(version.schema.find(field.name));
  WEIR_TRY_ASSIGN(format, makeFormat_(*version.format, known->rows));
  known->format = std::move(format);
  {
    const std::lock_guard lock(mutex_);
    made_.push_back(known->format.get());
    if (cancelled_) known->format->cancel();
  }
  versions_[fingerprintOf(version)] = std::move(known);
  return {};
}

void RecordReader::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  for (FormatInstance* const format : made_) format->cancel();
}

Result<std::optional<Batch>> RecordReader::read(const SharedBytes& body, std::string_view split, std::int64_t offset,
                                                const Refuse& refuse) {
  const std::optional<std::uint64_t> fingerprint = fingerprintOfBlock(body.bytes);
  const auto found = fingerprint ? versions_.find(*fingerprint) : versions_.end();
  if (found == versions_.end()) return corruptError("A run does not hold records that the topic knows of.");
  Version& version = *found->second;
  WEIR_TRY_ASSIGN(block, version.blocks.read(body));
  if (block.rowCount() == 0) return std::optional(rowsOf(version, block, noRows_));
  if (version.unreadable) {
    return configError("Records were written with other columns than they are read with: " + *version.unreadable +
                       "; give the topic the schema that they were written with, or another name.");
  }
  WEIR_TRY(findValues(block));
  if (!records_.empty()) {
    WEIR_TRY_ASSIGN(ready, version.format->prepare(data_, offsets_.data(), records_.size()));
    if (ready == Progress::Blocked) return std::optional<Batch>();
  }
  WEIR_TRY_ASSIGN(rows, decode(version, BatchMaker::from(block).rowIds(split, offset).finish(0)));
  std::stable_sort(refusals_.begin(), refusals_.end(),
                   [](const Refusal& left, const Refusal& right) { return left.record < right.record; });
  for (const Refusal& refusal : refusals_) refuse(refusal.record, refusal.bytes, refusal.reason);
  return std::optional(std::move(rows));
}

Result<void> RecordReader::findValues(const Batch& records) {
  const StringView values(records.column(0));
  data_ = {};
  offsets_.clear();
  records_.clear();
  refusals_.clear();
  std::uint64_t end = 0;
  for (std::int64_t record = 0; record < records.rowCount(); ++record) {
    const std::string_view value = values[record];
    if (values.isNull(record)) {
      if (!value.empty()) return corruptError("A block of records is damaged: a record without a value has bytes.");
      refusals_.push_back({record, {}, "A record without a value, which deletes a key, is no row of a stream."});
      continue;
    }
    if (records_.empty()) data_ = value;
    offsets_.push_back(end);
    records_.push_back(static_cast<std::uint32_t>(record));
    end += value.size();
  }
  offsets_.push_back(end);
  // Values stand one after the other, and those that are null have no bytes between them.
  if (!records_.empty()) data_ = {data_.data(), static_cast<std::size_t>(end)};
  return {};
}

Result<Batch> RecordReader::decode(Version& version, const Batch& records) {
  DecodedRows decoded;
  if (!records_.empty()) {
    WEIR_TRY_ASSIGN(rows, version.format->decode(data_, offsets_.data(), records_.size()));
    decoded = std::move(rows);
  }
  const auto good = goodRecords(offsets_, decoded.malformed, [&](std::uint32_t record, const weir_malformed& bad) {
    const std::string_view bytes = data_.substr(offsets_[record], offsets_[record + 1] - offsets_[record]);
    refusals_.push_back({records_[record], bytes, toView(bad.reason)});
  });
  const std::int64_t rows = decoded.batch ? decoded.batch.selectedCount() : 0;
  if (!good || static_cast<std::size_t>(rows) != good->size()) {
    return fatalError("The format made " + std::to_string(rows) + " rows of " + std::to_string(records_.size()) +
                      " records, of which it called " + std::to_string(decoded.malformed.size()) +
                      " malformed. In a topic it has to make one row of each of the others.");
  }
  const Batch given = decoded.batch ? compact(decoded.batch, version.rows) : noRows_;
  if (refusals_.empty()) return rowsOf(version, records, given);
  std::vector<std::uint32_t> kept;
  kept.reserve(good->size());
  for (const std::uint32_t record : *good) kept.push_back(records_[record]);
  return rowsOf(version, compact(BatchMaker::from(records).selection(std::move(kept)).finish(0), version.columns),
                given);
}

// The columns of `decoded`, with what stands beside the records.
Batch RecordReader::rowsOf(const Version& version, const Batch& records, const Batch& decoded) const {
  BatchMaker maker = BatchMaker::like(records, wanted_);
  for (std::size_t i = 0; i < version.places.size(); ++i) {
    if (decoded.rowCount() == 0) {
      maker.column(noRows_, i);
    } else if (version.places[i]) {
      maker.column(decoded, *version.places[i]);
    } else {
      AnyBuilder nulls(wanted_->schema().fields[i].type);
      for (std::int64_t row = 0; row < decoded.rowCount(); ++row) nulls.appendNull();
      maker.column(nulls.finish());
    }
  }
  return maker.finish(decoded.rowCount());
}

}  // namespace weir::runtime
