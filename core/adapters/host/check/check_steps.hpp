// What the parts of `weir plugin-check` share: steps that are told, and rows to work on.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/adapters/host/check/plugin_check.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::host {

class CheckSteps {
 public:
  explicit CheckSteps(const CheckListener& listener) : listener_(listener) {}

  // Nothing when the step has failed, or with `mayRefuse` was refused.
  template <typename T, typename F>
  std::optional<T> value(const std::string& name, F&& body, bool mayRefuse = false) {
    listener_.begins(name);
    Result<T> result = body();
    if (result) {
      listener_.ended({name, CheckOutcome::Passed, ""});
      return std::move(*result);
    }
    const Error& error = result.error();
    const bool refused = mayRefuse && (error.kind == ErrorKind::Config || error.kind == ErrorKind::Retryable);
    listener_.ended({name, refused ? CheckOutcome::Skipped : CheckOutcome::Failed, error.message});
    return std::nullopt;
  }
  template <typename F>
  bool step(const std::string& name, F&& body, bool mayRefuse = false) {
    struct Nothing {};
    return value<Nothing>(
               name,
               [&]() -> Result<Nothing> {
                 WEIR_TRY(body());
                 return Nothing{};
               },
               mayRefuse)
        .has_value();
  }

 private:
  const CheckListener& listener_;
};

// Rows whose values are derived from their number; every seventh value is null.
Batch sampleBatch(const SchemaRef& schema, std::int64_t rows, std::int64_t from);

}  // namespace weir::host
