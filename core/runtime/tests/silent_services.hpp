// Services of a node that has no state, no figures and nobody who listens.
#pragma once

#include "core/runtime/ports/node_services.hpp"

namespace weir::runtime {

class SilentServices final : public NodeServices {
 public:
  void log(LogLevel, std::string_view) override {}
  Timestamp now() const override { return 0; }
  void wake() override {}
  bool emit(std::uint32_t, const weir_batch*) override { return true; }
  void deadLetter(const weir_batch*, std::span<const std::uint32_t>, std::string_view) override {}
  void wakeAt(Timestamp) override {}
  void requestCommit() override {}
  Result<void> setRecovery(std::string_view) override { return {}; }
  Result<Metric*> metric(std::string_view, MetricKind) override { return fatalError("There are no figures here."); }
  Result<NodeStore*> store(std::string_view) override { return fatalError("There are no stores here."); }
};

}  // namespace weir::runtime
