// The operator file.source: files of lines, each a split.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "file_watcher.hpp"
#include "line_reader.hpp"
#include "path_pattern.hpp"
#include "stream_reader.hpp"
#include "stream_waiter.hpp"
#include "weir/sdk/operators.hpp"

namespace weir::file {

class FileSource final : public Source {
 public:
  explicit FileSource(const CreateInfo& info);
  void discover(const std::function<void(std::string_view id)>& found) override;
  std::unique_ptr<SplitReader> open(const Split& split) override;
  void onTimer(std::int64_t now) override;

 private:
  using Inode = std::pair<std::uint64_t, std::uint64_t>;  // device, inode
  struct Facts {
    std::int64_t size = 0;
    std::int64_t changedSeconds = 0;
    std::int64_t changedNanoseconds = 0;
    friend bool operator==(const Facts&, const Facts&) = default;
  };
  struct Known {
    std::string id;
    Facts facts;
  };

  void scan();
  std::optional<std::string> identify(const std::string& path);
  void refuseFolder() const;
  std::unique_ptr<SplitReader> openStreamSplit(const Split& split, const std::string& path);
  void watchFolder(const std::string& folder);

  PathPattern pattern_;
  ReadOptions options_;
  bool growing_ = false;  // files are waited for: what is there is not all
  // Shared with the buffers that are on their way.
  std::shared_ptr<BufferPool> pool_;
  std::map<Inode, Known> known_;
  std::map<std::string, std::string> paths_;  // by split id
  std::set<std::string> watched_;
  std::set<std::string> warned_;
  std::set<std::string> endedStreams_;
  // Last: their threads must stop before the rest goes.
  std::unique_ptr<FileWatcher> watcher_;
  std::unique_ptr<StreamWaiter> waiter_;
};

}  // namespace weir::file
