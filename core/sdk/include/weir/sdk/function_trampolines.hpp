// From the tables of functions and aggregates to their classes; see plugin.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "weir/abi/plugin.h"
#include "weir/sdk/context.hpp"
#include "weir/sdk/create_info.hpp"
#include "weir/sdk/functions.hpp"
#include "weir/sdk/guarded.hpp"
#include "weir/sdk/known_part.hpp"

namespace weir::detail {

// A function or an aggregate with its context. `T` is made last and destroyed first.
template <typename T>
struct PureInstance {
  explicit PureInstance(const weir_create_info& raw)
      : context(raw.host, raw.context), results(resultOf(raw)), pure(CreateInfo(raw, context)) {}
  Context context;
  Results results;
  T pure;

  template <typename F>
  weir_status call(F&& body) noexcept {
    return guarded(&context.host(), context.handle(), [&]() -> weir_status {
      results.clear();
      body();
      return WEIR_OK;
    });
  }
  void give(std::int64_t rows, ArrowArray* out, weir_row_errors* errors) {
    *out = results.finish(rows).leak();
    if (errors != nullptr) giveKnownPart(errors, results.errors());
  }

 private:
  static DataType resultOf(const weir_create_info& raw) {
    const std::optional<Schema> schema = importSchema(*raw.output_schemas[0]);
    if (!schema || schema->fields.size() != 1) throw ConfigError("The result is of a type that Weir does not have.");
    return schema->fields[0].type;
  }
};

template <typename T>
struct PureTrampolines {
  static weir_status create(const weir_create_info* info, void** instance) noexcept {
    return guarded(info->host, info->context, [&]() -> weir_status {
      *instance = new PureInstance<T>(*info);
      return WEIR_OK;
    });
  }
  static void destroy(void* instance) noexcept { delete static_cast<PureInstance<T>*>(instance); }
};

template <typename T>
struct FunctionTrampolines {
  static weir_status evaluate(void* instance, const weir_batch* arguments, ArrowArray* out,
                              weir_row_errors* errors) noexcept {
    auto* self = static_cast<PureInstance<T>*>(instance);
    return self->call([&] {
      self->pure.evaluate(Batch::share(arguments), self->results);
      self->give(arguments->row_count, out, errors);
    });
  }
  static constexpr weir_function_api kApi{sizeof(weir_function_api), 0, evaluate};
};

// The class is known here, so nothing is called virtually for a row.
template <typename T>
struct AggregateTrampolines {
  static weir_status add(void* instance, const weir_grouped_rows* given, ArrowArray* running,
                         weir_row_errors* errors) noexcept {
    auto* self = static_cast<PureInstance<T>*>(instance);
    return self->call([&] {
      const weir_grouped_rows rows = knownPart(given);
      self->pure.T::bind(Batch::share(rows.arguments));
      for (std::size_t i = 0; i < rows.count; ++i) {
        AggregateState state(rows.states[rows.groups[i]]);
        if (rows.rows[i] != WEIR_NO_ROW) self->pure.T::add(state, rows.rows[i]);
        if (running == nullptr) continue;
        self->pure.T::finish(state.view(), self->results.row(static_cast<std::int64_t>(i)));
      }
      if (running != nullptr) self->give(static_cast<std::int64_t>(rows.count), running, errors);
    });
  }
  static weir_status merge(void* instance, const weir_grouped_states* given) noexcept {
    auto* self = static_cast<PureInstance<T>*>(instance);
    return self->call([&] {
      const weir_grouped_states states = knownPart(given);
      for (std::size_t i = 0; i < states.count; ++i) {
        if (states.others[i].size == 0) continue;
        AggregateState state(states.states[states.groups[i]]);
        self->pure.T::merge(state, toView(states.others[i]));
      }
    });
  }
  static weir_status finish(void* instance, const weir_slice* states, std::size_t count, ArrowArray* out,
                            weir_row_errors* errors) noexcept {
    auto* self = static_cast<PureInstance<T>*>(instance);
    return self->call([&] {
      for (std::size_t i = 0; i < count; ++i) {
        self->pure.T::finish(toView(states[i]), self->results.row(static_cast<std::int64_t>(i)));
      }
      self->give(static_cast<std::int64_t>(count), out, errors);
    });
  }
  static constexpr weir_aggregate_api kApi{sizeof(weir_aggregate_api), 0, add, merge, finish};
};

}  // namespace weir::detail
