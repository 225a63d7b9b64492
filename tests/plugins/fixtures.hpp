// A small vocabulary for tests that load fixture plugins.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <QtTest/QtTest>

#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"
#include "core/base/logger.hpp"
#include "core/catalog/manifest.hpp"
#include "core/catalog/read_manifest.hpp"
#include "tests/program/places.hpp"

namespace weir {

inline std::string fixture(const std::string& name) {
  return weir::places::inBuild(QString("fixtures/fixture_%1.so").arg(QString::fromStdString(name))).toStdString();
}

class NoLog final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::string_view) override {}
};

// A host that knows one fixture.
struct OneFixture {
  explicit OneFixture(const std::string& name, host::HostOptions options = {}) {
    Result<catalog::Manifest> manifest = catalog::readManifest(fixture(name));
    if (!manifest) qFatal("%s", manifest.error().message.c_str());
    catalog::Catalog catalog;
    static_cast<void>(catalog.add({std::move(*manifest), fixture(name)}));
    plugins = std::make_unique<host::LoadedPlugins>(std::move(catalog), log, clock, std::move(options));
  }
  NoLog log;
  ManualClock clock;
  std::unique_ptr<host::LoadedPlugins> plugins;
};

// What the test kit says when it refuses; empty: it did not.
template <typename F>
std::string refusal(F&& call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

inline bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) qWarning("\"%s\" is not in: %s", part.c_str(), text.c_str());
  return found;
}

}  // namespace weir
