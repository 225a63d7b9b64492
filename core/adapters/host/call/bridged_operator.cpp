#include "core/adapters/host/call/bridged_operator.hpp"

#include <utility>

#include "core/adapters/host/call/bridged_reader.hpp"
#include "core/adapters/host/call/config_view.hpp"
#include "core/adapters/host/guard/status.hpp"
#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

using runtime::Progress;

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
  return PluginCall(*context_, "create").done([&] {
    const weir_status answer = table_.calls.create(info.get(), &instance_);
    created_ = answer == WEIR_OK;  // and is destroyed, even when a breach ends it here
    return answer;
  });
}

Result<void> BridgedOperator::unsupported(const char* name) const {
  return errorOf(WEIR_ERROR_UNSUPPORTED, context_->where(), std::string("the operator has no ") + name + ".");
}

Result<Progress> BridgedOperator::settle(weir_status status) {
  switch (status) {
    case WEIR_OK: unfinished_ = Unfinished::No; return more_ ? Progress::More : Progress::Done;
    case WEIR_HAVE_OUTPUT: unfinished_ = Unfinished::HaveOutput; return Progress::HaveOutput;
    case WEIR_BLOCKED: unfinished_ = Unfinished::Blocked; return Progress::Blocked;
    case WEIR_MORE:
      if (yields()) {
        more_ = true;
        // Rows that are still to be given again are in nobody's state: no commit may come before them.
        unfinished_ = retry_ ? Unfinished::HaveOutput : Unfinished::No;
        return retry_ ? Progress::HaveOutput : Progress::More;
      }
      [[fallthrough]];
    default:
      return errorOf(WEIR_ERROR_FATAL, context_->where(),
                     "answered " + std::to_string(status) + ", which is no answer to this call.");
  }
}

Result<void> BridgedOperator::recover(std::string_view blob) {
  if (table_.calls.recover == nullptr) return {};
  return PluginCall(*context_, "recover").done([&] { return table_.calls.recover(instance_, toSlice(blob)); });
}

Result<weir_status> BridgedOperator::give(std::uint32_t port, const Batch& batch) {
  context_->given = batch.get();
  context_->givenPort = port;
  bool poisoned = false;
  Result<weir_status> status = sendingCall("process", [&]() -> weir_status {
    const weir_status answer = table_.calls.process(instance_, port, batch.get());
    poisoned = answer == WEIR_ERROR_POISON;
    return poisoned ? WEIR_OK : answer;
  });
  context_->given = nullptr;
  if (!status || !poisoned) return status;
  if (!context_->gaveOut) return weir_status{WEIR_ERROR_POISON};
  // Given again, what has come out already would come out twice.
  return fatalError(context_->where() +
                    " breaks the plugin contract in process: it refused rows (PoisonError) after it had emitted or "
                    "named dead letters in the same call. It said: " +
                    context_->takeError());
}

Result<Progress> BridgedOperator::process(std::uint32_t port, const Batch& batch) {
  if (table_.calls.process == nullptr) return unsupported("process").error();
  WEIR_TRY_ASSIGN(status, give(port, batch));
  if (status != WEIR_ERROR_POISON) return settle(status);
  retry_ = Retry{port, batch};
  return retryRows();
}

