#include "adapters/host/crash_report.hpp"

#include <csignal>
#include <cstring>
#include <string_view>

#include <unistd.h>

#include "adapters/host/call_scope.hpp"

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

}  // namespace

void installCrashReport() {
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
    struct sigaction previous {};
    ::sigaction(signal, nullptr, &previous);
    if ((previous.sa_flags & SA_SIGINFO) != 0 || previous.sa_handler != SIG_DFL) continue;
    struct sigaction action {};
    action.sa_handler = report;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    ::sigaction(signal, &action, nullptr);
  }
}

}  // namespace weir::host
