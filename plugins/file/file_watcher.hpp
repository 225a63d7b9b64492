// Tells when something happens in a folder, at once and without polling.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "descriptor.hpp"

namespace weir::file {

// Owns a thread that sleeps until the kernel has news. `changed` is called on that thread.
class FileWatcher {
 public:
  explicit FileWatcher(std::function<void()> changed);
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;
  ~FileWatcher();

  // Whether there are news at all: the kernel may be out of watches, and network folders give none.
  bool watch(const std::string& folder);

 private:
  void run();

  std::function<void()> changed_;
  Descriptor news_;
  Descriptor stop_;
  std::thread thread_;
};

}  // namespace weir::file
