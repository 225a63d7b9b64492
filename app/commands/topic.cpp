#include <cstdio>
#include <string>

#include "base/printable.hpp"
#include "base/type_name.hpp"
#include "commands.hpp"
#include "runner/default_home.hpp"
#include "runner/home.hpp"
#include "runner/stderr_logger.hpp"
#include "runtime/codec/batch_codec.hpp"
#include "runtime/row_text.hpp"
#include "topology/topic_names.hpp"

namespace weir::app {

namespace {

constexpr const char* kUsage =
    "usage: weir topic list [--home DIR] [--all]\n"
    "       weir topic read TOPIC [--home DIR] [--partition N] [--limit N]\n";

struct TopicOptions {
  std::string home;  // empty: the only one in this folder
  std::string topic;
  bool all = false;
  std::int32_t partition = -1;
  std::int64_t limit = INT64_MAX;
};

int fail(const Error& error) {
  std::fprintf(stderr, "weir: %s\n", printable(error.message).c_str());
  return error.kind == ErrorKind::Config ? kExitErrors : kExitFailed;
}

bool parse(Arguments arguments, TopicOptions& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--all") {
      options.all = true;
    } else if (argument.starts_with("--")) {
      if (i + 1 == arguments.size()) return false;
      const std::string value(arguments[++i]);
      if (argument == "--home") {
        options.home = value;
      } else if (argument == "--partition") {
        options.partition = std::atoi(value.c_str());
      } else if (argument == "--limit") {
        options.limit = std::atoll(value.c_str());
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

Result<void> list(const runtime::Log& log, bool all) {
  auto topics = log.topics();
  if (!topics) return topics.error();
  for (const runtime::TopicSpec& topic : *topics) {
    if (!all && topology::isInternalTopic(topic.name)) continue;
    std::int64_t rows = 0;
    for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
      auto end = log.publishedEnd({topic.name, partition});
      if (!end) return end.error();
      rows += *end;
    }
    std::printf("%s\t%d %s\t%lld rows\n", topic.name.c_str(), topic.partitions,
                topic.partitions == 1 ? "partition" : "partitions", static_cast<long long>(rows));
  }
  return {};
}

Result<SchemaRef> schemaOf(const runtime::TopicSpec& topic) {
  auto type = parseType(topic.description);
  if (!type || type->id != TypeId::Struct) {
    return configError("Topic " + topic.name + " does not hold rows that could be shown.");
  }
  return makeSchema(Schema{type->children});
}

Result<void> readPartition(runtime::Log& log, const runtime::PartitionId& partition, const SchemaRef& schema,
                           std::int64_t& left) {
  auto reader = log.read(partition, 0);
  if (!reader) return reader.error();
  std::string line;
  while (left > 0) {
    auto run = (*reader)->next();
    if (!run) return run.error();
    if (!*run) return {};
    auto batch = runtime::decodeBatch((*run)->body, schema);
    if (!batch) return batch.error();
    for (std::int64_t row = 0; row < batch->rowCount() && left > 0; ++row, --left) {
      line.clear();
      runtime::appendRowText(line, schema->schema(), *batch, row);
      line.push_back('\n');
      std::fwrite(line.data(), 1, line.size(), stdout);
    }
  }
  return {};
}

Result<void> read(runtime::Log& log, const TopicOptions& options) {
  auto topics = log.topics();
  if (!topics) return topics.error();
  for (const runtime::TopicSpec& topic : *topics) {
    if (topic.name != options.topic) continue;
    WEIR_TRY_ASSIGN(schema, schemaOf(topic));
    std::int64_t left = options.limit;
    for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
      if (options.partition >= 0 && options.partition != partition) continue;
      WEIR_TRY(readPartition(log, {topic.name, partition}, schema, left));
    }
    return {};
  }
  return configError("There is no topic '" + options.topic + "' in " + options.home +
                     "; `weir topic list` names them.");
}

}  // namespace

int topicCommand(Arguments arguments) {
  const std::string_view verb = arguments.empty() ? std::string_view() : arguments[0];
  TopicOptions options;
  const bool known = verb == "list" || verb == "read";
  if (!known || !parse(arguments.subspan(1), options) || (verb == "read") == options.topic.empty()) {
    std::fputs(kUsage, stderr);
    return kExitErrors;
  }
  if (options.home.empty()) {
    auto only = onlyHome();
    if (!only) return fail(only.error());
    options.home = *only;
  }
  auto lock = lockHome(options.home);
  if (!lock) {
    std::fprintf(stderr, "weir: %s\n", lock.error().message.c_str());
    return kExitBusy;
  }
  const SystemClock clock;
  StderrLogger logger;
  auto home = openHome(options.home, 1 << 20, {}, clock, logger);
  if (!home) return fail(home.error());
  const Result<void> done = verb == "list" ? list(*home->log, options.all) : read(*home->log, options);
  return done ? kExitOk : fail(done.error());
}

}  // namespace weir::app
