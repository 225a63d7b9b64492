// The operator file.source: files of lines, each a split.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "plugins/file/file_index.hpp"
#include "plugins/file/file_watcher.hpp"
#include "plugins/file/line_reader.hpp"
#include "plugins/file/open_files.hpp"
#include "plugins/file/path_pattern.hpp"
#include "plugins/file/stream_reader.hpp"
#include "plugins/file/stream_waiter.hpp"
#include "weir/sdk/operators.hpp"

namespace weir::file {

class FileSource final : public Source {
 public:
  explicit FileSource(const CreateInfo& info);
  void restore(const Split& split) override;
  void discover(const SplitFound& found) override;
  void changes(const SplitChanges& tell);
  std::unique_ptr<SplitReader> open(const Split& split) override;
  void onTimer(std::int64_t now) override;

 private:
  void lookAtAll();
  void lookAtNews();
  // A folder, or a device that has no rows or no end.
  void refuseWhatIsNoInput() const;
  // The path names a FIFO, a pipe or a terminal.
  bool findStream();
  std::unique_ptr<SplitReader> openStreamSplit(const Split& split);
  void watchFolder(const std::string& folder, const std::string& before);
  void watchTarget(const std::string& path);
  void planNextLook(std::int64_t took);
  void askForTimer();
  bool matches(const std::string& path) const;

  PathPattern pattern_;
  LineReader::Surroundings surroundings_;
  OpenFiles files_;
  FileIndex index_;
  std::set<std::string> watched_;
  std::map<std::string, std::string> links_;  // by what they point to
  std::set<std::string> warned_;
  bool trusted_ = true;  // the kernel tells of everything that happens in the folders
  std::int64_t nextLook_ = INT64_MAX;
  std::int64_t nextForget_ = INT64_MAX;
  std::int64_t nextAgain_ = INT64_MAX;  // for paths that are undecided
  std::int64_t asked_ = INT64_MAX;      // the timer that has been asked for
  std::string stream_;                  // id of the split that is one
  bool streamEnded_ = false;
  std::atomic<bool> fileNews_{false};
  std::atomic<bool> streamNews_{false};
  // Last: their threads must stop before the rest goes.
  std::unique_ptr<FileWatcher> watcher_;
  std::unique_ptr<StreamWaiter> waiter_;
};

}  // namespace weir::file
