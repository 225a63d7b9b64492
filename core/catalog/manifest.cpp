#include "core/catalog/manifest.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/base/closest_name.hpp"

namespace weir::catalog {

namespace {

constexpr std::array kParamTypes = {"text",   "integer", "number", "boolean",    "duration",
                                    "choice", "field",   "fields", "expression", "format",
                                    "path",   "list",    "object", "schema",     "any"};

template <typename Item>
const Item* named(const std::vector<Item>& items, std::string_view name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

std::optional<std::size_t> indexOf(const std::vector<PortSpec>& ports, std::string_view name) {
  const PortSpec* const port = named(ports, name);
  if (port == nullptr) return std::nullopt;
  return static_cast<std::size_t>(port - ports.data());
}

}  // namespace

std::string_view paramTypeName(ParamType type) {
  return kParamTypes.at(static_cast<std::size_t>(type));
}

const ParamSpec* OperatorSpec::param(std::string_view name) const {
  return named(params, name);
}

const MetricSpec* OperatorSpec::metric(std::string_view name) const {
  return named(metrics, name);
}

std::optional<std::size_t> OperatorSpec::input(std::string_view name) const {
  return indexOf(inputs, name);
}

std::optional<std::size_t> OperatorSpec::output(std::string_view name) const {
  return indexOf(outputs, name);
}

const OperatorSpec* Manifest::find(std::string_view operatorId) const {
  const auto found = std::find_if(operators.begin(), operators.end(),
                                  [&](const OperatorSpec& candidate) { return candidate.id == operatorId; });
  return found == operators.end() ? nullptr : &*found;
}

Result<void> Catalog::add(CatalogEntry entry) {
  if (const CatalogEntry* const other = plugin(entry.manifest.plugin)) {
    return configError("There are two plugins named '" + entry.manifest.plugin + "': " + other->libraryPath + " and " +
                       entry.libraryPath + ". Remove one of them from the plugin folders.");
  }
  entries_.push_back(std::move(entry));
  return {};
}

void Catalog::addOthers(const Catalog& others) {
  for (const CatalogEntry& entry : others.entries_) {
    if (plugin(entry.manifest.plugin) == nullptr) entries_.push_back(entry);
  }
  refused_.insert(refused_.end(), others.refused_.begin(), others.refused_.end());
}

const OperatorSpec* Catalog::find(std::string_view use) const {
  if (isPartUse(use)) {
    const auto part = parts_.find(use);
    return part == parts_.end() ? nullptr : &part->second;
  }
  const std::size_t point = use.find('.');
  if (point == std::string_view::npos) return nullptr;
  const CatalogEntry* const entry = plugin(use.substr(0, point));
  return entry == nullptr ? nullptr : entry->manifest.find(use.substr(point + 1));
}

std::vector<std::string> Catalog::names(OperatorKind kind) const {
  std::vector<std::string> names;
  for (const CatalogEntry& entry : entries_) {
    for (const OperatorSpec& spec : entry.manifest.operators) {
      if (spec.kind == kind) names.push_back(entry.manifest.plugin + "." + spec.id);
    }
  }
  return names;
}

const CatalogEntry* Catalog::plugin(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const CatalogEntry& entry) { return entry.manifest.plugin == name; });
  return found == entries_.end() ? nullptr : &*found;
}

const RefusedPlugin* Catalog::refusedAs(std::string_view plugin) const {
  const auto found = std::find_if(refused_.begin(), refused_.end(), [&](const RefusedPlugin& one) {
    return std::filesystem::path(one.path).stem() == plugin;
  });
  return found == refused_.end() || this->plugin(plugin) != nullptr ? nullptr : &*found;
}

std::string Catalog::whyMissing(std::string_view plugin) const {
  if (const RefusedPlugin* const meant = refusedAs(plugin)) return meant->path + " was refused: " + meant->reason;
  if (!entries_.empty()) {
    return "Install it in a plugin folder (`weir plugins` lists what was found, and what was refused).";
  }
  if (refused_.empty()) return "No plugins were found: set WEIR_PLUGIN_PATH to the folder that holds them.";
  if (refused_.size() == 1) return "All that was found was refused: " + refused_[0].reason;
  return "All that was found was refused, " + std::to_string(refused_.size()) +
         " files (`weir plugins` lists them). The first: " + refused_[0].reason;
}

}  // namespace weir::catalog
