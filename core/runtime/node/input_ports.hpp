// The way into a node: its edges by port, and what they say together about time.
#pragma once

#include <cstddef>
#include <vector>

#include "core/runtime/time/step_merger.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// Where an edge leads to.
struct InputEdge {
  std::size_t port = 0;
  std::size_t input = 0;      // number among all edges into that node
  std::size_t portInput = 0;  // and among those into that port
};

// [task]
class InputPorts {
 public:
  explicit InputPorts(std::size_t ports) : byPort_(ports) {}

  InputEdge addEdge(std::size_t port);
  // Otherwise what comes in says already how far the time of the node is.
  bool haveSeveralEdges() const { return all_.inputCount() > 1; }
  // A batch that came by this one of several edges, with the time of all of them, and, where there are several ports,
  // of all edges into its own.
  Batch merged(const InputEdge& edge, const Batch& batch);

 private:
  StepMerger all_;
  std::vector<StepMerger> byPort_;
  std::vector<WatermarkStep> steps_;  // of the last batch
  std::vector<WatermarkStep> portSteps_;
};

}  // namespace weir::runtime
