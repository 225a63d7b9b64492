// The runner of the tests: `weir run` as it is, on ports with faults and with bounds that are reached soon.
#include <cstdio>
#include <span>
#include <string_view>
#include <vector>

#include "app/command_line/parse.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/run.hpp"
#include "app/commands/run_table.hpp"
#include "tests/crash/faults/faults.hpp"
#include "tests/crash/faults/faulty_home.hpp"

int main(int argc, char** argv) {
  using namespace weir;
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  if (arguments.empty() || arguments[0] != "run") {
    std::fputs("usage: weir_faulty run ..., as `weir run` is called; `weir` has the other commands.\n", stderr);
    return app::kExitErrors;
  }
  app::RunOptions options;
  app::CommandTable table("run");
  app::addRunOptions(table, options);
  if (const auto parsed = app::parse(table, std::span(arguments).subspan(1)); !parsed) return app::fail(parsed.error());
  if (const auto settled = app::settle(options); !settled) return app::fail(settled.error());
  const faults::Faults faults = faults::readFaults();
  faults::change(options, faults);
  return app::runTopology(options,
                          [&faults](const app::HomeRequest& request) { return faults::openHome(request, faults); });
}
