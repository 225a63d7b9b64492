#include <unistd.h>

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

// What both forms share.
class TopicCommand : public Command {
 public:
  int run() final {
    if (home_.empty()) {
      auto only = onlyHome();
      if (!only) return fail(only.error());
      home_ = *only;
    }
    embedded::PosixFiles files;
    auto log = lookAtHome(files, home_);
    if (!log) return fail(log.error());
    const Result<int> done = run(**log);
    return done ? *done : fail(done.error());
  }

 protected:
  explicit TopicCommand(std::string call) : Command(std::move(call)) {}
  void addHome() { table_.folder("--home", home_, "the home; without it, the only one in this folder"); }
  const std::string& home() const { return home_; }
  // Answers the exit status.
  virtual Result<int> run(embedded::EmbeddedLog& log) = 0;

 private:
  std::string home_;
};

class TopicList final : public TopicCommand {
 public:
  TopicList() : TopicCommand("topic list") {
    addHome();
    table_.flag("--all", all_, "those too that are not drawn: repartitions and changelogs");
  }

 private:
  Result<int> run(embedded::EmbeddedLog& log) override;

  bool all_ = false;
};

class TopicRead final : public TopicCommand {
 public:
  TopicRead() : TopicCommand("topic read") {
    table_.argument("TOPIC", topic_, Offers::Nothing, "its name");
    addHome();
    table_.number("--partition", "N", partition_, 0, INT32_MAX, "the rows of one partition alone");
    table_.number("--limit", "N", limit_, 0L, INT64_MAX, "so many rows and no more");
    table_.flag("--follow", follow_, "and what comes");
  }

 private:
  Result<int> run(embedded::EmbeddedLog& log) override;
  Result<runtime::TopicSpec> find(const runtime::Log& log) const;

  std::string topic_;
  bool follow_ = false;
  std::int32_t partition_ = -1;  // each
  std::int64_t limit_ = INT64_MAX;
};

Result<int> TopicList::run(embedded::EmbeddedLog& log) {
  WEIR_TRY_ASSIGN(topics, log.topics());
  WEIR_TRY_ASSIGN(figures, log.figures());  // in the same order
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const runtime::TopicSpec& topic = topics[i];
    if (!all_ && topology::isInternalTopic(topic.name)) continue;
    std::printf("%s\t%d %s\t%lld rows\t%lld bytes\n", topic.name.c_str(), topic.partitions,
                topic.partitions == 1 ? "partition" : "partitions", static_cast<long long>(figures[i].rows),
                static_cast<long long>(figures[i].bytes));
  }
  return kExitOk;
}

Result<runtime::TopicSpec> TopicRead::find(const runtime::Log& log) const {
  WEIR_TRY_ASSIGN(topics, log.topics());
  for (const runtime::TopicSpec& topic : topics) {
    if (topic.name != topic_) continue;
    if (!topic.name.starts_with(topology::kChangelogPrefix)) return topic;
    return configError("'" + topic.name +
                       "' holds what the log keeps for itself, state and positions, and no rows that could be shown; "
                       "`weir home list` says how much it is.");
  }
  return configError("There is no topic '" + topic_ + "' in " + home() + "; `weir topic list` names them.");
}

// What is published, and with --follow what is published from then on.
Result<int> TopicRead::run(embedded::EmbeddedLog& log) {
  std::unique_ptr<JournalWatch> watch;
  if (follow_) {
    auto made = JournalWatch::make(home() + "/log");
    if (!made) return made.error();
    watch = std::move(*made);
  }
  WEIR_TRY_ASSIGN(topic, find(log));
  if (partition_ >= topic.partitions) {
    return configError("Topic '" + topic.name + "' has no partition " + std::to_string(partition_) + ": it has " +
                       std::to_string(topic.partitions) + ", and the first one is 0.");
  }
  RowPrinter printer(limit_);
  WEIR_TRY(printer.learn(topic));
  struct Reader {
    std::int32_t partition;
    std::unique_ptr<runtime::PartitionReader> runs;
  };
  std::vector<Reader> readers;
  for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
    if (partition_ >= 0 && partition_ != partition) continue;
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
          WEIR_TRY_ASSIGN(renewed, find(log));
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

std::unique_ptr<Command> makeTopicList() {
  return std::make_unique<TopicList>();
}

std::unique_ptr<Command> makeTopicRead() {
  return std::make_unique<TopicRead>();
}

}  // namespace weir::app
