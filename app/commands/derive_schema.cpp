// Not for people: the child process behind host::DeriveClient.
#include <cstdio>
#include <iostream>
#include <string>

#include "app/commands/commands.hpp"
#include "core/adapters/host/guard/crash_report.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/adapters/host/load/derive_service.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"

namespace weir::app {

namespace {

class ErrorLog final : public Logger {
 public:
  void write(LogLevel level, std::string_view where, std::string_view text) override {
    if (level < LogLevel::Warning) return;
    std::fprintf(stderr, "weir: %.*s: %.*s\n", static_cast<int>(where.size()), where.data(),
                 static_cast<int>(text.size()), text.data());
  }
};

class DeriveSchema final : public Command {
 public:
  DeriveSchema() : Command("derive-schema") {}

  int run() override {
    host::installCrashReport();
    Result<host::FoundPlugins> found = host::findPlugins();
    if (!found) return fail(found.error());
    host::HostOptions options;
    options.trust = found->trust;
    ErrorLog log;
    const SystemClock clock;
    host::LoadedPlugins plugins(found->catalog, log, clock, options);
    host::serveDerivations(plugins, std::cin, std::cout);
    return kExitOk;
  }
};

}  // namespace

std::unique_ptr<Command> makeDeriveSchema() {
  return std::make_unique<DeriveSchema>();
}

}  // namespace weir::app
