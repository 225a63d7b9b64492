#include "core/adapters/host/load/loaded_plugins.hpp"

#include <utility>

#include "core/adapters/host/call/bridged_format.hpp"
#include "core/adapters/host/call/bridged_operator.hpp"
#include "core/adapters/host/call/bridged_pure.hpp"
#include "core/adapters/host/call/config_view.hpp"
#include "core/adapters/host/guard/status.hpp"
#include "core/adapters/host/load/operator_setup.hpp"
#include "core/base/closest_name.hpp"
#include "core/base/log_limit.hpp"
#include "core/catalog/format_use.hpp"
#include "core/topology/graph/plugin_functions.hpp"

namespace weir::host {

// Formats and derive_schema may log and ask the time, and nothing else.
class LoadedPlugins::Quiet final : public runtime::NodeServices {
 public:
  Quiet(Logger& logger, const Clock& clock) : log_(logger, clock, "plugins"), clock_(clock) {}
  void log(LogLevel level, std::string_view text) override { log_.write(level, text); }
  Timestamp now() const override { return clock_.now(); }
  void wake() override {}
  bool emit(std::uint32_t, const weir_batch*) override { return true; }
  void deadLetter(const weir_batch*, std::span<const std::uint32_t>, std::string_view) override {}
  void wakeAt(Timestamp) override {}
  void requestCommit() override {}
  Result<void> setRecovery(std::string_view) override { return refusal("a recovery blob"); }
  Result<runtime::Metric*> metric(std::string_view, runtime::MetricKind) override { return refusal("counters"); }
  Result<runtime::NodeStore*> store(std::string_view) override { return refusal("state"); }

 private:
  static Error refusal(const std::string& what) {
    return configError("Formats and derive_schema have no " + what + ".");
  }
  LogLimit log_;
  const Clock& clock_;
};

LoadedPlugins::LoadedPlugins(catalog::Catalog catalog, Logger& logger, const Clock& clock, HostOptions options)
    : catalog_(std::move(catalog)),
      functions_(topology::functionsOf(catalog_)),
      options_(std::move(options)),
      quiet_(std::make_unique<Quiet>(logger, clock)) {}

LoadedPlugins::~LoadedPlugins() = default;

Result<PluginLibrary*> LoadedPlugins::library(const catalog::CatalogEntry& entry) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<PluginLibrary>& known = libraries_[entry.manifest.plugin];
  if (!known) {
    WEIR_TRY_ASSIGN(loaded, PluginLibrary::load(entry, options_.trust, calls_));
    known = std::move(loaded);
  }
  return known.get();
}

Result<void> LoadedPlugins::load(const std::string& plugin) {
  const catalog::CatalogEntry* entry = catalog_.plugin(plugin);
  if (entry == nullptr) return configError("There is no plugin '" + plugin + "'.");
  WEIR_TRY(library(*entry));
  return {};
}

Result<const catalog::OperatorSpec*> LoadedPlugins::findSpec(const std::string& use) const {
  const std::string plugin = use.substr(0, use.find('.'));
  const catalog::CatalogEntry* entry = catalog_.plugin(plugin);
  if (entry == nullptr) {
    std::vector<std::string_view> names;
    for (const catalog::CatalogEntry& known : catalog_.entries()) names.emplace_back(known.manifest.plugin);
    return configError("There is no plugin '" + plugin + "' (for '" + use + "')." + didYouMean(plugin, names) + " " +
                       catalog_.whyMissing(plugin));
  }
  const std::string id = use.size() > plugin.size() ? use.substr(plugin.size() + 1) : "";
  const catalog::OperatorSpec* spec = entry->manifest.find(id);
  if (spec == nullptr) {
    std::vector<std::string_view> names;
    for (const catalog::OperatorSpec& known : entry->manifest.operators) names.emplace_back(known.id);
    return configError("The plugin '" + plugin + "' has no operator '" + id + "'." + didYouMean(id, names));
  }
  return spec;
}

Result<LoadedPlugins::Found> LoadedPlugins::find(const std::string& use) {
  WEIR_TRY_ASSIGN(spec, findSpec(use));
  WEIR_TRY_ASSIGN(loaded, library(*catalog_.plugin(use.substr(0, use.find('.')))));
  return Found{loaded->find(spec->id), spec};
}

std::unique_ptr<weir_context> LoadedPlugins::makeContext(const catalog::OperatorSpec& manifest,
                                                         const runtime::InstanceSpec& spec,
                                                         runtime::NodeServices& services, bool computes) {
  auto context = std::make_unique<weir_context>(calls_, spec.node, spec.use, services);
  context->spec = &manifest;
  context->topology = spec.topology;
  context->home = spec.home.id;
  context->inputs = spec.inputs;
  context->outputs = spec.outputs;
  context->checks = options_.checks;
  context->openFormat = [this, node = spec.node, services = &services](
                            const std::string& text, const std::string& params,
                            const SchemaRef& schema) -> Result<std::unique_ptr<runtime::FormatInstance>> {
    // Parameters that the operator has of its own count instead of those of the topology.
    WEIR_TRY_ASSIGN(format, catalog::readFormat(text));
    return createFormat(node, format.use, params == "{}" ? format.params : params, schema, services);
  };
  context->functions.known = functions_;
  if (computes) {
    context->functions.open = [this, node = spec.node, services = &services](const expr::FunctionSignature& function,
                                                                             const SchemaRef& arguments,
                                                                             const Field& result) {
      return openFunction(node, function.name, arguments, result, services);
    };
  }
  context->openAggregate = [this, node = spec.node, services = &services, computes](const std::string& use,
                                                                                    const SchemaRef& arguments) {
    return openAggregate(node, use, arguments, computes, services);
  };
  return context;
}

