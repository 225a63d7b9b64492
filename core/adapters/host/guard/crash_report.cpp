#include "core/adapters/host/guard/crash_report.hpp"

#include <csignal>
#include <cstring>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

#include "core/adapters/host/guard/call_scope.hpp"

namespace weir::host {

namespace {

// Everything below runs in a signal handler: no allocation, no locks, no stdio.
void put(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string_view nameOf(int signal) {
  switch (signal) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGILL: return "SIGILL";
    case SIGFPE: return "SIGFPE";
    case SIGABRT: return "SIGABRT";
    default: return "a fatal signal";
  }
}

void report(int signal) {
  put("weir: ");
  put(nameOf(signal));
  if (const CallMark* mark = CallScope::currentMark()) {
    put(" in node '");
    put(mark->node());
    put("' (");
    put(mark->use());
    put("), during ");
    put(CallScope::currentCall());
    put("; committed work is safe, and a new start goes on from there\n");
  } else {
    put(" outside of any plugin\n");
  }
  ::raise(signal);  // SA_RESETHAND has put the usual action back
}

class SignalStack {
 public:
  SignalStack() noexcept {
    stack_t known{};
    if (::sigaltstack(nullptr, &known) != 0 || (known.ss_flags & SS_DISABLE) == 0) return;
    void* const memory = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t mine{};
    mine.ss_sp = memory;
    mine.ss_size = kBytes;
    if (::sigaltstack(&mine, nullptr) == 0) {
      memory_ = memory;
    } else {
      ::munmap(memory, kBytes);
    }
  }
  ~SignalStack() {
    if (memory_ == nullptr) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
    ::munmap(memory_, kBytes);
  }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  static constexpr std::size_t kBytes = 64 << 10;  // the state of a CPU takes some kilobytes of it
  void* memory_ = nullptr;
};

}  // namespace

void provideSignalStack() noexcept {
  thread_local const SignalStack stack;
  static_cast<void>(stack);
}

void installCrashReport() {
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
    struct sigaction previous {};
    ::sigaction(signal, nullptr, &previous);
    if ((previous.sa_flags & SA_SIGINFO) != 0 || previous.sa_handler != SIG_DFL) continue;
    struct sigaction action {};
    action.sa_handler = report;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
    ::sigaction(signal, &action, nullptr);
  }
}

}  // namespace weir::host