// One selected row, or the two of an update, and the watermark steps that hold before; at the end those that are left.
Batch BridgedOperator::nextPiece(Retry& retry) const {
  const weir_batch& whole = *retry.batch.get();
  const bool last = retry.next == retry.batch.selectedCount();
  std::vector<std::uint32_t> rows;
  if (!last) {
    const auto rowAt = [&](std::int64_t index) {
      return whole.selection == nullptr ? static_cast<std::uint32_t>(index) : whole.selection[index];
    };
    rows.push_back(rowAt(retry.next++));
    const bool update = whole.ops != nullptr && whole.ops[rows[0]] == WEIR_OP_UPDATE_BEFORE;
    const bool more = retry.next < retry.batch.selectedCount();
    if (update && more && rowAt(retry.next) == rows[0] + 1) rows.push_back(rowAt(retry.next++));
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
  if (WEIR_HAS(weir_batch, &whole, port_step_count) && whole.port_steps != nullptr) {
    maker.portSteps(take(retry.batch.portSteps(), retry.portStep));
  }
  return maker.finish(whole.row_count);
}

Result<Progress> BridgedOperator::retryRows() {
  unfinished_ = Unfinished::No;
  while (retry_) {
    const bool last = retry_->next == retry_->batch.selectedCount();
    const Retry before = *retry_;
    const Batch piece = nextPiece(*retry_);
    const std::uint32_t port = retry_->port;
    if (last) retry_.reset();
    WEIR_TRY_ASSIGN(status, give(port, piece));
    const bool poisoned = status == WEIR_ERROR_POISON;
    if (poisoned && last) return errorOf(WEIR_ERROR_POISON, context_->where(), context_->takeError());
    if (poisoned) {
      // Nothing of the piece was worked on, its steps neither: they go with the next one.
      retry_->step = before.step;
      retry_->originStep = before.originStep;
      retry_->portStep = before.portStep;
      const std::string reason = context_->takeError();
      context_->services.deadLetter(piece.get(),
                                    {piece.get()->selection, static_cast<std::size_t>(piece.selectedCount())},
                                    reason.empty() ? "The operator refused this row without saying why." : reason);
    } else if (status != WEIR_OK) {
      return settle(status);
    } else if (retry_ && context_->outputFull) {
      unfinished_ = Unfinished::RetryOnly;
      return Progress::HaveOutput;
    }
  }
  return settle(WEIR_OK);
}

Result<Progress> BridgedOperator::resume() {
  if (unfinished_ == Unfinished::RetryOnly) return retryRows();
  more_ = false;  // it says so again
  weir_status status = WEIR_OK;
  if (table_.calls.resume != nullptr) {
    WEIR_TRY_ASSIGN(answer, sendingCall("resume", [&] { return table_.calls.resume(instance_); }));
    status = answer;
  } else if (unfinished_ == Unfinished::HaveOutput) {
    return unsupported("resume").error();
  }
  if (status == WEIR_OK && retry_) return retryRows();
  return settle(status);
}

Result<Progress> BridgedOperator::onTimer(Timestamp now) {
  if (table_.calls.on_timer == nullptr) return unsupported("on_timer").error();
  const Unfinished before = unfinished_;
  WEIR_TRY_ASSIGN(status, sendingCall("on_timer", [&] { return table_.calls.on_timer(instance_, now); }));
  Result<Progress> answered = settle(status);
  if (!answered || before == Unfinished::No || status == WEIR_HAVE_OUTPUT) return answered;
  unfinished_ = before;
  // Its timer may be what a blocked operator waited for, but whether it can go on is for resume to say.
  if (before == Unfinished::Blocked && !context_->outputFull) return resume();
  if (before == Unfinished::Blocked) unfinished_ = Unfinished::HaveOutput;  // resume comes when there is room
  return Progress::HaveOutput;
}

Result<Progress> BridgedOperator::drain(Timestamp deadline) {
  if (table_.calls.drain == nullptr) return Progress::Done;
  WEIR_TRY_ASSIGN(status, sendingCall("drain", [&] { return table_.calls.drain(instance_, deadline); }));
  // What is in flight blocks nothing but the commit: the call comes again. What there is more to send stays in the
  // state.
  if (status == WEIR_OK || status == WEIR_BLOCKED) return status == WEIR_OK ? Progress::Done : Progress::Blocked;
  return settle(status);
}

Result<Progress> BridgedOperator::onWake() {
  WEIR_TRY_ASSIGN(status, sendingCall("on_wake", [&] { return table_.calls.on_wake(instance_); }));
  return settle(status);
}

Result<Progress> BridgedOperator::readiness(weir_status status) {
  if (status == WEIR_OK || status == WEIR_BLOCKED) return status == WEIR_OK ? Progress::Done : Progress::Blocked;
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
  const Result<void> aborted =
      PluginCall(*context_, "abort").done([&] { return table_.calls.abort(instance_, epoch); });
  if (!aborted) context_->services.log(LogLevel::Error, aborted.error().message);
}

void BridgedOperator::cancel() {
  context_->cancelFormats();
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
        {std::string(toView(known.id)), std::string(toView(known.position)), std::string(toView(known.name))});
  };
  WEIR_TRY(PluginCall(*context_, "discover").done([&] { return table_.source.discover(instance_, receive, &splits); }));
  return splits;
}

Result<void> BridgedOperator::restoreSplit(const runtime::SourceSplit& split) {
  if (table_.source.restore_split == nullptr) return {};
  const weir_split raw{sizeof(weir_split), 0, toSlice(split.id), toSlice(split.position), toSlice(split.name)};
  return PluginCall(*context_, "restore_split").done([&] { return table_.source.restore_split(instance_, &raw); });
}

Result<std::vector<runtime::SplitChange>> BridgedOperator::changes() {
  std::vector<runtime::SplitChange> changes;
  const auto receive = [](void* arg, const weir_split* split, weir_split_change change) noexcept {
    const weir_split known = knownPart(split);
    static_cast<std::vector<runtime::SplitChange>*>(arg)->push_back(
        {{std::string(toView(known.id)), "", std::string(toView(known.name))}, change == WEIR_SPLIT_GONE});
  };
  WEIR_TRY(PluginCall(*context_, "changes").done([&] { return table_.source.changes(instance_, receive, &changes); }));
  return changes;
}

Result<std::unique_ptr<runtime::SplitReader>> BridgedOperator::openSplit(const runtime::SourceSplit& split) {
  if (table_.source.open_split == nullptr) return unsupported("open_split").error();
  const weir_split raw{sizeof(weir_split), 0, toSlice(split.id), toSlice(split.position), toSlice(split.name)};
  std::unique_ptr<runtime::SplitReader> reader;  // closes what was opened, even when a breach ends it here
  WEIR_TRY(PluginCall(*context_, "open_split").done([&] {
    void* opened = nullptr;
    const weir_status answer = table_.source.open_split(instance_, &raw, &opened);
    if (answer == WEIR_OK) reader = std::make_unique<BridgedReader>(table_, *context_, instance_, opened);
    return answer;
  }));
  return reader;
}

}  // namespace weir::host