std::unique_ptr<weir_context> LoadedPlugins::pureContext(const Found& found, const std::string& node,
                                                         const std::string& use, const SchemaRef& arguments,
                                                         const Field& result, runtime::NodeServices& services) {
  auto context = std::make_unique<weir_context>(calls_, node, use, services);
  context->spec = found.spec;
  context->inputs = {arguments};
  context->outputs = {makeSchema(Schema{{result}})};
  context->checks = options_.checks;
  return context;
}

Result<std::unique_ptr<expr::FunctionCall>> LoadedPlugins::openFunction(const std::string& node, const std::string& use,
                                                                        const SchemaRef& arguments, const Field& result,
                                                                        runtime::NodeServices* services) {
  WEIR_TRY_ASSIGN(found, find(use));
  runtime::NodeServices& used = services == nullptr ? *quiet_ : *services;
  auto call =
      std::make_unique<BridgedFunction>(*found.table, pureContext(found, node, use, arguments, result, used), result);
  WEIR_TRY(call->create());
  return std::unique_ptr<expr::FunctionCall>(std::move(call));
}

Result<std::unique_ptr<weir_aggregate>> LoadedPlugins::openAggregate(const std::string& node, const std::string& use,
                                                                     const SchemaRef& arguments, bool computes,
                                                                     runtime::NodeServices* services) {
  WEIR_TRY_ASSIGN(spec, findSpec(use));
  if (spec->kind != catalog::OperatorKind::Aggregate) return configError("'" + use + "' is not an aggregate.");
  auto aggregate = std::make_unique<weir_aggregate>();
  aggregate->signature = &spec->signature;
  aggregate->arguments = arguments;
  WEIR_TRY_ASSIGN(result, topology::pureResult(*spec, use, arguments->schema()));
  aggregate->result = std::move(result);
  if (!computes) return aggregate;
  WEIR_TRY_ASSIGN(found, find(use));
  runtime::NodeServices& used = services == nullptr ? *quiet_ : *services;
  aggregate->instance = std::make_unique<BridgedAggregate>(
      *found.table, pureContext(found, node, use, arguments, aggregate->result, used), aggregate->result);
  WEIR_TRY(aggregate->instance->create());
  return aggregate;
}

Result<std::unique_ptr<runtime::OperatorInstance>> LoadedPlugins::create(const runtime::InstanceSpec& spec) {
  WEIR_TRY_ASSIGN(found, find(spec.use));
  auto instance = std::make_unique<BridgedOperator>(*found.table, makeContext(*found.spec, spec, *spec.services, true));
  WEIR_TRY(instance->create(spec));
  return std::unique_ptr<runtime::OperatorInstance>(std::move(instance));
}

Result<std::unique_ptr<runtime::FormatInstance>> LoadedPlugins::createFormat(const std::string& node,
                                                                             const std::string& use,
                                                                             const std::string& params,
                                                                             const SchemaRef& schema,
                                                                             runtime::NodeServices* services) {
  WEIR_TRY_ASSIGN(found, find(use));
  if (found.spec->kind != catalog::OperatorKind::Format) {
    return configError("node '" + node + "': '" + use + "' is not a format.");
  }
  runtime::InstanceSpec spec;
  spec.node = node;
  spec.use = use;
  Result<std::string> complete = completeParams(found.spec->params, params);
  if (!complete) return configError("node '" + node + "', format '" + use + "': " + complete.error().message);
  spec.params = std::move(*complete);
  spec.inputs = {schema};
  auto instance = std::make_unique<BridgedFormat>(
      *found.table, makeContext(*found.spec, spec, services == nullptr ? *quiet_ : *services, true));
  WEIR_TRY(instance->create(spec));
  return std::unique_ptr<runtime::FormatInstance>(std::move(instance));
}

Result<std::vector<Schema>> LoadedPlugins::deriveSchemas(const std::string& use, weir_stage stage,
                                                         const std::string& params, std::span<const Schema> inputs) {
  WEIR_TRY_ASSIGN(found, find(use));
  if (found.table->calls.derive_schema == nullptr) {
    return configError("The manifest of '" + use + "' has the rule \"derive\", but the operator has no derive_schema.");
  }
  runtime::InstanceSpec spec;
  spec.node = use;
  spec.use = use;
  spec.stage = stage;
  spec.params = params;
  for (const Schema& schema : inputs) spec.inputs.push_back(makeSchema(schema));
  spec.outputs.resize(found.spec->outputs.size());
  const std::unique_ptr<weir_context> context = makeContext(*found.spec, spec, *quiet_, false);
  WEIR_TRY_ASSIGN(config, ConfigView::parse(params));
  const CreateInfoHolder info(*context, spec, config.config());

  std::vector<ArrowSchema> outputs(spec.outputs.size());
  const Result<void> status = PluginCall(*context, "derive_schema").done([&] {
    return found.table->calls.derive_schema(info.get(), outputs.data(), outputs.size());
  });
  std::vector<Schema> schemas;
  bool understood = true;
  for (ArrowSchema& output : outputs) {
    if (output.release == nullptr) {
      understood = false;
      continue;
    }
    if (std::optional<Schema> schema = importSchema(output)) schemas.push_back(std::move(*schema));
    output.release(&output);
  }
  WEIR_TRY(status);
  if (!understood || schemas.size() != outputs.size()) {
    return fatalError("'" + use + "' derived a schema that is missing or holds a type that Weir does not have.");
  }
  return schemas;
}

}  // namespace weir::host
