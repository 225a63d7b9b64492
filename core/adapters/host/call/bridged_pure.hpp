// Functions and aggregates of plugins behind the C border.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/adapters/host/call/bridge_context.hpp"
#include "core/adapters/host/library/plugin_library.hpp"
#include "core/expr/plugin_functions.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::host {

// One instance, made from the types of its arguments and its result.
class BridgedPure {
 public:
  // `table` belongs to a library that is never unloaded. `result`: its type, and whether null may come out.
  BridgedPure(const OperatorTable& table, std::unique_ptr<weir_context> context, Field result);
  ~BridgedPure();
  BridgedPure(const BridgedPure&) = delete;
  BridgedPure& operator=(const BridgedPure&) = delete;
  Result<void> create();

  const OperatorTable& table() const { return table_; }
  void* instance() const { return instance_; }
  // One call; any answer but WEIR_OK is an error.
  template <typename F>
  Result<void> call(const char* name, F&& body);
  // Takes over what a call has made: a column of `rows` values, and the rows among `asked` (all, without them) that
  // have none.
  Result<expr::Evaluated> results(const char* call, ArrowArray made, const weir_row_errors& errors, std::int64_t rows,
                                  const weir_batch* asked = nullptr) const;

 private:
  Error lie(const char* call, const std::string& what) const;

  const OperatorTable& table_;
  std::unique_ptr<weir_context> context_;
  Field result_;
  void* instance_ = nullptr;
  bool created_ = false;
};

class BridgedFunction final : public expr::FunctionCall {
 public:
  BridgedFunction(const OperatorTable& table, std::unique_ptr<weir_context> context, Field result)
      : pure_(table, std::move(context), std::move(result)) {}
  Result<void> create() { return pure_.create(); }
  Result<expr::Evaluated> evaluate(const Batch& arguments) override;

 private:
  BridgedPure pure_;
};

// What it is given has been checked.
class BridgedAggregate {
 public:
  BridgedAggregate(const OperatorTable& table, std::unique_ptr<weir_context> context, Field result)
      : pure_(table, std::move(context), std::move(result)) {}
  Result<void> create() { return pure_.create(); }
  Result<void> add(const weir_grouped_rows& rows);
  // The value of its group after each row.
  Result<expr::Evaluated> addRunning(const weir_grouped_rows& rows);
  Result<void> merge(const weir_grouped_states& states);
  Result<expr::Evaluated> finish(std::span<const weir_slice> states);

 private:
  BridgedPure pure_;
};

}  // namespace weir::host
