// Tells what happens to files in folders, at once and without polling.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "plugins/file/descriptor.hpp"

namespace weir::file {

// Owns a thread that sleeps until the kernel has news.
class FileWatcher {
 public:
  struct News {
    std::set<std::string> written;  // rows may have come to these
    std::set<std::string> moved;    // these came, went, or are other files now
    bool all = false;               // more may have happened than is known: look at everything
    bool none() const { return written.empty() && moved.empty() && !all; }
  };

  // `changed` is called on the watcher's thread when there are news where there were none. Without `growing` only files
  // count that somebody has finished writing.
  FileWatcher(bool growing, std::function<void()> changed);
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;
  ~FileWatcher();

  // Paths of news are `before` and a name. Answers whether there are news at all: the kernel may be out of watches.
  bool watch(const std::string& folder, const std::string& before);
  // [any]
  News take();

 private:
  void run();
  void read(News& news);

  bool growing_;
  std::function<void()> changed_;
  Descriptor events_;
  Descriptor stop_;
  std::mutex mutex_;
  // By watch: what comes before a name. One folder may be watched by several names.
  std::unordered_map<int, std::set<std::string>> folders_;
  News news_;
  std::thread thread_;
};

}  // namespace weir::file
