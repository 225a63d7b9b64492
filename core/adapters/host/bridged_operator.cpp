#include "adapters/host/bridged_operator.hpp"

#include <utility>

#include "adapters/host/config_view.hpp"
#include "adapters/host/status.hpp"
#include "runtime/batch_check.hpp"
#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

using runtime::Progress;

namespace {

class BridgedReader final : public runtime::SplitReader {
 public:
  BridgedReader(const OperatorTable& table, weir_context& context, void* instance, void* reader)
      : table_(table), context_(context), instance_(instance), reader_(reader) {}
  ~BridgedReader() override {
    if (table_.source.close_split == nullptr) return;
    const Result<weir_status> closed = PluginCall(context_, "close_split")([&] {
      table_.source.close_split(instance_, reader_);
      return WEIR_OK;
    });
    if (!closed) context_.services.log(LogLevel::Error, closed.error().message);
  }

  Result<runtime::ReadOutcome> read(bool untilEnd, runtime::SourceChunk& chunk) override {
    weir_chunk raw{};
    raw.struct_size = sizeof(raw);
    WEIR_TRY_ASSIGN(status, PluginCall(context_, "read")(
                                [&] { return table_.source.read(instance_, reader_, untilEnd ? 1 : 0, &raw); }));
    if (status == WEIR_IDLE) return runtime::ReadOutcome::Idle;
    if (status == WEIR_END) return runtime::ReadOutcome::End;
    if (status != WEIR_OK) return errorOf(WEIR_ERROR_FATAL, context_.where(), "read answered what only process may.");
    chunk = runtime::SourceChunk(raw);
    if (context_.checkBatches && chunk.batch()) WEIR_TRY(runtime::checkBatch(*chunk.batch().get()));
    return runtime::ReadOutcome::Chunk;
  }

  Result<void> committed(std::string_view position) override {
    if (table_.source.split_committed == nullptr) return {};
    WEIR_TRY(PluginCall(context_, "split_committed")(
        [&] { return table_.source.split_committed(instance_, reader_, toSlice(position)); }));
    return {};
  }

 private:
  const OperatorTable& table_;
  weir_context& context_;
  void* instance_;
  void* reader_;
};

}  // namespace

BridgedOperator::BridgedOperator(const OperatorTable& table, std::unique_ptr<weir_context> context)
    : table_(table), context_(std::move(context)) {}

BridgedOperator::~BridgedOperator() {
  if (!created_ || table_.calls.destroy == nullptr) return;
  const Result<weir_status> destroyed = call("destroy", [&] {
    table_.calls.destroy(instance_);
    return WEIR_OK;
  });
  if (!destroyed) context_->services.log(LogLevel::Error, destroyed.error().message);
}

Result<void> BridgedOperator::create(const runtime::InstanceSpec& spec) {
  if (table_.calls.create == nullptr) return {};  // an operator without anything of its own
  WEIR_TRY_ASSIGN(config, ConfigView::parse(spec.params));
  const CreateInfoHolder info(*context_, spec, config.config());
  WEIR_TRY(call("create", [&] { return table_.calls.create(info.get(), &instance_); }));
  created_ = true;
  return {};
}

Result<void> BridgedOperator::unsupported(const char* name) const {
  return errorOf(WEIR_ERROR_UNSUPPORTED, context_->where(), std::string("the operator has no ") + name + ".");
}

Result<Progress> BridgedOperator::progress(weir_status status) {
  switch (status) {
    case WEIR_OK: return Progress::Done;
    case WEIR_HAVE_OUTPUT: return Progress::HaveOutput;
    case WEIR_BLOCKED: return Progress::Blocked;
    case WEIR_MORE:
      if (yields()) return Progress::More;
      [[fallthrough]];
    default:
      return errorOf(WEIR_ERROR_FATAL, context_->where(),
                     "answered " + std::to_string(status) + ", which is no answer to this call.");
  }
}

Result<void> BridgedOperator::recover(std::string_view blob) {
  if (table_.calls.recover == nullptr) return {};
  WEIR_TRY(call("recover", [&] { return table_.calls.recover(instance_, toSlice(blob)); }));
  return {};
}

Result<Progress> BridgedOperator::process(std::uint32_t port, const Batch& batch) {
  if (table_.calls.process == nullptr) return unsupported("process").error();
  bool poisoned = false;
  WEIR_TRY_ASSIGN(status, sendingCall("process", [&]() -> weir_status {
                    const weir_status answer = table_.calls.process(instance_, port, batch.get());
                    poisoned = answer == WEIR_ERROR_POISON;
                    return poisoned ? WEIR_OK : answer;
                  }));
  if (!poisoned) return progress(status);
  retry_ = Retry{port, batch};
  return retryRows();
}

// One selected row, or the two of an update, and the watermark steps that hold before; at the end those that are left.
Batch BridgedOperator::nextPiece(Retry& retry) const {
  const weir_batch& whole = *retry.batch.get();
  const bool last = retry.next == retry.batch.selectedCount();
  std::vector<std::uint32_t> rows;
  if (!last) {
    const auto take = [&] {
      const std::int64_t index = retry.next++;
      rows.push_back(whole.selection == nullptr ? static_cast<std::uint32_t>(index) : whole.selection[index]);
    };
    take();
    const bool update = whole.ops != nullptr && whole.ops[rows[0]] == WEIR_OP_UPDATE_BEFORE;
    if (update && retry.next != retry.batch.selectedCount()) take();
  }
  const std::int64_t upTo = last ? whole.row_count : rows.back();
  const auto take = [&](std::span<const WatermarkStep> steps, std::size_t& next) {
    std::vector<WatermarkStep> taken;
    while (next < steps.size() && steps[next].row <= upTo) taken.push_back(steps[next++]);
    return taken;
  };
  BatchMaker maker = BatchMaker::from(retry.batch);
  maker.selection(std::move(rows));
  maker.steps(take(retry.batch.steps(), retry.step));
  if (whole.origin_steps != nullptr) maker.originSteps(take(retry.batch.originSteps(), retry.originStep));
  return maker.finish(whole.row_count);
}

