#include "adapters/host/bridged_reader.hpp"

#include "adapters/host/status.hpp"
#include "runtime/batch_check.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

namespace {

// What came with an answer that is no chunk: the host owns it all the same.
void giveBack(const weir_chunk& raw) {
  if (raw.batch != nullptr) static_cast<void>(Batch::adopt(raw.batch));
  if (raw.release != nullptr) raw.release(raw.owner);
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
    return errorOf(WEIR_ERROR_FATAL, context_.where(), "read answered what only process may.");
  }
  runtime::SourceChunk taken(raw);
  WEIR_TRY(check(raw, taken));
  chunk = std::move(taken);
  return runtime::ReadOutcome::Chunk;
}

Result<void> BridgedReader::committed(std::string_view position) {
  if (table_.source.split_committed == nullptr) return {};
  WEIR_TRY(PluginCall(context_, "split_committed")(
      [&] { return table_.source.split_committed(instance_, reader_, toSlice(position)); }));
  return {};
}

Error BridgedReader::lie(const std::string& what) const {
  return fatalError(context_.where() + " breaks the plugin contract in read: " + what);
}

Result<void> BridgedReader::check(const weir_chunk& raw, const runtime::SourceChunk& chunk) const {
  const std::size_t size = chunk.data().size();
  if (raw.data.data == nullptr && raw.data.size != 0) {
    return lie("it gave " + std::to_string(raw.data.size) + " bytes that lie nowhere.");
  }
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
