// weir-message FORM [OUT]: writes the topology on its standard input as a Protobuf message. For `weir fmt --to` alone,
// which has found the topology well.
#include <cstdio>
#include <string>
#include <string_view>

#include "app/commands/exit_status.hpp"
#include "app/commands/standard_output.hpp"
#include "core/base/printable.hpp"
#include "core/base/read_file.hpp"
#include "core/base/write_file.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/file/topology_message.hpp"

namespace {

using namespace weir::app;  // NOLINT: this is a part of it

int fail(std::string_view why, int status) {
  std::fprintf(stderr, "weir: %s\n", weir::printable(why).c_str());
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fail("weir-message is called by `weir fmt --to`.", kExitErrors);
  const weir::Result<std::string> text = weir::readFile("-", SIZE_MAX);
  if (!text) return fail(text.error().message, kExitFailed);
  const weir::topology::ReadOutcome read = weir::topology::readTopology(*text);
  if (!read.topology) return fail("There is no topology on the standard input.", kExitErrors);
  const std::string message = std::string_view(argv[1]) == "json" ? weir::topology::messageJson(*read.topology)
                                                                  : weir::topology::messageBytes(*read.topology);
  if (argc > 2) {
    const weir::Result<void> written = weir::writeFile(argv[2], message);
    return written ? kExitOk : fail(written.error().message, kExitFailed);
  }
  std::fwrite(message.data(), 1, message.size(), stdout);  // a failure stays with the stream
  return afterWriting(kExitOk);
}
