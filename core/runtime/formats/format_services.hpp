// What the formats of a node see of it: they decode on any thread, several at a time.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "core/runtime/ports/node_services.hpp"

namespace weir::runtime {

// [any] Shared with the formats, which may outlive the task that made them by a moment: so a wake after `close` is
// none.
class FormatServices final : public NodeServices {
 public:
  // `node` is asked for nothing after `close`.
  explicit FormatServices(NodeServices& node) : node_(&node) {}

  void close();
  // Of all formats of the node together.
  std::map<std::string, const Metric*> metrics() const;

  void log(LogLevel level, std::string_view text) override;
  Timestamp now() const override;
  void wake() override;
  Result<Metric*> metric(std::string_view name, MetricKind kind) override;

  // A format sends nothing and keeps nothing.
  bool emit(std::uint32_t, const weir_batch*) override { return true; }
  void deadLetter(const weir_batch*, std::span<const std::uint32_t>, std::string_view) override {}
  void wakeAt(Timestamp) override {}
  void requestCommit() override {}
  Result<void> setRecovery(std::string_view) override { return refusal("a recovery blob"); }
  Result<NodeStore*> store(std::string_view) override { return refusal("state"); }

 private:
  static Error refusal(const std::string& what) { return configError("Formats have no " + what + "."); }

  mutable std::mutex mutex_;
  NodeServices* node_;
  std::map<std::string, Metric, std::less<>> metrics_;
};

}  // namespace weir::runtime
