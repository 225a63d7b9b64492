// Tests of an operator in ten lines:
//
//   weir::testkit::Setup setup;
//   setup.library = PLUGIN;  setup.op = "filter";  setup.params = R"({"where": "amount > 10"})";
//   setup.inputs = {"region string, amount int64"};
//   weir::testkit::OperatorHarness harness(setup);
//   harness.push(R"({"region": "eu", "amount": 12})" "\n" R"({"region": "us", "amount": 3})");
//   harness.takeRows();  // {R"({"region":"eu","amount":12})"}
//
// A call that fails throws HarnessError with the operator's own words. See operator_harness.h for what rows look like.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/testkit/lines.hpp"
#include "weir/testkit/operator_harness.h"

namespace weir::testkit {

struct HarnessError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Setup {
  std::string library;
  std::string op;
  std::string params = "{}";
  std::vector<std::string> inputs;
  std::string timeField;
  weir_stage stage = WEIR_STAGE_WHOLE;
  std::uint32_t task = 0;
  std::uint32_t taskCount = 1;
  std::size_t outputCapacity = 0;
  std::int64_t overlayBudget = 0;
  std::int64_t now = 0;
  bool untilEnd = false;
};

class OperatorHarness {
 public:
  explicit OperatorHarness(const Setup& setup) {
    std::vector<const char*> inputs;
    for (const std::string& input : setup.inputs) inputs.push_back(input.c_str());
    weir_harness_setup raw{};
    raw.struct_size = sizeof(raw);
    raw.stage = setup.stage;
    raw.library = setup.library.c_str();
    raw.op = setup.op.c_str();
    raw.params = setup.params.c_str();
    raw.inputs = inputs.data();
    raw.input_count = inputs.size();
    raw.time_field = setup.timeField.empty() ? nullptr : setup.timeField.c_str();
    raw.task = setup.task;
    raw.task_count = setup.taskCount;
    raw.until_end = setup.untilEnd ? 1 : 0;
    raw.output_capacity = setup.outputCapacity;
    raw.overlay_budget = setup.overlayBudget;
    raw.now = setup.now;
    char error[2048];
    harness_ = weir_harness_open(&raw, error, sizeof(error));
    if (harness_ == nullptr) throw HarnessError(error);
  }
  OperatorHarness(const OperatorHarness&) = delete;
  OperatorHarness& operator=(const OperatorHarness&) = delete;
  ~OperatorHarness() { weir_harness_close(harness_); }

  std::string outputSchema(std::uint32_t port = 0) { return weir_harness_output_schema(harness_, port); }

  void push(const std::string& rows, std::uint32_t port = 0) {
    check(weir_harness_push_rows(harness_, port, rows.c_str()));
  }
  void push(const Batch& batch, std::uint32_t port = 0) { check(weir_harness_push_batch(harness_, port, batch.get())); }
  // A batch without rows that raises the watermark (microseconds, as everywhere in code).
  void advanceWatermark(std::int64_t watermark, std::uint32_t port = 0) {
    const std::string value =
        watermark == WEIR_WATERMARK_MAX ? "\"end\"" : std::to_string(watermark / 1000) + "." + padded(watermark % 1000);
    push("{\"@watermark\": " + value + "}", port);
  }
  // Nothing will follow on any port that is named.
  void end(std::uint32_t port = 0) { advanceWatermark(WEIR_WATERMARK_MAX, port); }

  std::vector<std::string> takeRows(std::uint32_t port = 0) {
    return splitLines(weir_harness_take_rows(harness_, port));
  }
  std::vector<Batch> takeBatches(std::uint32_t port = 0) {
    std::vector<Batch> batches;
    while (const weir_batch* batch = weir_harness_take_batch(harness_, port)) batches.push_back(Batch::adopt(batch));
    return batches;
  }
  std::int64_t watermark(std::uint32_t port = 0) const { return weir_harness_watermark(harness_, port); }
  std::vector<std::string> takeDeadLetters() { return splitLines(weir_harness_take_dead_letters(harness_)); }
  std::vector<std::string> takeLog() { return splitLines(weir_harness_take_log(harness_)); }
  std::int64_t counter(const std::string& name) const { return weir_harness_counter(harness_, name.c_str()); }
  std::int64_t gauge(const std::string& name) const { return counter(name); }
  // Of a histogram: 0.5 is the median, at most an eighth too high. `counter` is the number of its values.
  std::int64_t quantile(const std::string& name, double share) const {
    return weir_harness_quantile(harness_, name.c_str(), share);
  }

