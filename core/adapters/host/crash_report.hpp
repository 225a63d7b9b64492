// Says which node's code a fatal signal came from.
#pragma once

namespace weir::host {

// On SIGSEGV, SIGBUS, SIGILL, SIGFPE and SIGABRT one line goes to standard error, with the node and the call that the
// thread was in; then the signal takes its usual way. Sanitizers that have a handler of their own keep it.
void installCrashReport();

}  // namespace weir::host
