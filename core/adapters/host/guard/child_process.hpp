// A child process with pipes to its standard input and output.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/result.hpp"

namespace weir::host {

enum class LineOutcome : std::uint8_t { Line, End, TimedOut };

class ChildProcess {
 public:
  // `command[0]` is the program's path. Standard error is shared.
  static Result<ChildProcess> start(const std::vector<std::string>& command);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();  // ends the child, if it still runs

  Result<void> writeLine(const std::string& line);
  // Waits at most so long for a line (without its end).
  Result<LineOutcome> readLine(std::string& line, int milliseconds);
  void kill();
  // Waits for the end. 0 when the child exited well; "exit status 3", "signal SIGSEGV" go to `how`.
  bool finish(std::string& how);

 private:
  ChildProcess(pid_t pid, int input, int output) : pid_(pid), input_(input), output_(output) {}
  pid_t pid_;
  int input_;
  int output_;
  std::string buffer_;
};

// The path of this program: for children that are this program again.
std::string programPath();

}  // namespace weir::host
