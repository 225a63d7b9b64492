#include "core/adapters/host/call/bridged_reader.hpp"

#include <algorithm>

#include "core/adapters/host/guard/status.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

namespace {

// What came with an answer that is no chunk: the host owns it all the same.
void giveBack(const weir_chunk& raw) {
  if (raw.batch != nullptr && runtime::checkFrame(*raw.batch)) static_cast<void>(Batch::adopt(raw.batch));
  if (raw.release != nullptr) raw.release(raw.owner);
}

bool derivesSchema(const catalog::OperatorSpec& spec) {
  return std::any_of(spec.outputs.begin(), spec.outputs.end(), [](const catalog::PortSpec& port) {
    return std::any_of(port.schemaRules.begin(), port.schemaRules.end(),
                       [](const auto& rule) { return rule.kind == catalog::SchemaRule::Kind::Derive; });
  });
}

}  // namespace

BridgedReader::~BridgedReader() {
  if (table_.source.close_split == nullptr) return;
  const Result<weir_status> closed = PluginCall(context_, "close_split")([&] {
    table_.source.close_split(instance_, reader_);
    return WEIR_OK;
  });
  if (!closed) context_.services.log(LogLevel::Error, closed.error().message);
}

Result<runtime::ReadOutcome> BridgedReader::read(bool untilEnd, runtime::SourceChunk& chunk) {
  weir_chunk raw{};
  raw.struct_size = sizeof(raw);
  const Result<weir_status> status =
      PluginCall(context_, "read")([&] { return table_.source.read(instance_, reader_, untilEnd ? 1 : 0, &raw); });
  if (!status || *status != WEIR_OK) {
    giveBack(raw);
    WEIR_TRY(status);
    if (*status == WEIR_IDLE) return runtime::ReadOutcome::Idle;
    if (*status == WEIR_END) return runtime::ReadOutcome::End;
    if (*status == WEIR_SCHEMA_CHANGED) {
      if (derivesSchema(*context_.spec)) return runtime::ReadOutcome::SchemaChanged;
      return lie(
          "it says that its schema has changed, but its manifest has no rule \"derive\", by which it could give "
          "another one.");
    }
    return errorOf(WEIR_ERROR_FATAL, context_.where(), "read answered what only process may.");
  }
  if (const Result<void> frame = checkFrame(raw); !frame) {
    giveBack(raw);
    return frame.error();
  }
  runtime::SourceChunk taken(raw);
  WEIR_TRY(check(taken));
  chunk = std::move(taken);
  return runtime::ReadOutcome::Chunk;
}

Result<void> BridgedReader::committed(std::string_view position) {
  if (table_.source.split_committed == nullptr) return {};
  return PluginCall(context_, "split_committed").done([&] {
    return table_.source.split_committed(instance_, reader_, toSlice(position));
  });
}

Error BridgedReader::lie(const std::string& what) const {
  return fatalError(context_.where() + " breaks the plugin contract in read: " + what);
}

// What must hold before anything of it is taken over.
Result<void> BridgedReader::checkFrame(const weir_chunk& raw) const {
  if (!WEIR_HAS(weir_chunk, &raw, unreadable_count)) {
    return lie("it gave a chunk of " + std::to_string(raw.struct_size) +
               " bytes by its struct_size; the least that there is has " +
               std::to_string(WEIR_SIZE_WITH(weir_chunk, unreadable_count)) + ".");
  }
  if (raw.data.data == nullptr && raw.data.size != 0) {
    return lie("it gave " + std::to_string(raw.data.size) + " bytes that lie nowhere.");
  }
  if (raw.position.data == nullptr && raw.position.size != 0) return lie("the position of its chunk lies nowhere.");
  if (const char* const why = whyNoItems(raw.unreadable, raw.unreadable_count, raw.unreadable_size)) {
    return lie(std::string("its list of unreadable records ") + why + ".");
  }
  if (raw.batch == nullptr) return {};
  const Result<void> frame = runtime::checkFrame(*raw.batch);
  if (!frame) return lie(frame.error().message);
  return {};
}

Result<void> BridgedReader::check(const runtime::SourceChunk& chunk) const {
  const std::size_t size = chunk.data().size();
  if (chunk.batch() && size != 0) return lie("it gave bytes and rows in one chunk.");
  if (chunk.batch() && !context_.spec->givesRows) return lie("it gave rows, but by its manifest it gives bytes.");
  if (size != 0 && context_.spec->givesRows) return lie("it gave bytes, but by its manifest it gives rows.");
  const std::uint64_t* const offsets = chunk.offsets();
  if (offsets != nullptr) {
    const std::size_t count = chunk.recordCount();
    if (!runtime::ascends(offsets, count)) return lie("the offsets of its records go back.");
    if (offsets[count] > size) {
      return lie("its records reach up to byte " + std::to_string(offsets[count]) + " of " + std::to_string(size) +
                 ".");
    }
  }
  WEIR_TRY(checkEnvelope(chunk));
  if (!chunk.batch()) return {};
  const SchemaRef& port = context_.outputs.at(0);
  const Result<void> checked = port ? runtime::checkBatch(*chunk.batch().get(), *port, context_.checks)
                                    : runtime::checkBatch(*chunk.batch().get(), context_.checks);
  if (!checked) return lie(checked.error().message);
  const weir_batch& rows = *chunk.batch().get();
  if (rows.step_count != 0 || rows.origin_steps != nullptr) {
    return lie("its rows carry watermark steps; what a source knows of time is `watermark` of the chunk.");
  }
  if (rows.ops != nullptr && context_.spec->outputs.at(0).shape != catalog::PortShape::Table) {
    return lie("it gave changes of a table on port '" + context_.spec->outputs[0].name +
               "', which its manifest does not call a table.");
  }
  return {};
}

Result<void> BridgedReader::checkEnvelope(const runtime::SourceChunk& chunk) const {
  const bool any = chunk.keys() != nullptr || chunk.headers() != nullptr || chunk.times() != nullptr;
  if (!any || chunk.batch()) return {};
  if (chunk.offsets() == nullptr)
    return lie("it gave keys, headers or times of records whose borders it does not know.");
  const auto records = static_cast<std::int64_t>(chunk.recordCount());
  Result<void> checked;
  if (chunk.keys() != nullptr) checked = runtime::checkColumn(chunk.keys(), TypeId::Bytes, records, "its keys");
  if (checked && chunk.headers() != nullptr) {
    checked = runtime::checkColumn(chunk.headers(), headersType(), records, "its headers");
  }
  if (!checked) return lie(checked.error().message);
  return {};
}

}  // namespace weir::host
