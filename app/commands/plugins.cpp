#include <cstdio>
#include <string>

#include "app/commands/commands.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"
#include "weir/abi/plugin.h"

namespace weir::app {

namespace {

// What the designer's palette is made from: every manifest as its plugin has it.
json::Value asJson(const host::FoundPlugins& found) {
  json::Value plugins = json::Value::list();
  for (const catalog::CatalogEntry& entry : found.catalog.entries()) {
    json::Value plugin = json::Value::object();
    plugin.set("plugin", json::Value::text(entry.manifest.plugin));
    plugin.set("version", json::Value::text(entry.manifest.version));
    plugin.set("path", json::Value::text(entry.libraryPath));
    const Result<json::Value> manifest = json::parseText(entry.manifest.text);
    if (manifest) plugin.set("manifest", *manifest);
    plugins.items().push_back(std::move(plugin));
  }
  json::Value refused = json::Value::list();
  for (const catalog::RefusedPlugin& plugin : found.catalog.refused()) {
    json::Value item = json::Value::object();
    item.set("path", json::Value::text(plugin.path));
    item.set("reason", json::Value::text(plugin.reason));
    refused.items().push_back(std::move(item));
  }
  json::Value abi = json::Value::object();
  abi.set("major", json::Value::number(WEIR_ABI_MAJOR));
  abi.set("minor", json::Value::number(WEIR_ABI_MINOR));
  json::Value all = json::Value::object();
  all.set("abi", std::move(abi));
  all.set("plugins", std::move(plugins));
  all.set("refused", std::move(refused));
  return all;
}

// "(latitude, longitude)" of a function or an aggregate.
std::string argumentsOf(const catalog::OperatorSpec& spec) {
  if (!catalog::isPure(spec.kind)) return "";
  std::string names;
  for (const catalog::ArgumentSpec& argument : spec.signature.arguments) {
    names += (names.empty() ? "" : ", ") + argument.name;
  }
  return "(" + names + (spec.signature.variadic ? ", ...)" : ")");
}

std::string asText(const host::FoundPlugins& found, const std::vector<std::string>& folders) {
  std::string out;
  for (const catalog::CatalogEntry& entry : found.catalog.entries()) {
    out += entry.manifest.plugin + " " + entry.manifest.version + "  " + entry.libraryPath + "\n";
    for (const catalog::OperatorSpec& spec : entry.manifest.operators) {
      const std::string use = entry.manifest.plugin + "." + spec.id + argumentsOf(spec);
      out += "  " + use + std::string(use.size() < 24 ? 24 - use.size() : 1, ' ') + spec.title + "\n";
    }
  }
  if (!found.catalog.refused().empty()) out += "refused:\n";
  for (const catalog::RefusedPlugin& plugin : found.catalog.refused())
    out += "  " + plugin.path + "\n    " + plugin.reason + "\n";
  if (!out.empty()) return out;
  out = "No plugins were found in:\n";
  for (const std::string& folder : folders) out += "  " + folder + "\n";
  return out + "Set WEIR_PLUGIN_PATH to the folders that hold them, separated by colons.\n";
}

class Plugins final : public Command {
 public:
  Plugins() : Command("plugins") { table_.flag("--json", json_, "as JSON, with the whole manifests"); }

  int run() override {
    const Result<host::FoundPlugins> found = host::findPlugins();
    if (!found) return fail(found.error());
    const std::string text = json_ ? json::write(asJson(*found)) + "\n" : asText(*found, host::pluginFolders());
    std::fputs(text.c_str(), stdout);
    return kExitOk;
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> makePlugins() {
  return std::make_unique<Plugins>();
}

}  // namespace weir::app
