// The C functions of operator_harness.h over Harness. Nothing is thrown out of them.
#include "core/testkit/harness_api.hpp"

#include <string>
#include <utility>

#include "core/testkit/c_border.hpp"
#include "weir/abi/plugin.h"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace {

using weir::Result;
using weir::testkit::answer;
using weir::testkit::guarded;

const char* lend(weir_harness* harness, std::string text) {
  harness->text = std::move(text);
  return harness->text.c_str();
}

}  // namespace

#define WEIR_HARNESS_CALL(call) answer(harness->error, guarded([&] { return harness->harness->call; }))

#pragma GCC visibility push(default)

weir_harness* weir_harness_open(const weir_harness_setup* setup, char* error, size_t errorSize) {
  auto opened = guarded([&] { return weir::testkit::Harness::open(weir::testkit::knownPart(setup)); });
  if (opened) return new weir_harness{std::move(*opened), "", ""};
  weir::testkit::copyError(opened.error().message, error, errorSize);
  return nullptr;
}

void weir_harness_close(weir_harness* harness) {
  delete harness;
}

const char* weir_harness_error(const weir_harness* harness) {
  return harness->error.c_str();
}

const char* weir_harness_output_schema(weir_harness* harness, uint32_t port) {
  return lend(harness, harness->harness->schemaText(port));
}

int weir_harness_push_rows(weir_harness* harness, uint32_t port, const char* rows) {
  return WEIR_HARNESS_CALL(pushRows(port, rows));
}

int weir_harness_push_batch(weir_harness* harness, uint32_t port, const weir_batch* batch) {
  return WEIR_HARNESS_CALL(push(port, weir::Batch::share(batch)));
}

int weir_harness_blocked(const weir_harness* harness) {
  return harness->harness->blocked() ? 1 : 0;
}

int weir_harness_more(const weir_harness* harness) {
  return harness->harness->more() ? 1 : 0;
}

int weir_harness_wake(weir_harness* harness) {
  return WEIR_HARNESS_CALL(wake());
}

void weir_harness_abort(weir_harness* harness) {
  harness->harness->abort();
}

int weir_harness_resume(weir_harness* harness) {
  return WEIR_HARNESS_CALL(resume());
}

const char* weir_harness_take_rows(weir_harness* harness, uint32_t port) {
  return lend(harness, port < harness->harness->services().output.size() ? harness->harness->takeRows(port) : "");
}

const weir_batch* weir_harness_take_batch(weir_harness* harness, uint32_t port) {
  auto& output = harness->harness->services().output;
  if (port >= output.size() || output[port].empty()) return nullptr;
  weir::Batch batch = std::move(output[port].front());
  output[port].pop_front();
  return batch.leak();
}

int64_t weir_harness_watermark(const weir_harness* harness, uint32_t port) {
  const auto& watermarks = harness->harness->services().watermarks;
  return port < watermarks.size() ? watermarks[port] : WEIR_WATERMARK_MIN;
}

const char* weir_harness_take_dead_letters(weir_harness* harness) {
  return lend(harness, std::exchange(harness->harness->services().deadLetters, {}));
}

const char* weir_harness_take_log(weir_harness* harness) {
  return lend(harness, std::exchange(harness->harness->services().logged, {}));
}

namespace {

const weir::runtime::Metric* metricOf(const weir_harness* harness, const char* name) {
  const auto& metrics = harness->harness->services().metrics;
  const auto found = metrics.find(name);
  return found == metrics.end() ? nullptr : &found->second;
}

}  // namespace

int64_t weir_harness_counter(const weir_harness* harness, const char* name) {
  const weir::runtime::Metric* const metric = metricOf(harness, name);
  if (metric == nullptr) return 0;
  const bool measures = metric->kind() == weir::runtime::MetricKind::Histogram;
  return measures ? static_cast<int64_t>(metric->counts().count()) : metric->value();
}

int64_t weir_harness_quantile(const weir_harness* harness, const char* name, double share) {
  const weir::runtime::Metric* const metric = metricOf(harness, name);
  const bool measures = metric != nullptr && metric->kind() == weir::runtime::MetricKind::Histogram;
  return measures ? metric->counts().quantile(share) : 0;
}

int weir_harness_set_clock(weir_harness* harness, int64_t now) {
  return WEIR_HARNESS_CALL(setClock(now));
}

int64_t weir_harness_wake_time(const weir_harness* harness) {
  return harness->harness->services().wakeTime;
}

int weir_harness_commit_requested(const weir_harness* harness) {
  return harness->harness->services().commitRequested ? 1 : 0;
}

int weir_harness_prepare(weir_harness* harness) {
  return WEIR_HARNESS_CALL(prepare());
}

int weir_harness_finish_commit(weir_harness* harness) {
  return WEIR_HARNESS_CALL(finishCommit());
}

int weir_harness_crash(weir_harness* harness) {
  return WEIR_HARNESS_CALL(crash());
}

int64_t weir_harness_state_size(const weir_harness* harness, const char* store) {
  const auto& stores = harness->harness->services().stores;
  const auto found = stores.find(store);
  return found == stores.end() ? 0 : static_cast<int64_t>(found->second->size());
}

const char* weir_harness_discover(weir_harness* harness) {
  Result<std::string> splits = guarded([&] { return harness->harness->discover(); });
  return answer(harness->error, splits) != 0 ? lend(harness, std::move(*splits)) : nullptr;
}

int weir_harness_restore(weir_harness* harness, const char* split, const char* position) {
  return WEIR_HARNESS_CALL(restore(split, position));
}

const char* weir_harness_changes(weir_harness* harness) {
  Result<std::string> changes = guarded([&] { return harness->harness->changes(); });
  return answer(harness->error, changes) != 0 ? lend(harness, std::move(*changes)) : nullptr;
}

const char* weir_harness_split_name(const weir_harness* harness, const char* split) {
  return harness->harness->splitName(split).c_str();
}

weir_status weir_harness_read(weir_harness* harness, const char* split, int untilEnd, weir_slice* data,
                              uint64_t* begin) {
  const Result<weir_status> status =
      guarded([&] { return harness->harness->read(split, untilEnd != 0, *data, *begin); });
  return answer(harness->error, status) != 0 ? *status : WEIR_ERROR_FATAL;
}

const char* weir_harness_position(const weir_harness* harness, const char* split) {
  return harness->harness->position(split).c_str();
}

int weir_harness_decode(weir_harness* harness, weir_slice data, const uint64_t* offsets, size_t record_count) {
  return WEIR_HARNESS_CALL(decode(weir::toView(data), offsets, record_count));
}

int weir_harness_encode(weir_harness* harness, const char* rows, weir_encoded* out) {
  const Result<weir_encoded> encoded = guarded([&] { return harness->harness->encode(rows); });
  if (answer(harness->error, encoded) == 0) return 0;
  weir::giveKnownPart(out, *encoded);
  return 1;
}

#pragma GCC visibility pop