  bool blocked() const { return weir_harness_blocked(harness_) != 0; }
  void resume() { check(weir_harness_resume(harness_)); }
  // It has output left, and may be committed meanwhile: resume lets it send on.
  bool more() const { return weir_harness_more(harness_) != 0; }
  void wake() { check(weir_harness_wake(harness_)); }
  void setClock(std::int64_t now) { check(weir_harness_set_clock(harness_, now)); }
  std::int64_t wakeTime() const { return weir_harness_wake_time(harness_); }
  bool commitRequested() const { return weir_harness_commit_requested(harness_) != 0; }

  void prepare() { check(weir_harness_prepare(harness_)); }
  void finishCommit() { check(weir_harness_finish_commit(harness_)); }
  void abort() { weir_harness_abort(harness_); }
  void commit() {
    prepare();
    finishCommit();
  }
  void crash() { check(weir_harness_crash(harness_)); }
  std::int64_t stateSize(const std::string& store) const { return weir_harness_state_size(harness_, store.c_str()); }

  std::vector<std::string> discover() {
    const char* splits = weir_harness_discover(harness_);
    check(splits != nullptr ? 1 : 0);
    return splitLines(splits);
  }
  void restore(const std::string& split, const std::string& position) {
    check(weir_harness_restore(harness_, split.c_str(), position.c_str()));
  }
  std::vector<std::string> changes() {
    const char* changes = weir_harness_changes(harness_);
    check(changes != nullptr ? 1 : 0);
    return splitLines(changes);
  }
  std::string splitName(const std::string& split) const { return weir_harness_split_name(harness_, split.c_str()); }
  struct Read {
    weir_status status = WEIR_END;
    std::string data;
    std::uint64_t begin = 0;
  };
  Read read(const std::string& split, bool untilEnd = true) {
    Read result;
    weir_slice data{nullptr, 0};
    result.status = weir_harness_read(harness_, split.c_str(), untilEnd ? 1 : 0, &data, &result.begin);
    check(result.status >= 0 ? 1 : 0);
    if (data.data != nullptr) result.data.assign(reinterpret_cast<const char*>(data.data), data.size);
    return result;
  }
  // Everything that a split has to give now.
  std::string readAll(const std::string& split, bool untilEnd = true) {
    std::string all;
    for (Read piece = read(split, untilEnd); piece.status == WEIR_OK; piece = read(split, untilEnd)) all += piece.data;
    return all;
  }
  std::string position(const std::string& split) const { return weir_harness_position(harness_, split.c_str()); }

  void decode(std::string_view data) {
    check(weir_harness_decode(harness_, {reinterpret_cast<const std::uint8_t*>(data.data()), data.size()}, nullptr, 0));
  }
  std::vector<std::string> encode(const std::string& rows) {
    weir_encoded encoded{};
    encoded.struct_size = sizeof encoded;
    check(weir_harness_encode(harness_, rows.c_str(), &encoded));
    std::vector<std::string> records;
    for (std::size_t i = 0; i < encoded.count; ++i) {
      records.emplace_back(reinterpret_cast<const char*>(encoded.data) + encoded.offsets[i],
                           encoded.offsets[i + 1] - encoded.offsets[i]);
    }
    return records;
  }

 private:
  void check(int ok) const {
    if (ok == 0) throw HarnessError(weir_harness_error(harness_));
  }
  static std::string padded(std::int64_t value) {
    return std::to_string(1000 + (value < 0 ? -value : value)).substr(1);
  }

  weir_harness* harness_ = nullptr;
};

}  // namespace weir::testkit
