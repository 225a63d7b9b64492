#include "core/adapters/host/check/plugin_check.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/commands/commands.hpp"
#include "core/adapters/host/guard/child_process.hpp"
#include "core/adapters/host/guard/crash_report.hpp"
#include "core/base/duration.hpp"
#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"

namespace weir::app {

namespace {

struct Options {
  std::string file;
  int timeLimit = 10'000;  // milliseconds
  bool json = false;
  bool child = false;  // this is the child
  std::string after;   // the child goes on after this operator
};

bool parse(Arguments arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--json") {
      options.json = true;
    } else if (argument == "--child") {
      options.child = true;
    } else if (argument == "--after" && i + 1 < arguments.size()) {
      options.after = arguments[++i];
    } else if (argument == "--time-limit" && i + 1 < arguments.size()) {
      const Result<Duration> limit = parseDuration(arguments[++i]);
      if (!limit || *limit < kMillisecond || *limit > 3600 * kSecond) return false;
      options.timeLimit = static_cast<int>(*limit / kMillisecond);
    } else if (argument.starts_with("--") || !options.file.empty()) {
      return false;
    } else {
      options.file = argument;
    }
  }
  return !options.file.empty();
}

void print(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

int runChild(const Options& options) {
  host::installCrashReport();
  const Result<host::TrustPolicy> policy = host::trustPolicyFromEnvironment();
  host::CheckListener listener{[](const std::string& name) { print(host::beginLine(name)); },
                               [](const host::CheckStep& step) { print(host::endLine(step)); }};
  if (!policy) {
    listener.ended({"read the allow-list", host::CheckOutcome::Failed, policy.error().message});
    return kExitErrors;
  }
  host::checkPlugin(options.file, *policy, listener, options.after);
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

}  // namespace

int pluginCheckCommand(Arguments arguments) {
  Options options;
  if (!parse(arguments, options)) {
    std::fputs(kPluginCheckUsage, stderr);
    return kExitErrors;
  }
  if (options.child) return runChild(options);

  // Sinks may write beside themselves: they do it where nobody minds.
  std::error_code problem;
  const std::string file = std::filesystem::absolute(options.file, problem).string();
  std::string folder = (std::filesystem::temp_directory_path(problem) / "weir-plugin-check-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr || ::chdir(folder.c_str()) != 0) {
    std::fprintf(stderr, "weir: a folder for the trial cannot be made: %s\n", folder.c_str());
    return kExitFailed;
  }
  const std::vector<host::CheckStep> steps =
      host::checkPluginInChild({host::programPath(), "plugin-check", "--child", file}, options.timeLimit);
  std::filesystem::remove_all(folder, problem);

  bool passed = !steps.empty();
  json::Value list = json::Value::list();
  for (const host::CheckStep& step : steps) {
    passed = passed && step.outcome != host::CheckOutcome::Failed;
    if (options.json) {
      list.items().push_back(*json::parseText(host::endLine(step)));
    } else {
      std::printf("%-8s %s\n", word(step.outcome), step.name.c_str());
      if (!step.message.empty()) std::printf("         %s\n", step.message.c_str());
    }
  }
  if (options.json) {
    json::Value all = json::Value::object();
    all.set("file", json::Value::text(file));
    all.set("passed", json::Value::boolean(passed));
    all.set("steps", std::move(list));
    std::printf("%s\n", json::write(all).c_str());
  }
  return passed ? kExitOk : kExitErrors;
}

}  // namespace weir::app
