#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/commands/row_printer.hpp"
#include "app/runner/default_home.hpp"
#include "app/runner/home.hpp"
#include "app/runner/journal_watch.hpp"
#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::app {

namespace {

struct TopicOptions {
  std::string home;  // empty: the only one in this folder
  std::string topic;
  bool all = false;
  bool follow = false;
  std::int32_t partition = -1;
  std::int64_t limit = INT64_MAX;
};

// A whole number that is not negative.
template <typename Integer>
bool parseCount(std::string_view text, Integer& out) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
  return problem == std::errc() && end == text.data() + text.size() && out >= 0;
}

bool parse(Arguments arguments, TopicOptions& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--all") {
      options.all = true;
    } else if (argument == "--follow") {
      options.follow = true;
    } else if (argument.starts_with("--")) {
      if (i + 1 == arguments.size()) return false;
      const std::string value(arguments[++i]);
      if (argument == "--home") {
        options.home = value;
      } else if (argument == "--partition") {
        if (!parseCount(value, options.partition)) return false;
      } else if (argument == "--limit") {
        if (!parseCount(value, options.limit)) return false;
      } else {
        return false;
      }
    } else if (options.topic.empty()) {
      options.topic = argument;
    } else {
      return false;
    }
  }
  return true;
}

Result<int> list(const runtime::Log& log, bool all) {
  WEIR_TRY_ASSIGN(topics, log.topics());
  WEIR_TRY_ASSIGN(figures, log.figures());  // in the same order
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const runtime::TopicSpec& topic = topics[i];
    if (!all && topology::isInternalTopic(topic.name)) continue;
    std::printf("%s\t%d %s\t%lld rows\t%lld bytes\n", topic.name.c_str(), topic.partitions,
                topic.partitions == 1 ? "partition" : "partitions", static_cast<long long>(figures[i].rows),
                static_cast<long long>(figures[i].bytes));
  }
  return kExitOk;
}

Result<runtime::TopicSpec> topicOf(const runtime::Log& log, const TopicOptions& options) {
  WEIR_TRY_ASSIGN(topics, log.topics());
  for (const runtime::TopicSpec& topic : topics) {
    if (topic.name != options.topic) continue;
    if (!topic.name.starts_with(topology::kChangelogPrefix)) return topic;
    return configError("'" + topic.name +
                       "' holds what the log keeps for itself, state and positions, and no rows that could be shown; "
                       "`weir home list` says how much it is.");
  }
  return configError("There is no topic '" + options.topic + "' in " + options.home +
                     "; `weir topic list` names them.");
}

// What is published, and with --follow what is published from then on. Answers the exit status.
Result<int> read(embedded::EmbeddedLog& log, const TopicOptions& options) {
  std::unique_ptr<JournalWatch> watch;
  if (options.follow) {
    auto made = JournalWatch::make(options.home + "/log");
    if (!made) return made.error();
    watch = std::move(*made);
  }
  WEIR_TRY_ASSIGN(topic, topicOf(log, options));
  if (options.partition >= topic.partitions) {
    return configError("Topic '" + topic.name + "' has no partition " + std::to_string(options.partition) +
                       ": it has " + std::to_string(topic.partitions) + ", and the first one is 0.");
  }
  RowPrinter printer(options.limit);
  WEIR_TRY(printer.learn(topic));
  struct Reader {
    std::int32_t partition;
    std::unique_ptr<runtime::PartitionReader> runs;
  };
  std::vector<Reader> readers;
  for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
    if (options.partition >= 0 && options.partition != partition) continue;
    auto reader = log.read({topic.name, partition}, {});
    if (!reader) return reader.error();
    readers.push_back({partition, std::move(*reader)});
  }
  while (true) {
    for (const Reader& reader : readers) {
      while (!printer.done()) {
        auto run = reader.runs->next();
        if (!run) return run.error();
        if (!*run) break;
        if (!printer.knows(**run)) {  // the runner was started anew, with more columns
          WEIR_TRY_ASSIGN(renewed, topicOf(log, options));
          WEIR_TRY(printer.learn(renewed));
        }
        WEIR_TRY(printer.print(**run, reader.partition));
      }
    }
    if (watch == nullptr || printer.done()) return kExitOk;
    std::fflush(stdout);
    WEIR_TRY_ASSIGN(wanted, watch->wait(STDOUT_FILENO));
    if (!wanted) return kExitUnread;
    WEIR_TRY(log.refresh());
  }
}

}  // namespace

int topicCommand(Arguments arguments) {
  const std::string_view verb = arguments.empty() ? std::string_view() : arguments[0];
  TopicOptions options;
  const bool known = verb == "list" || verb == "read";
  if (!known || !parse(arguments.subspan(1), options) || (verb == "read") == options.topic.empty()) {
    std::fputs(kTopicUsage, stderr);
    return kExitErrors;
  }
  if (options.home.empty()) {
    auto only = onlyHome();
    if (!only) return fail(only.error());
    options.home = *only;
  }
  embedded::PosixFiles files;
  auto log = lookAtHome(files, options.home);
  if (!log) return fail(log.error());
  const Result<int> done = verb == "list" ? list(**log, options.all) : read(**log, options);
  return done ? *done : fail(done.error());
}

}  // namespace weir::app
