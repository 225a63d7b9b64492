// Tells when something can be read from a FIFO, pipe or terminal, without polling.
#pragma once

#include <functional>
#include <thread>

#include "plugins/file/descriptor.hpp"

namespace weir::file {

// Owns a thread that sleeps until the kernel has news. `readable` is called on that thread.
class StreamWaiter {
 public:
  explicit StreamWaiter(std::function<void()> readable);
  StreamWaiter(const StreamWaiter&) = delete;
  StreamWaiter& operator=(const StreamWaiter&) = delete;
  ~StreamWaiter();

  // [any] Calls `readable` once when there is something to read or the end has come.
  void await(int stream);

 private:
  void run();

  std::function<void()> readable_;
  Descriptor events_;
  Descriptor stop_;
  std::thread thread_;
};

}  // namespace weir::file
