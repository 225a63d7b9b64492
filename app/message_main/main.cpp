// weir-message FORM [OUT]: writes the topology on its standard input as a Protobuf message. For `weir fmt --to` alone,
// which has found the topology well.
#include <cstdio>
#include <string>
#include <string_view>

#include "app/commands/exit_status.hpp"
#include "core/base/read_file.hpp"
#include "core/base/write_file.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/file/topology_message.hpp"

namespace {

using namespace weir::app;  // NOLINT: this is a part of it

int fail(const char* why, int status) {
  std::fprintf(stderr, "weir: %s\n", why);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fail("weir-message is called by `weir fmt --to`.", kExitErrors);
  const weir::Result<std::string> text = weir::readFile("-", SIZE_MAX);
  if (!text) return fail(text.error().message.c_str(), kExitFailed);
  const weir::topology::ReadOutcome read = weir::topology::readTopology(*text);
  if (!read.topology) return fail("There is no topology on the standard input.", kExitErrors);
  const std::string message = std::string_view(argv[1]) == "json" ? weir::topology::messageJson(*read.topology)
                                                                  : weir::topology::messageBytes(*read.topology);
  if (argc > 2) {
    const weir::Result<void> written = weir::writeFile(argv[2], message);
    return written ? kExitOk : fail(written.error().message.c_str(), kExitFailed);
  }
  if (std::fwrite(message.data(), 1, message.size(), stdout) == message.size() && std::fflush(stdout) == 0)
    return kExitOk;
  return fail("The standard output takes no more: what was printed is not whole.", kExitFailed);
}
