#include "core/adapters/host/check/plugin_check.hpp"
#include "core/adapters/host/check/plugin_check_child.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/commands/commands.hpp"
#include "core/adapters/host/guard/child_process.hpp"
#include "core/adapters/host/guard/crash_report.hpp"
#include "core/base/clock.hpp"
#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"

namespace weir::app {

namespace {

constexpr Duration kLongestTrial = 3600 * kSecond;

void print(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

int runChild(const std::string& file, const std::string& after) {
  host::installCrashReport();
  const Result<host::TrustPolicy> policy = host::trustPolicyFromEnvironment();
  host::CheckListener listener{[](const std::string& name) { print(host::beginLine(name)); },
                               [](const host::CheckStep& step) { print(host::endLine(step)); }};
  if (!policy) {
    listener.ended({"read the allow-list", host::CheckOutcome::Failed, policy.error().message});
    return kExitErrors;
  }
  host::checkPlugin(file, *policy, listener, after);
  return kExitOk;
}

const char* word(host::CheckOutcome outcome) {
  switch (outcome) {
    case host::CheckOutcome::Passed: return "passed";
    case host::CheckOutcome::Skipped: return "skipped";
    case host::CheckOutcome::Failed: return "FAILED";
  }
  return "";
}

class PluginCheck final : public Command {
 public:
  PluginCheck() : Command("plugin-check") {
    table_.argument("FILE", file_, Offers::Files, "the plugin, a library");
    table_.duration("--time-limit", "10s", timeLimit_, kMillisecond, kLongestTrial, "how long one step may take");
    table_.flag("--json", json_, "as JSON, for programs");
    table_.flag("--child", child_, "what the child process is called with").hidden = true;
    table_.text("--after", "OPERATOR", after_, "the child goes on after this one").hidden = true;
  }

  int run() override {
    if (child_) return runChild(file_, after_);

    // Sinks may write beside themselves: they do it where nobody minds.
    std::error_code problem;
    const std::string file = std::filesystem::absolute(file_, problem).string();
    std::string folder = (std::filesystem::temp_directory_path(problem) / "weir-plugin-check-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr || ::chdir(folder.c_str()) != 0) {
      std::fprintf(stderr, "weir: a folder for the trial cannot be made: %s\n", folder.c_str());
      return kExitFailed;
    }
    const std::vector<host::CheckStep> steps = host::checkPluginInChild(
        {host::programPath(), "plugin-check", "--child", file}, static_cast<int>(timeLimit_ / kMillisecond));
    std::filesystem::remove_all(folder, problem);

    bool passed = !steps.empty();
    json::Value list = json::Value::list();
    for (const host::CheckStep& step : steps) {
      passed = passed && step.outcome != host::CheckOutcome::Failed;
      if (json_) {
        list.items().push_back(*json::parseText(host::endLine(step)));
      } else {
        std::printf("%-8s %s\n", word(step.outcome), step.name.c_str());
        if (!step.message.empty()) std::printf("         %s\n", step.message.c_str());
      }
    }
    if (json_) {
      json::Value all = json::Value::object();
      all.set("file", json::Value::text(file));
      all.set("passed", json::Value::boolean(passed));
      all.set("steps", std::move(list));
      std::printf("%s\n", json::write(all).c_str());
    }
    return passed ? kExitOk : kExitErrors;
  }

 private:
  std::string file_;
  Duration timeLimit_ = 10 * kSecond;
  bool json_ = false;
  bool child_ = false;
  std::string after_;
};

}  // namespace

std::unique_ptr<Command> makePluginCheck() {
  return std::make_unique<PluginCheck>();
}

}  // namespace weir::app
