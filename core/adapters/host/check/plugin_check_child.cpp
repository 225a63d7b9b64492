#include "core/adapters/host/check/plugin_check_child.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>

#include "core/adapters/host/guard/child_process.hpp"
#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"

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

namespace {

// The operator that a step is about; empty: the library as a whole.
std::string operatorOf(const std::string& step) {
  const std::size_t colon = step.find(": ");
  return colon == std::string::npos ? "" : step.substr(0, colon);
}

// One child, from its start to its end.
class Trial {
 public:
  Trial(const std::vector<std::string>& command, int timeLimit, std::vector<CheckStep>& steps)
      : command_(command), timeLimit_(timeLimit), steps_(steps) {}

  // Answers the operator that the child died of, or nothing when it came to its end, or died of something else.
  std::optional<std::string> run() {
    Result<ChildProcess> child = ChildProcess::start(command_);
    if (!child) {
      fail("start a child process", child.error().message);
      return std::nullopt;
    }
    underWay_ = "start";
    while (true) {
      std::string text;
      const Result<LineOutcome> outcome = child->readLine(text, millisecondsLeft());
      if (!outcome || *outcome == LineOutcome::TimedOut) {
        child->kill();
        const std::string limit = std::to_string(timeLimit_) + " ms";
        return fail(underWay_,
                    outcome ? "It did not come back within " + limit + " and was ended." : outcome.error().message);
      }
      if (*outcome == LineOutcome::End) break;
      const Result<json::Value> line = json::parseText(text);
      if (line && line->isObject()) take(*line);  // anything else: a plugin that prints to standard output
    }
    std::string how;
    const bool ended = child->finish(how);
    if (underWay_.empty() && ended) return std::nullopt;
    return fail(underWay_.empty() ? "end" : underWay_, "The process died of " + how + ".");
  }

 private:
  using SteadyClock = std::chrono::steady_clock;

  int millisecondsLeft() const {
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun_).count();
    return timeLimit_ - static_cast<int>(std::min<std::int64_t>(spent, timeLimit_));
  }

  void take(const json::Value& line) {
    begun_ = SteadyClock::now();
    if (line.find("begins") != nullptr) {
      underWay_ = textOf(line, "begins");
      return;
    }
    CheckStep step{textOf(line, "step"), CheckOutcome::Failed, textOf(line, "message")};
    const std::string word = textOf(line, "outcome");
    if (word == kOutcomes[0]) step.outcome = CheckOutcome::Passed;
    if (word == kOutcomes[1]) step.outcome = CheckOutcome::Skipped;
    underWay_.clear();
    // A child that goes on reads and loads the library once more.
    const bool known = std::any_of(steps_.begin(), steps_.end(), [&](const CheckStep& before) {
      return before.name == step.name && operatorOf(step.name).empty();
    });
    if (!known || step.outcome == CheckOutcome::Failed) steps_.push_back(std::move(step));
  }

  std::optional<std::string> fail(const std::string& step, const std::string& message) {
    steps_.push_back({step, CheckOutcome::Failed, message});
    const std::string name = operatorOf(step);
    return name.empty() ? std::nullopt : std::optional(name);
  }

  const std::vector<std::string>& command_;
  const int timeLimit_;
  std::vector<CheckStep>& steps_;
  std::string underWay_;
  SteadyClock::time_point begun_ = SteadyClock::now();
};

}  // namespace

std::vector<CheckStep> checkPluginInChild(const std::vector<std::string>& command, int timeLimitMilliseconds) {
  std::vector<CheckStep> steps;
  std::set<std::string> broken;
  std::vector<std::string> next = command;
  // One that breaks twice was not left out: its child does not go on.
  for (auto died = Trial(next, timeLimitMilliseconds, steps).run(); died && broken.insert(*died).second;
       died = Trial(next, timeLimitMilliseconds, steps).run()) {
    next = command;
    next.insert(next.end(), {"--after", *died});
  }
  return steps;
}

}  // namespace weir::host
