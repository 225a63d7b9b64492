#include "core/runtime/node/input_ports.hpp"

#include <algorithm>

#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

InputEdge InputPorts::addEdge(std::size_t port) {
  byPort_.resize(std::max(byPort_.size(), port + 1));
  return {port, all_.addInput(), byPort_[port].addInput()};
}

Batch InputPorts::merged(const InputEdge& edge, const Batch& batch) {
  const std::span<const WatermarkStep> origin = batch.originSteps();
  all_.merge(edge.input, batch.steps(), steps_);
  BatchMaker maker = BatchMaker::from(batch);
  if (batch.get()->origin_steps == nullptr) maker.originSteps({origin.begin(), origin.end()});
  maker.steps(steps_);
  if (byPort_.size() > 1) {
    byPort_[edge.port].merge(edge.portInput, batch.steps(), portSteps_);
    maker.portSteps(portSteps_);
  }
  return maker.finish(0);
}

}  // namespace weir::runtime
