#include "core/runtime/figures/figures.hpp"

#include <algorithm>

namespace weir::runtime {

void NodeCounters::take(const std::string& name, const Metric& metric) {
  switch (metric.kind()) {
    case MetricKind::Counter: counters.emplace_back(name, metric.value()); break;
    case MetricKind::Gauge: gauges.emplace_back(name, metric.value()); break;
    case MetricKind::Histogram: histograms.emplace_back(name, metric.counts()); break;
  }
}

void NodeCounters::add(const NodeCounters& other) {
  rowsIn += other.rowsIn;
  if (watermark && other.watermark) watermark = std::min(*watermark, *other.watermark);
  // A task whose format has not decoded anything yet may have fewer.
  const auto merge = [](auto& into, const auto& from, const auto& addTo) {
    for (const auto& [name, value] : from) {
      const auto same =
          std::find_if(into.begin(), into.end(), [&name = name](const auto& known) { return known.first == name; });
      if (same == into.end()) {
        into.emplace_back(name, value);
      } else {
        addTo(same->second, value);
      }
    }
  };
  const auto sum = [](std::int64_t& to, std::int64_t value) { to += value; };
  merge(counters, other.counters, sum);
  merge(gauges, other.gauges, sum);
  merge(histograms, other.histograms, [](HistogramCounts& to, const HistogramCounts& value) { to.add(value); });
}

void addNodes(std::vector<NodeCounters>& nodes, const std::vector<NodeCounters>& more) {
  for (const NodeCounters& node : more) {
    const auto known =
        std::find_if(nodes.begin(), nodes.end(), [&](const NodeCounters& mine) { return mine.node == node.node; });
    if (known == nodes.end()) {
      nodes.push_back(node);
    } else {
      known->add(node);
    }
  }
}

void TaskFigures::add(const TaskFigures& other) {
  rowsRead += other.rowsRead;
  deadLetters += other.deadLetters;
  addNodes(nodes, other.nodes);
}

}  // namespace weir::runtime
