// What tasks count, as values that outlive them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/ports/metric.hpp"

namespace weir::runtime {

struct NodeCounters {
  std::string node;
  std::int64_t rowsIn = 0;
  std::optional<std::int64_t> watermark;  // told by its first output since the start; none where it has no output
  std::vector<std::pair<std::string, std::int64_t>> counters;
  std::vector<std::pair<std::string, std::int64_t>> gauges;
  std::vector<std::pair<std::string, HistogramCounts>> histograms;

  void take(const std::string& name, const Metric& metric);
  // What another task counted of the same node. Gauges add up too.
  void add(const NodeCounters& other);
};

// What others counted of the same nodes, or of more.
void addNodes(std::vector<NodeCounters>& nodes, const std::vector<NodeCounters>& more);

// What a task has counted.
struct TaskFigures {
  std::int64_t rowsRead = 0;
  std::int64_t deadLetters = 0;
  std::vector<NodeCounters> nodes;

  // What another task counted, or the same one before; node by node.
  void add(const TaskFigures& other);
};

}  // namespace weir::runtime
