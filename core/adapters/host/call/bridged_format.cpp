#include "core/adapters/host/call/bridged_format.hpp"

#include <utility>

#include "core/adapters/host/call/config_view.hpp"
#include "core/adapters/host/call/plugin_call.hpp"
#include "core/adapters/host/guard/status.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

BridgedFormat::BridgedFormat(const OperatorTable& table, std::unique_ptr<weir_context> context)
    : table_(table), context_(std::move(context)) {}

BridgedFormat::~BridgedFormat() {
  if (!created_ || table_.calls.destroy == nullptr) return;
  const Result<weir_status> destroyed = PluginCall(*context_, "destroy")([&] {
    table_.calls.destroy(instance_);
    return WEIR_OK;
  });
  if (!destroyed) context_->services.log(LogLevel::Error, destroyed.error().message);
}

Result<void> BridgedFormat::create(const runtime::InstanceSpec& spec) {
  if (table_.calls.create == nullptr) return {};
  WEIR_TRY_ASSIGN(config, ConfigView::parse(spec.params));
  const CreateInfoHolder info(*context_, spec, config.config());
  return PluginCall(*context_, "create").done([&] {
    const weir_status answer = table_.calls.create(info.get(), &instance_);
    created_ = answer == WEIR_OK;  // and is destroyed, even when a breach ends it here
    return answer;
  });
}

Error BridgedFormat::lie(const char* call, const std::string& what) const {
  return fatalError(context_->where() + " breaks the plugin contract in " + call + ": " + what);
}

Result<runtime::DecodedRows> BridgedFormat::decode(std::string_view data, const std::uint64_t* offsets,
                                                   std::size_t recordCount) {
  if (table_.format.decode == nullptr) {
    return errorOf(WEIR_ERROR_UNSUPPORTED, context_->where(), "the format does not decode.");
  }
  weir_decoded out{};
  out.struct_size = sizeof(out);
  const Result<void> decoded = PluginCall(*context_, "decode").done([&] {
    return table_.format.decode(instance_, toSlice(data), offsets, recordCount, &out);
  });
  runtime::DecodedRows rows;
  const Result<void> frame = out.batch == nullptr ? Result<void>() : runtime::checkFrame(*out.batch);
  if (out.batch != nullptr && frame) rows.batch = Batch::adopt(out.batch);
  WEIR_TRY(decoded);
  if (!frame) return lie("decode", frame.error().message);
  if (const char* const why = whyNoItems(out.malformed, out.malformed_count, out.malformed_size)) {
    return lie("decode", std::string("its list of malformed records ") + why + ".");
  }
  rows.malformed = knownItems(out.malformed, out.malformed_count, out.malformed_size, malformed_);
  for (const weir_malformed& bad : rows.malformed) {
    if (bad.begin <= bad.end && bad.end <= data.size()) continue;
    return lie("decode", "it names malformed bytes " + std::to_string(bad.begin) + " to " + std::to_string(bad.end) +
                             " of " + std::to_string(data.size()) + ".");
  }
  if (!rows.batch) return rows;
  const Result<void> checked = runtime::checkBatch(*rows.batch.get(), *context_->inputs[0], context_->checks);
  if (!checked) return lie("decode", checked.error().message);
  return rows;
}

Result<weir_encoded> BridgedFormat::encode(const Batch& batch) {
  if (table_.format.encode == nullptr) {
    return errorOf(WEIR_ERROR_UNSUPPORTED, context_->where(), "the format does not encode.");
  }
  weir_encoded out{};
  out.struct_size = sizeof(out);
  WEIR_TRY(PluginCall(*context_, "encode").done([&] { return table_.format.encode(instance_, batch.get(), &out); }));
  const auto rows = static_cast<std::size_t>(batch.selectedCount());
  if (out.count != rows) {
    return lie("encode", "it made " + std::to_string(out.count) + " records of " + std::to_string(rows) + " rows.");
  }
  if (rows == 0) return out;
  if (out.offsets == nullptr || !runtime::ascends(out.offsets, rows)) {
    return lie("encode",
               out.offsets == nullptr ? "its records have no offsets." : "the offsets of its records go back.");
  }
  if (out.offsets[rows] != 0 && out.data == nullptr) return lie("encode", "its records have no bytes.");
  return out;
}

Result<runtime::Progress> BridgedFormat::prepare(std::string_view data, const std::uint64_t* offsets,
                                                 std::size_t recordCount) {
  if (table_.format.prepare == nullptr) return runtime::Progress::Done;
  WEIR_TRY_ASSIGN(status, PluginCall(*context_, "prepare")(
                              [&] { return table_.format.prepare(instance_, toSlice(data), offsets, recordCount); }));
  if (status == WEIR_OK) return runtime::Progress::Done;
  if (status == WEIR_BLOCKED) return runtime::Progress::Blocked;
  return errorOf(WEIR_ERROR_FATAL, context_->where(),
                 "answered " + std::to_string(status) + " to prepare, which is no answer to that.");
}

void BridgedFormat::cancel() {
  if (table_.calls.cancel == nullptr) return;
  const CallScope scope(context_->cancelMark, "cancel");
  try {
    table_.calls.cancel(instance_);
  } catch (...) {
    context_->services.log(LogLevel::Misbehaviour, "it let an exception out of cancel.");
  }
}

}  // namespace weir::host
