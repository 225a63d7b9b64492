// The operator `tumbling`: one class for the host, a stage behind it.
#pragma once

#include <memory>
#include <vector>

#include "weir/sdk/operators.hpp"

namespace weir::window {

class Tumbling final : public Processor {
 public:
  explicit Tumbling(const CreateInfo& info);

  static std::vector<Schema> deriveSchema(const CreateInfo& info);
  Flow process(std::size_t port, const Batch& batch) override { return stage_->process(port, batch); }
  Flow resume() override { return stage_->resume(); }
  bool drain(std::int64_t deadline) override { return stage_->drain(deadline); }

 private:
  std::unique_ptr<Processor> stage_;
};

}  // namespace weir::window
