#include "core/adapters/host/guard/child_process.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weir::host {

namespace {

Error failed(const char* what, int error) {
  return retryableError(std::string(what) + " failed: " + std::strerror(error) + ".");
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command) {
  // Sockets, not pipes: writing to a child that is gone then answers EPIPE instead of raising SIGPIPE.
  int input[2];
  int output[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) != 0) return failed("Making a pipe", errno);
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, output) != 0) {
    const int error = errno;
    ::close(input[0]);
    ::close(input[1]);
    return failed("Making a pipe", error);
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input[1], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, command[0].c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(input[1]);
  ::close(output[1]);
  ChildProcess child(pid, input[0], output[0]);
  if (error != 0) {
    child.pid_ = -1;
    return failed(("Starting " + command[0]).c_str(), error);
  }
  return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      buffer_(std::move(other.buffer_)) {}

ChildProcess::~ChildProcess() {
  if (input_ >= 0) ::close(input_);
  if (output_ >= 0) ::close(output_);
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

Result<void> ChildProcess::writeLine(const std::string& line) {
  const std::string text = line + "\n";
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t count = ::send(input_, text.data() + done, text.size() - done, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("Writing to a child process", errno);
    done += static_cast<std::size_t>(count);
  }
  return {};
}

Result<LineOutcome> ChildProcess::readLine(std::string& line, int milliseconds) {
  using SteadyClock = std::chrono::steady_clock;
  const auto end = SteadyClock::now() + std::chrono::milliseconds(milliseconds);
  while (true) {
    const std::size_t newline = buffer_.find('\n');
    if (newline != std::string::npos) {
      line = buffer_.substr(0, newline);
      buffer_.erase(0, newline + 1);
      return LineOutcome::Line;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    if (left <= 0) return LineOutcome::TimedOut;
    pollfd ready{output_, POLLIN, 0};
    const int count = ::poll(&ready, 1, static_cast<int>(left));
    if (count < 0 && errno != EINTR) return failed("Waiting for a child process", errno);
    if (count <= 0) continue;
    char bytes[4096];
    const ssize_t got = ::read(output_, bytes, sizeof(bytes));
    if (got == 0 || (got < 0 && errno == ECONNRESET)) return LineOutcome::End;
    if (got < 0 && errno != EINTR) return failed("Reading from a child process", errno);
    if (got > 0) buffer_.append(bytes, static_cast<std::size_t>(got));
  }
}

void ChildProcess::kill() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
}

bool ChildProcess::finish(std::string& how) {
  int status = 0;
  while (pid_ > 0 && ::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (WIFSIGNALED(status)) {
    const char* name = ::sigabbrev_np(WTERMSIG(status));
    how = std::string("signal SIG") + (name == nullptr ? "?" : name);
    return false;
  }
  how = "exit status " + std::to_string(WEXITSTATUS(status));
  return WEXITSTATUS(status) == 0;
}

std::string programPath() {
  std::error_code problem;
  return std::filesystem::read_symlink("/proc/self/exe", problem).string();
}

}  // namespace weir::host
