// The PluginHost port over libraries that are loaded when a topology first uses them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/adapters/host/guard/call_scope.hpp"
#include "core/adapters/host/guard/trust.hpp"
#include "core/adapters/host/library/plugin_library.hpp"
#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/catalog/manifest.hpp"
#include "core/expr/plugin_functions.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::host {

struct HostOptions {
  TrustPolicy trust;
  // How much of the batches that come out of plugins is looked at. The one that lies stops its operator.
#ifdef NDEBUG
  runtime::CheckDepth checks = runtime::CheckDepth::Memory;
#else
  runtime::CheckDepth checks = runtime::CheckDepth::Everything;
#endif
};

class LoadedPlugins final : public runtime::PluginHost {
 public:
  // Logger and clock outlive the host.
  LoadedPlugins(catalog::Catalog catalog, Logger& logger, const Clock& clock, HostOptions options = {});
  ~LoadedPlugins() override;

  Result<std::unique_ptr<runtime::OperatorInstance>> create(const runtime::InstanceSpec& spec) override;
  Result<std::unique_ptr<runtime::FormatInstance>> createFormat(const std::string& node, const std::string& use,
                                                                const std::string& params, const SchemaRef& schema,
                                                                runtime::NodeServices* services = nullptr) override;
  Result<std::vector<Schema>> deriveSchemas(const std::string& use, weir_stage stage, const std::string& params,
                                            std::span<const Schema> inputs) override;

  // A function of a plugin, in an expression of a node. `services` outlives it; nullptr: it can log nowhere.
  Result<std::unique_ptr<expr::FunctionCall>> openFunction(const std::string& node, const std::string& use,
                                                           const SchemaRef& arguments, const Field& result,
                                                           runtime::NodeServices* services = nullptr);
  // An aggregate over arguments of these types; `computes` false: its types alone, without loading anything.
  Result<std::unique_ptr<weir_aggregate>> openAggregate(const std::string& node, const std::string& use,
                                                        const SchemaRef& arguments, bool computes,
                                                        runtime::NodeServices* services = nullptr);
  // Those of the catalog. Valid as long as this.
  const std::vector<expr::FunctionSignature>& functions() const { return functions_; }

  // Loads a plugin of the catalog now instead of at its first use.
  Result<void> load(const std::string& plugin);
  const catalog::Catalog& catalog() const { return catalog_; }
  // Calls under way in all instances: for the watchdog.
  const CallRegistry& calls() const { return calls_; }

 private:
  class Quiet;  // services for what has no node: formats and derive_schema
  struct Found {
    const OperatorTable* table = nullptr;
    const catalog::OperatorSpec* spec = nullptr;
  };
  Result<const catalog::OperatorSpec*> findSpec(const std::string& use) const;
  Result<Found> find(const std::string& use);
  Result<PluginLibrary*> library(const catalog::CatalogEntry& entry);
  // What an operator or a format works with. With `computes` functions and aggregates of plugins can be called, not
  // only checked.
  std::unique_ptr<weir_context> makeContext(const catalog::OperatorSpec& manifest, const runtime::InstanceSpec& spec,
                                            runtime::NodeServices& services, bool computes);
  // What a function or an aggregate works with: nothing but its log.
  std::unique_ptr<weir_context> pureContext(const Found& found, const std::string& node, const std::string& use,
                                            const SchemaRef& arguments, const Field& result,
                                            runtime::NodeServices& services);

  const catalog::Catalog catalog_;
  const std::vector<expr::FunctionSignature> functions_;
  const HostOptions options_;
  CallRegistry calls_;
  std::unique_ptr<Quiet> quiet_;
  std::mutex mutex_;  // over `libraries_`
  std::map<std::string, std::unique_ptr<PluginLibrary>> libraries_;
};

}  // namespace weir::host
