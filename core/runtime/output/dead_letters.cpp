#include "core/runtime/output/dead_letters.hpp"

#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

namespace {

constexpr std::size_t kFixedBytes = 24;  // of a row: its time and the offsets of its texts

}  // namespace

Schema deadLetterSchema() {
  return Schema{{{"at", TypeId::Timestamp, false},
                 {"node", TypeId::String, false},
                 {"reason", TypeId::String, false},
                 {"position", TypeId::String, false},
                 {"value", TypeId::Bytes, false}}};
}

DeadLetters::DeadLetters() : schema_(makeSchema(deadLetterSchema())) {}

void DeadLetters::add(std::int64_t now, std::string_view node, std::string_view reason, std::string_view position,
                      std::string_view value) {
  at_.append(now);
  node_.append(node);
  reason_.append(reason);
  position_.append(position);
  value_.append(value);
  ++count_;
  bytes_ += kFixedBytes + node.size() + reason.size() + position.size() + value.size();
}

void DeadLetters::addRows(std::int64_t now, std::string_view node, std::string_view reason, const Batch& batch,
                          std::span<const std::uint32_t> rows,
                          const std::function<std::string(std::string_view split)>& nameOf) {
  std::string name;  // all rows of a batch are of one split
  for (const std::uint32_t row : rows) {
    std::string position;
    if (const std::optional<RowId> id = batch.rowId(row)) {
      if (name.empty()) name = nameOf(id->split);
      if (name.empty()) name = id->split;
      position = name + "@" + std::to_string(id->position);
    }
    add(now, node, reason, position, rowText(batch, row));
  }
}

Result<void> DeadLetters::take(std::vector<PartitionAppend>& out) {
  const auto rows = static_cast<std::int64_t>(at_.size());
  bytes_ = 0;
  if (rows == 0) return {};
  BatchMaker maker(schema_);
  maker.column(at_.finish()).column(node_.finish()).column(reason_.finish());
  maker.column(position_.finish()).column(value_.finish());
  PartitionedBatchWriter writer(schema_, 1);
  WEIR_TRY(writer.append(maker.finish(rows), {}));
  PartitionAppend append{{kDeadLetterTopic, 0}, {}};
  append.runs.push_back(writer.take(0));
  out.push_back(std::move(append));
  return {};
}

}  // namespace weir::runtime