Result<Progress> BridgedOperator::retryRows() {
  while (retry_) {
    const bool last = retry_->next == retry_->batch.selectedCount();
    const Retry before = *retry_;
    const Batch piece = nextPiece(*retry_);
    const std::uint32_t port = retry_->port;
    if (last) retry_.reset();
    bool poisoned = false;
    WEIR_TRY_ASSIGN(status, sendingCall("process", [&]() -> weir_status {
                      const weir_status answer = table_.calls.process(instance_, port, piece.get());
                      poisoned = answer == WEIR_ERROR_POISON;
                      return poisoned ? WEIR_OK : answer;
                    }));
    if (poisoned && last) return errorOf(WEIR_ERROR_POISON, context_->where(), context_->takeError());
    if (poisoned) {
      // Nothing of the piece was worked on, its steps neither: they go with the next one.
      retry_->step = before.step;
      retry_->originStep = before.originStep;
      const std::string reason = context_->takeError();
      context_->services.deadLetter(piece.get(),
                                    {piece.get()->selection, static_cast<std::size_t>(piece.selectedCount())},
                                    reason.empty() ? "The operator refused this row without saying why." : reason);
    } else if (status != WEIR_OK) {
      return progress(status);
    }
  }
  return Progress::Done;
}

Result<Progress> BridgedOperator::resume() {
  if (table_.calls.resume == nullptr) return unsupported("resume").error();
  WEIR_TRY_ASSIGN(status, sendingCall("resume", [&] { return table_.calls.resume(instance_); }));
  if (status == WEIR_OK && retry_) return retryRows();
  return progress(status);
}

Result<Progress> BridgedOperator::onTimer(Timestamp now) {
  if (table_.calls.on_timer == nullptr) return unsupported("on_timer").error();
  WEIR_TRY_ASSIGN(status, sendingCall("on_timer", [&] { return table_.calls.on_timer(instance_, now); }));
  return progress(status);
}

Result<Progress> BridgedOperator::drain(Timestamp deadline) {
  if (table_.calls.drain == nullptr) return Progress::Done;
  WEIR_TRY_ASSIGN(status, sendingCall("drain", [&] { return table_.calls.drain(instance_, deadline); }));
  return progress(status);
}

Result<Progress> BridgedOperator::onWake() {
  WEIR_TRY_ASSIGN(status, sendingCall("on_wake", [&] { return table_.calls.on_wake(instance_); }));
  return progress(status);
}

Result<Progress> BridgedOperator::readiness(weir_status status) {
  if (status == WEIR_OK || status == WEIR_BLOCKED) return progress(status);
  return errorOf(WEIR_ERROR_FATAL, context_->where(),
                 "answered " + std::to_string(status) + " to a commit, which is no answer to that.");
}

Result<Progress> BridgedOperator::prepareCommit(std::uint64_t epoch) {
  if (table_.calls.prepare_commit == nullptr) return Progress::Done;
  context_->preparing = true;
  const Result<weir_status> prepared =
      call("prepare_commit", [&] { return table_.calls.prepare_commit(instance_, epoch); });
  context_->preparing = false;
  WEIR_TRY(prepared);
  return readiness(*prepared);
}

Result<Progress> BridgedOperator::committed(std::uint64_t epoch) {
  if (table_.calls.committed == nullptr) return Progress::Done;
  WEIR_TRY_ASSIGN(status, call("committed", [&] { return table_.calls.committed(instance_, epoch); }));
  return readiness(status);
}

void BridgedOperator::abort(std::uint64_t epoch) {
  if (table_.calls.abort == nullptr) return;
  const Result<weir_status> aborted = call("abort", [&] { return table_.calls.abort(instance_, epoch); });
  if (!aborted) context_->services.log(LogLevel::Error, aborted.error().message);
}

void BridgedOperator::cancel() {
  if (table_.calls.cancel == nullptr) return;
  const CallScope scope(context_->cancelMark, "cancel");
  try {
    table_.calls.cancel(instance_);
  } catch (...) {
    context_->services.log(LogLevel::Misbehaviour, "it let an exception out of cancel.");
  }
}

Result<std::vector<runtime::SourceSplit>> BridgedOperator::discover() {
  if (table_.source.discover == nullptr) return unsupported("discover").error();
  std::vector<runtime::SourceSplit> splits;
  const auto receive = [](void* arg, const weir_split* split) noexcept {
    const weir_split known = knownPart(split);
    static_cast<std::vector<runtime::SourceSplit>*>(arg)->push_back(
        {std::string(toView(known.id)), std::string(toView(known.position))});
  };
  WEIR_TRY(call("discover", [&] { return table_.source.discover(instance_, receive, &splits); }));
  return splits;
}

Result<std::unique_ptr<runtime::SplitReader>> BridgedOperator::openSplit(const runtime::SourceSplit& split) {
  if (table_.source.open_split == nullptr) return unsupported("open_split").error();
  const weir_split raw{sizeof(weir_split), 0, toSlice(split.id), toSlice(split.position)};
  void* reader = nullptr;
  WEIR_TRY(call("open_split", [&] { return table_.source.open_split(instance_, &raw, &reader); }));
  return std::unique_ptr<runtime::SplitReader>(std::make_unique<BridgedReader>(table_, *context_, instance_, reader));
}

}  // namespace weir::host
