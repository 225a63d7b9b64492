#include "plugins/file/file_sink.hpp"

#include <filesystem>

#include "weir/sdk/errors.hpp"

namespace weir::file {

std::string pathOfTask(std::string path, std::uint32_t task, std::uint32_t taskCount) {
  constexpr std::string_view kTask = "{task}";
  if (path.empty()) throw ConfigError("The parameter 'path' is empty: name a file.");
  if (path.find('\0') != std::string::npos) throw ConfigError("The parameter 'path' holds the character NUL.");
  const std::string last = std::filesystem::path(path).filename().string();
  if (last.empty() || last == "." || last == "..") throw ConfigError(path + " names a folder: name a file in it.");
  std::size_t at = path.find(kTask);
  if (at == std::string::npos && taskCount > 1) {
    throw ConfigError("The path " + path + " is written by " + std::to_string(taskCount) +
                      " tasks, which need a file each: put {task} into it, as in result-{task}.ndjson.");
  }
  const std::string digits = std::to_string(task);
  const std::string number = digits.size() < 4 ? std::string(4 - digits.size(), '0') + digits : digits;
  for (; at != std::string::npos; at = path.find(kTask, at + number.size())) path.replace(at, kTask.size(), number);
  return path;
}

namespace {

// Tells this sink from all others: of this home, of other homes, and of topologies that name the same file.
std::string ownerOf(const CreateInfo& info) {
  return std::string(info.home()) + '\n' + std::string(info.node()) + '\n' + std::to_string(info.task());
}

}  // namespace

FileSink::FileSink(const CreateInfo& info)
    : Sink(info),
      format_(info.context(), info.params().text("format", "json.json")),
      output_(pathOfTask(info.params().text("path"), info.task(), info.taskCount()),
              info.params().text("existing", "refuse") == "replace" ? OutputFile::Existing::Replace
                                                                    : OutputFile::Existing::Refuse,
              ownerOf(info)) {}

OutputFile& FileSink::output() {
  if (!recovered_) recover({});
  return output_;
}

Flow FileSink::process(std::size_t, const Batch& batch) {
  if (batch.selectedCount() == 0) return Flow::Done;
  OutputFile& file = output();
  const Encoded records = format_.encode(batch);
  for (std::size_t i = 0; i < records.size(); ++i) file.append(records[i]);
  return Flow::Done;
}

bool FileSink::prepareCommit(std::uint64_t) {
  const std::string& blob = output().prepareCommit();
  if (!blob.empty()) context().setRecovery(blob);
  return true;
}

bool FileSink::committed(std::uint64_t) {
  output().committed();
  return true;
}

void FileSink::recover(std::string_view blob) {
  output_.recover(blob);
  recovered_ = true;
  warnOfLeftBehind();
}

void FileSink::warnOfLeftBehind() {
  if (warned_) return;
  const std::string old = output_.leftBehind();
  if (old.empty()) return;
  warned_ = true;
  context().warning(old +
                    " is not of this run. An earlier version of Weir kept rows there until their first commit; they "
                    "were never committed, and other programs may read them. Remove the file if nobody else needs it.");
}

}  // namespace weir::file
