// What became of an answer on the standard output. Header only: weir-message, which links next to nothing, has it too.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/commands/exit_status.hpp"

namespace weir::app {

// Once everything has been printed. An answer that did not reach its reader is no success; that a reader has had enough
// is nothing to speak of.
inline int afterWriting(int status) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  // Where an earlier piece was not taken nobody has kept the reason: one more byte, of an answer that is broken, tells
  // it.
  if (errno == 0 && ::write(STDOUT_FILENO, "\n", 1) == 1) errno = EIO;
  if (errno == EPIPE) return kExitUnread;
  std::fprintf(stderr, "weir: The standard output takes no more (%s): what was printed is not whole.\n",
               std::strerror(errno));
  return status == kExitOk ? kExitFailed : status;
}

}  // namespace weir::app
