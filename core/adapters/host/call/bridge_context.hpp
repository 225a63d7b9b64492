// The host's side of one instance, which the C table of services (host_table.cpp) works on.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/adapters/host/guard/call_scope.hpp"
#include "core/catalog/manifest.hpp"
#include "core/expr/expr.hpp"
#include "core/expr/plugin_functions.hpp"
#include "core/runtime/batch/batch_check.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::host {

class BridgedAggregate;

// Row errors that are lent to a plugin, until the next time.
class LentErrors {
 public:
  // `out` may be NULL.
  void lend(std::vector<expr::RowError> errors, weir_row_errors* out);

 private:
  std::vector<expr::RowError> errors_;
  std::vector<std::uint32_t> rows_;
  std::vector<weir_slice> reasons_;
};

}  // namespace weir::host

// Expressions, formats and aggregates that an instance opened. They live as long as it does.
struct weir_expr {
  weir::SchemaRef schema;  // of the batches that it takes
  std::unique_ptr<weir::expr::Expression> expression;
  weir::host::LentErrors errors;
  std::vector<std::uint32_t> selected;
};

struct weir_format {
  weir::SchemaRef schema;  // of the batches that it takes
  std::unique_ptr<weir::runtime::FormatInstance> instance;
};

struct weir_aggregate {
  weir_aggregate();
  ~weir_aggregate();
  weir_aggregate(const weir_aggregate&) = delete;
  weir_aggregate& operator=(const weir_aggregate&) = delete;

  const weir::catalog::SignatureSpec* signature = nullptr;
  weir::SchemaRef arguments;  // of the batches that it takes
  weir::Field result;
  std::unique_ptr<weir::host::BridgedAggregate> instance;  // null where only types are asked for
  weir::host::LentErrors errors;
  std::vector<std::uint32_t> rows;    // those of a call that have no null argument,
  std::vector<std::uint32_t> groups;  // and their groups
};

struct weir_context {
  // `services` outlives the context.
  weir_context(weir::host::CallRegistry& registry, const std::string& node, const std::string& use,
               weir::runtime::NodeServices& nodeServices)
      : mark(registry, node, use), cancelMark(registry, node, use), services(nodeServices) {}

  weir::host::CallMark mark;
  weir::host::CallMark cancelMark;  // cancel may come while another call is under way
  weir::runtime::NodeServices& services;
  std::string topology;  // what the instance was told
  std::string home;
  std::vector<weir::SchemaRef> inputs;
  std::vector<weir::SchemaRef> outputs;
  const weir::catalog::OperatorSpec* spec = nullptr;                     // what its manifest says; the host owns it
  weir::runtime::CheckDepth checks = weir::runtime::CheckDepth::Memory;  // of batches that it gives
  bool preparing = false;                                                // inside prepare_commit
  bool sending = false;                                                  // inside a call that may emit

  // Of the call that is under way:
  const weir_batch* given = nullptr;  // what process works on
  std::uint32_t givenPort = 0;
  bool gaveOut = false;     // it has emitted, or named dead letters
  bool outputFull = false;  // emit has answered "full"
  // A batch that it handed over and that passed the check by this schema, so that it need not be checked for each
  // expression: held, so that nothing else can come to lie in its place.
  weir::Batch vouched;
  const weir::EdgeSchema* vouchedSchema = nullptr;  // NULL: by its own
  void beginCall() {
    gaveOut = outputFull = false;
    vouched = {};
  }

  // Opens a format for rows of a schema; set by the host.
  std::function<weir::Result<std::unique_ptr<weir::runtime::FormatInstance>>(
      const std::string& use, const std::string& params, const weir::SchemaRef& schema)>
      openFormat;
  // What expressions may call.
  weir::expr::Functions functions;
  // Finds an aggregate (plugin.aggregate) and, unless schemas are being derived, makes an instance of it.
  std::function<weir::Result<std::unique_ptr<weir_aggregate>>(const std::string& use, const weir::SchemaRef& arguments)>
      openAggregate;

  // Breaches of the contract that a plugin must not get away with by ignoring a status.
  void breach(std::string text);
  std::optional<std::string> takeBreach();
  void setError(std::string_view text);
  std::string takeError();
  // "node 'keyed' (std.select)"
  std::string where() const { return "node '" + mark.node() + "' (" + mark.use() + ")"; }

  weir_format* keep(std::unique_ptr<weir_format> format);
  // [any]
  void cancelFormats();

  std::vector<std::unique_ptr<weir_expr>> expressions;
  std::vector<std::unique_ptr<weir_aggregate>> aggregates;
  std::vector<weir_state*> stores;  // those that it opened

 private:
  std::mutex mutex_;  // set_error may come from any thread
  std::string error_;
  std::optional<std::string> breach_;
  std::atomic<bool> breached_{false};
  std::mutex formatsMutex_;  // cancel may come while one is opened
  std::vector<std::unique_ptr<weir_format>> formats_;
};
