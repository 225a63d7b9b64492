// The two ends of the line protocol between `weir plugin-check` and its child.
#include <chrono>
#include <optional>

#include "adapters/host/child_process.hpp"
#include "adapters/host/plugin_check.hpp"
#include "base/json.hpp"

namespace weir::host {

namespace {

constexpr std::string_view kOutcomes[] = {"passed", "skipped", "failed"};

std::string textOf(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value == nullptr ? "" : value->asText();
}

}  // namespace

std::string beginLine(const std::string& name) {
  json::Value line = json::Value::object();
  line.set("begins", json::Value::text(name));
  return json::write(line);
}

std::string endLine(const CheckStep& step) {
  json::Value line = json::Value::object();
  line.set("step", json::Value::text(step.name));
  line.set("outcome", json::Value::text(std::string(kOutcomes[static_cast<std::size_t>(step.outcome)])));
  line.set("message", json::Value::text(step.message));
  return json::write(line);
}

std::vector<CheckStep> checkPluginInChild(const std::vector<std::string>& command, int timeLimitMilliseconds) {
  std::vector<CheckStep> steps;
  Result<ChildProcess> child = ChildProcess::start(command);
  if (!child) {
    steps.push_back({"start a child process", CheckOutcome::Failed, child.error().message});
    return steps;
  }
  using SteadyClock = std::chrono::steady_clock;
  const auto end = SteadyClock::now() + std::chrono::milliseconds(timeLimitMilliseconds);
  std::string underWay = "start";
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    std::string text;
    const Result<LineOutcome> outcome = child->readLine(text, static_cast<int>(left));
    if (!outcome || *outcome == LineOutcome::TimedOut) {
      child->kill();
      const std::string limit = std::to_string(timeLimitMilliseconds) + " ms";
      steps.push_back({underWay, CheckOutcome::Failed,
                       outcome ? "It did not come back within " + limit + " and was ended." : outcome.error().message});
      return steps;
    }
    if (*outcome == LineOutcome::End) break;
    const Result<json::Value> line = json::parseText(text);
    if (!line || !line->isObject()) continue;  // a plugin that prints to standard output
    if (line->find("begins") != nullptr) {
      underWay = textOf(*line, "begins");
      continue;
    }
    CheckStep step{textOf(*line, "step"), CheckOutcome::Failed, textOf(*line, "message")};
    const std::string word = textOf(*line, "outcome");
    if (word == kOutcomes[0]) step.outcome = CheckOutcome::Passed;
    if (word == kOutcomes[1]) step.outcome = CheckOutcome::Skipped;
    steps.push_back(std::move(step));
    underWay.clear();
  }
  std::string how;
  const bool ended = child->finish(how);
  if (!underWay.empty() || !ended) {
    steps.push_back({underWay.empty() ? "end" : underWay, CheckOutcome::Failed, "The process died of " + how + "."});
  }
  return steps;
}

}  // namespace weir::host
