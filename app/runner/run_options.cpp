#include "app/runner/run_options.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <thread>

#include "core/base/duration.hpp"

namespace weir::app {

namespace {

Result<std::int64_t> number(std::string_view option, std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    return configError(std::string(option) + " takes a number from " + std::to_string(least) + " to " +
                       std::to_string(most) + ", not '" + std::string(text) + "'.");
  }
  return value;
}

Result<void> setParameter(RunOptions& options, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return configError("--param takes NAME=VALUE, not '" + std::string(text) + "'.");
  }
  options.parameters[std::string(text.substr(0, equals))] = std::string(text.substr(equals + 1));
  return {};
}

Result<void> setMebibytes(std::int64_t& bytes, std::string_view option, std::string_view text) {
  WEIR_TRY_ASSIGN(mebibytes, number(option, text, 1, 1 << 20));
  bytes = mebibytes << 20;
  return {};
}

Result<void> setOption(RunOptions& options, std::string_view option, std::string_view value) {
  if (option == "--home") {
    if (value.empty()) return configError("--home takes a folder, not an empty text.");
    options.home = value;
  } else if (option == "--forget") {
    options.engine.forget.emplace_back(value);
  } else if (option == "--summary") {
    options.summaryFile = value;
  } else if (option == "--param") {
    return setParameter(options, value);
  } else if (option == "--threads") {
    WEIR_TRY_ASSIGN(threads, number(option, value, 1, 1024));
    options.engine.threads = static_cast<int>(threads);
  } else if (option == "--batch-rows") {
    WEIR_TRY_ASSIGN(rows, number(option, value, 1, 1 << 20));
    options.engine.task.batchRows = rows;
  } else if (option == "--overlay-memory") {
    return setMebibytes(options.engine.overlayBytes, option, value);
  } else if (option == "--state-memory") {
    return setMebibytes(options.stateBytes, option, value);
  } else if (option == "--repartition-memory") {  // for tests: catching up is bounded without it
    return setMebibytes(options.engine.task.repartitionBound, option, value);
  } else if (option == "--commit-interval") {
    WEIR_TRY_ASSIGN(interval, parseDuration(value));
    if (interval <= 0) return configError("--commit-interval must be longer than nothing.");
    options.engine.task.commitInterval = interval;
    options.engine.task.idleCommitInterval = std::min(options.engine.task.idleCommitInterval, interval);
  } else if (option == "--dead-letter-retention") {
    WEIR_TRY_ASSIGN(time, parseDuration(value));
    if (time <= 0) return configError("--dead-letter-retention must be longer than nothing.");
    options.engine.deadLetterTime = time;
  } else if (option == "--dead-letter-disk") {
    return setMebibytes(options.engine.deadLetterBytes, option, value);
  } else if (option == "--hang-limit") {
    WEIR_TRY_ASSIGN(limit, parseDuration(value));
    if (limit <= 0) return configError("--hang-limit must be longer than nothing.");
    options.hangLimit = limit;
    options.engine.task.blockedLimit = std::min(options.engine.task.blockedLimit, limit);
  } else if (option == "--stop-limit") {
    WEIR_TRY_ASSIGN(limit, parseDuration(value));
    if (limit <= 0) return configError("--stop-limit must be longer than nothing.");
    options.stopLimit = limit;
  } else if (option == "--restarts") {
    WEIR_TRY_ASSIGN(tries, number(option, value, 0, 1'000'000));
    options.engine.restarts.tries = static_cast<int>(tries);
  } else {
    return configError("There is no option " + std::string(option) + ".");
  }
  return {};
}

}  // namespace

Result<RunOptions> parseRunOptions(std::span<const std::string_view> arguments) {
  RunOptions options;
  options.engine.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--until-end") {
      options.engine.task.untilEnd = true;
    } else if (argument == "--keep-open") {
      options.engine.task.keepOpen = true;
    } else if (argument.starts_with("--")) {
      if (i + 1 == arguments.size()) return configError(std::string(argument) + " needs a value.");
      WEIR_TRY(setOption(options, argument, arguments[++i]));
    } else if (options.file.empty()) {
      options.file = argument;
    } else {
      return configError("One topology at a time: '" + std::string(argument) + "' is one too many.");
    }
  }
  if (options.engine.task.keepOpen && !options.engine.task.untilEnd) {
    return configError("--keep-open says what becomes of open windows at the end of the input: it needs --until-end.");
  }
  if (options.file.empty()) return configError("Which topology? Name its file.");
  return options;
}

}  // namespace weir::app
