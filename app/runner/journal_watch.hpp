// Waits until a runner has committed something to a home, or nobody wants to hear of it any more.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"

namespace weir::app {

// One thread at a time.
class JournalWatch {
 public:
  // `folder` holds the journal. What happens to it from here on ends the next wait.
  static Result<std::unique_ptr<JournalWatch>> make(const std::string& folder);
  ~JournalWatch();
  JournalWatch(const JournalWatch&) = delete;
  JournalWatch& operator=(const JournalWatch&) = delete;

  // Returns at once when something has happened since the last call. False: who reads what is written to `out`, a pipe
  // or a socket, has gone.
  Result<bool> wait(int out);

 private:
  explicit JournalWatch(int handle) : handle_(handle) {}
  int handle_;  // inotify
};

}  // namespace weir::app
