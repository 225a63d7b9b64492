#define BOOST_DLL_USE_STD_FS 1  // the alias classes of Boost.DLL then are those of the standard
#include "core/adapters/host/library/plugin_library.hpp"

#include <exception>
#include <utility>

#include <unistd.h>
#include <boost/dll/shared_library.hpp>

#include "core/catalog/read_manifest.hpp"
#include "weir/sdk/known_part.hpp"

namespace weir::host {

namespace {

std::string version(std::uint16_t major, std::uint16_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

weir_kind kindOf(catalog::OperatorKind kind) {
  switch (kind) {
    case catalog::OperatorKind::Source: return WEIR_KIND_SOURCE;
    case catalog::OperatorKind::Processor: return WEIR_KIND_PROCESSOR;
    case catalog::OperatorKind::Sink: return WEIR_KIND_SINK;
    case catalog::OperatorKind::Format: return WEIR_KIND_FORMAT;
    case catalog::OperatorKind::Function: return WEIR_KIND_FUNCTION;
    case catalog::OperatorKind::Aggregate: return WEIR_KIND_AGGREGATE;
  }
  return WEIR_KIND_PROCESSOR;
}

Error mismatch(const std::string& path, const std::string& what) {
  return configError("The plugin " + path + " does not match its own manifest: " + what +
                     ". Build it again from one plugin.json.");
}

bool isComplete(const OperatorTable& table) {
  switch (table.calls.kind) {
    case WEIR_KIND_SOURCE:
      return table.source.discover != nullptr && table.source.open_split != nullptr && table.source.read != nullptr;
    case WEIR_KIND_FORMAT: return table.format.decode != nullptr || table.format.encode != nullptr;
    case WEIR_KIND_FUNCTION: return table.function.evaluate != nullptr;
    case WEIR_KIND_AGGREGATE:
      return table.aggregate.add != nullptr && table.aggregate.merge != nullptr && table.aggregate.finish != nullptr;
    default: return table.calls.process != nullptr;
  }
}

// What a table of an operator needs to be of use at all.
Result<void> checkTable(const OperatorTable& table, const std::string& path) {
  const weir_operator& calls = table.calls;
  const std::string id = calls.id;
  if ((calls.create == nullptr) != (calls.destroy == nullptr)) {
    return mismatch(path, "operator '" + id + "' has only one of create and destroy");
  }
  if (isComplete(table)) return {};
  return mismatch(path, "operator '" + id + "' lacks the functions of its kind");
}

// Boost.DLL tells what the loader said only by throwing; this is the one place where it may.
Result<const weir_plugin_info*> openForGood(const TrustedFile& file) {
  try {
    // With an allow-list the file that was hashed is the one to load, whatever its name stands for by now. Without one
    // the name is used, so that a plugin finds libraries beside itself ($ORIGIN): nobody else may write there.
    const std::string name = file.sha256().empty()
                                 ? file.path()
                                 : "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file.descriptor());
    const boost::dll::load_mode::type mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local;
    // Never unloaded, so nobody may own it.
    auto* library = new boost::dll::shared_library(name, mode);  // NOLINT(cppcoreguidelines-owning-memory)
    if (!library->has(WEIR_PLUGIN_SYMBOL)) {
      return configError("The library " + file.path() +
                         " does not export the symbol " WEIR_PLUGIN_SYMBOL
                         ", so it is no plugin. WEIR_PLUGIN(...) exports it; weir_add_plugin keeps it visible.");
    }
    return &library->get<const weir_plugin_info>(WEIR_PLUGIN_SYMBOL);
  } catch (const std::exception& error) {
    return configError("The plugin " + file.path() + " cannot be loaded: " + error.what() + ".");
  }
}

}  // namespace

Result<void> checkVersion(const weir_plugin_info& info, const std::string& path, std::uint16_t hostMinor) {
  const std::string theirs = version(info.abi_major, info.abi_minor);
  const std::string ours = version(WEIR_ABI_MAJOR, hostMinor);
  if (info.abi_major != WEIR_ABI_MAJOR) {
    return configError("The plugin " + path + " was built for plugin ABI " + theirs + "; this Weir has " + ours +
                       ". Build it again with the SDK of this Weir.");
  }
  if (info.abi_minor > hostMinor) {
    return configError("The plugin " + path + " needs plugin ABI " + theirs + "; this Weir has only " + ours +
                       ". Install a newer Weir.");
  }
  if (info.struct_size < sizeof(weir_plugin_info)) {
    return configError("The plugin " + path + " describes itself in " + std::to_string(info.struct_size) +
                       " bytes where ABI " + theirs + " has " + std::to_string(sizeof(weir_plugin_info)) +
                       ". Build it again with the SDK of this Weir.");
  }
  return {};
}

Result<std::unique_ptr<PluginLibrary>> PluginLibrary::load(const catalog::CatalogEntry& entry,
                                                           const TrustPolicy& policy, CallRegistry& calls) {
  WEIR_TRY_ASSIGN(file, openTrusted(entry.libraryPath, policy));
  WEIR_TRY_ASSIGN(manifest, catalog::readManifestText(file.descriptor(), file.path()));
  // The topology was checked against the manifest of the catalog.
  if (manifest != entry.manifest.text) {
    return configError("The plugin " + file.path() +
                       " has another manifest than when it was found: it was replaced since. Start again.");
  }
  CallMark mark(calls, entry.manifest.plugin, entry.libraryPath);
  const CallScope scope(mark, "load");
  WEIR_TRY_ASSIGN(info, openForGood(file));
  WEIR_TRY(file.unchanged());
  const std::string& path = file.path();
  WEIR_TRY(checkVersion(*info, path));

  std::unique_ptr<PluginLibrary> library(new PluginLibrary);
  library->manifest_ = entry.manifest;
  library->path_ = path;
  if (info->operators == nullptr && info->operator_count != 0)
    return mismatch(path, "its list of operators is missing");
  for (std::size_t i = 0; i < info->operator_count; ++i) {
    const weir_operator* given = info->operators[i];
    if (given == nullptr || given->struct_size < offsetof(weir_operator, create) || given->id == nullptr) {
      return mismatch(path, "operator number " + std::to_string(i) + " has no id");
    }
    auto table = std::make_unique<OperatorTable>();
    table->calls = knownPart(given);
    table->source = knownPart(table->calls.source);
    table->format = knownPart(table->calls.format);
    table->function = knownPart(table->calls.function);
    table->aggregate = knownPart(table->calls.aggregate);
    const catalog::OperatorSpec* spec = entry.manifest.find(given->id);
    if (spec == nullptr) return mismatch(path, "it has an operator '" + std::string(given->id) + "' of its own");
    if (kindOf(spec->kind) != given->kind) {
      return mismatch(path, "operator '" + spec->id + "' is of another kind there");
    }
    WEIR_TRY(checkTable(*table, path));
    library->operators_.push_back(std::move(table));
  }
  for (const catalog::OperatorSpec& spec : entry.manifest.operators) {
    if (library->find(spec.id) == nullptr) return mismatch(path, "it lacks the operator '" + spec.id + "'");
  }
  if (!file.sha256().empty()) static_cast<void>(file.leak());  // its name stays valid for debuggers
  return library;
}

const OperatorTable* PluginLibrary::find(std::string_view id) const {
  for (const auto& table : operators_) {
    if (id == table->calls.id) return table.get();
  }
  return nullptr;
}

}  // namespace weir::host
