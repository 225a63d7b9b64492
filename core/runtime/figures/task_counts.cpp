#include "core/runtime/figures/task_counts.hpp"

#include <algorithm>

namespace weir::runtime {

template <typename Visit>
void TaskCounts::forEachMetric(const TaskNode& node, const Visit& visit) const {
  for (const auto& [name, metric] : node.metrics()) visit(name, metric);
  if (node.formats() != nullptr) {
    for (const auto& [name, metric] : node.formats()->metrics()) visit(name, *metric);
  }
  for (const auto& [name, metric] : inputs_.metricsOf(node.index())) visit(name, *metric);
}

void TaskCounts::prepared(std::int64_t deadLetters) {
  atPrepare_.rowsRead = rowsRead_;
  atPrepare_.deadLetters = deadLetters;
  atPrepare_.rowsIn.clear();
  atPrepare_.counters.clear();
  for (const auto& node : graph_.nodes()) {
    atPrepare_.rowsIn.push_back(node->rowsIn());
    forEachMetric(*node, [this](const std::string&, const Metric& metric) {
      if (metric.kind() == MetricKind::Counter) atPrepare_.counters.emplace_back(&metric, metric.value());
    });
  }
}

std::vector<NodeCounters> TaskCounts::nodes() const {
  std::vector<NodeCounters> all;
  for (const auto& node : graph_.nodes()) {
    NodeCounters counters;
    counters.node = node->plan().id;
    counters.rowsIn = node->rowsIn();
    if (!node->outputs().empty()) counters.watermark = node->outputs()[0].told();
    forEachMetric(*node, [&](const std::string& name, const Metric& metric) { counters.take(name, metric); });
    all.push_back(std::move(counters));
  }
  return all;
}

TaskFigures TaskCounts::settled() const {
  TaskFigures figures{atCommit_.rowsRead, atCommit_.deadLetters, {}};
  for (const auto& node : graph_.nodes()) {
    NodeCounters counts;
    counts.node = node->plan().id;
    if (node->index() < atCommit_.rowsIn.size()) counts.rowsIn = atCommit_.rowsIn[node->index()];
    forEachMetric(*node, [&](const std::string& name, const Metric& metric) {
      if (metric.kind() == MetricKind::Histogram) counts.take(name, metric);  // of everything that was seen
      if (metric.kind() != MetricKind::Counter) return;
      const auto found = std::find_if(atCommit_.counters.begin(), atCommit_.counters.end(),
                                      [&](const auto& counted) { return counted.first == &metric; });
      counts.counters.emplace_back(name, found == atCommit_.counters.end() ? 0 : found->second);
    });
    figures.nodes.push_back(std::move(counts));
  }
  return figures;
}

}  // namespace weir::runtime
