// Says which node's code a fatal signal came from.
#pragma once

namespace weir::host {

// On SIGSEGV, SIGBUS, SIGILL, SIGFPE and SIGABRT one line goes to standard error, with the node and the call that the
// thread was in; then the signal takes its usual way. Sanitizers that have a handler of their own keep it.
void installCrashReport();

// Gives the calling thread, for its life, memory on which signals are handled, so that a stack that is used up can
// still be reported. Every call into a plugin sees to it. Keeps what somebody else has set up, such as a sanitizer.
void provideSignalStack() noexcept;

}  // namespace weir::host
