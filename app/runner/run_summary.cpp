#include "app/runner/run_summary.hpp"

#include <cstdio>

#include "core/base/json.hpp"
#include "core/base/write_file.hpp"

namespace weir::app {

namespace {

double seconds(Duration duration) {
  return static_cast<double>(duration) / static_cast<double>(kSecond);
}

std::string fixed(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

}  // namespace

std::string summaryText(const runtime::RunSummary& summary, Duration took) {
  std::string text = std::to_string(summary.eventsIn) + " events in " + fixed(seconds(took)) + " s, " +
                     std::to_string(summary.late) + " late, " + std::to_string(summary.deadLetters) + " dead letters";
  if (!summary.unfinished.empty()) return text + "; stopped with work left, which the next start goes on with.";
  return text + (summary.stopped ? "; stopped before the end, everything read is committed." : ".");
}

Result<void> writeSummary(const std::string& path, const runtime::RunSummary& summary, Duration took) {
  json::Value nodes = json::Value::list();
  for (const runtime::NodeCounters& node : summary.nodes) {
    json::Value object = json::Value::object();
    object.set("node", json::Value::text(node.node));
    object.set("rows_in", json::Value::number(node.rowsIn));
    for (const auto& [name, value] : node.counters) object.set(name, json::Value::number(value));
    for (const auto& [name, value] : node.gauges) object.set(name, json::Value::number(value));
    for (const auto& [name, counts] : node.histograms) {
      json::Value histogram = json::Value::object();
      histogram.set("count", json::Value::number(static_cast<std::int64_t>(counts.count())));
      histogram.set("p50", json::Value::number(counts.quantile(0.5)));
      histogram.set("p99", json::Value::number(counts.quantile(0.99)));
      histogram.set("max", json::Value::number(counts.quantile(1)));
      object.set(name, std::move(histogram));
    }
    nodes.items().push_back(std::move(object));
  }
  json::Value topics = json::Value::list();
  for (const runtime::TopicFigures& topic : summary.topics) {
    json::Value object = json::Value::object();
    object.set("topic", json::Value::text(topic.topic));
    object.set("files", json::Value::number(topic.files));
    object.set("bytes", json::Value::number(topic.bytes));
    object.set("rows", json::Value::number(topic.rows));
    object.set("rows_removed", json::Value::number(topic.rowsRemoved));
    object.set("held_bytes", json::Value::number(topic.heldBytes));
    topics.items().push_back(std::move(object));
  }
  json::Value all = json::Value::object();
  all.set("events_in", json::Value::number(summary.eventsIn));
  all.set("late", json::Value::number(summary.late));
  all.set("dead_letters", json::Value::number(summary.deadLetters));
  all.set("dead_letters_removed", json::Value::number(summary.deadLettersRemoved));
  all.set("seconds", json::Value::numberText(fixed(seconds(took))));
  all.set("stopped", json::Value::boolean(summary.stopped));
  all.set("nodes", std::move(nodes));
  all.set("topics", std::move(topics));
  return writeFile(path, json::write(all) + "\n");
}

}  // namespace weir::app
