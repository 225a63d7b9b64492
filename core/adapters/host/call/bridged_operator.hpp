// One operator instance behind the C border, as the runtime's OperatorInstance.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/adapters/host/call/bridge_context.hpp"
#include "core/adapters/host/call/plugin_call.hpp"
#include "core/adapters/host/library/plugin_library.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::host {

class BridgedOperator final : public runtime::OperatorInstance {
 public:
  // `table` belongs to a library that is never unloaded.
  BridgedOperator(const OperatorTable& table, std::unique_ptr<weir_context> context);
  ~BridgedOperator() override;
  Result<void> create(const runtime::InstanceSpec& spec);

  Result<void> recover(std::string_view blob) override;
  Result<runtime::Progress> process(std::uint32_t port, const Batch& batch) override;
  Result<runtime::Progress> resume() override;
  Result<runtime::Progress> onTimer(Timestamp now) override;
  Result<runtime::Progress> drain(Timestamp deadline) override;
  Result<runtime::Progress> prepareCommit(std::uint64_t epoch) override;
  Result<runtime::Progress> committed(std::uint64_t epoch) override;
  void abort(std::uint64_t epoch) override;
  Result<runtime::Progress> onWake() override;
  bool wantsWakes() const override { return table_.calls.on_wake != nullptr; }
  bool yields() const override { return (table_.calls.flags & WEIR_YIELDS) != 0; }
  void cancel() override;
  Result<std::vector<runtime::SourceSplit>> discover() override;
  Result<std::unique_ptr<runtime::SplitReader>> openSplit(const runtime::SourceSplit& split) override;
  Result<void> restoreSplit(const runtime::SourceSplit& split) override;
  bool tellsChanges() const override { return table_.source.changes != nullptr; }
  Result<std::vector<runtime::SplitChange>> changes() override;

 private:
  // A refused batch on its way through the operator row by row, the two halves of an update together.
  struct Retry {
    std::uint32_t port = 0;
    Batch batch;
    std::int64_t next = 0;  // index among the selected rows
    std::size_t step = 0;   // first watermark step that has not been given yet
    std::size_t originStep = 0;
    std::size_t portStep = 0;
  };
  // Why the operator will be asked to go on.
  enum class Unfinished : std::uint8_t {
    No,
    HaveOutput,  // it said so
    Blocked,     // it said so
    RetryOnly,   // it is done with its row, but the output is full: the next row waits
  };
  template <typename F>
  Result<weir_status> call(const char* name, F&& body) {
    return PluginCall(*context_, name)(std::forward<F>(body));
  }
  template <typename F>
  Result<weir_status> sendingCall(const char* name, F&& body) {
    context_->sending = true;
    Result<weir_status> status = call(name, std::forward<F>(body));
    context_->sending = false;
    return status;
  }
  // Gives it one batch; WEIR_ERROR_POISON is an answer here, as long as nothing of the batch has come out.
  Result<weir_status> give(std::uint32_t port, const Batch& batch);
  // Takes in what the operator answered to a call after which it may be unfinished.
  Result<runtime::Progress> settle(weir_status status);
  // Of calls that send nothing.
  Result<runtime::Progress> readiness(weir_status status);
  Result<runtime::Progress> retryRows();
  Batch nextPiece(Retry& retry) const;
  Result<void> unsupported(const char* name) const;

  const OperatorTable& table_;
  std::unique_ptr<weir_context> context_;
  void* instance_ = nullptr;
  bool created_ = false;
  std::optional<Retry> retry_;
  Unfinished unfinished_ = Unfinished::No;
  bool more_ = false;  // it has more to send, until its resume says otherwise
};

}  // namespace weir::host
