// The part of the host table by which one plugin uses an aggregate of another.
#pragma once

#include "core/adapters/host/call/bridge_context.hpp"
#include "weir/abi/plugin.h"

namespace weir::host {

weir_status aggregateOpen(weir_context* ctx, weir_slice use, const ArrowSchema* arguments, weir_aggregate** out,
                          ArrowSchema* result) noexcept;
weir_status aggregateAdd(weir_context* ctx, weir_aggregate* aggregate, const weir_grouped_rows* given,
                         ArrowArray* running, weir_row_errors* errors) noexcept;
weir_status aggregateMerge(weir_context* ctx, weir_aggregate* aggregate, const weir_grouped_states* given) noexcept;
weir_status aggregateFinish(weir_context* ctx, weir_aggregate* aggregate, const weir_slice* states, size_t count,
                            ArrowArray* out, weir_row_errors* errors) noexcept;

}  // namespace weir::host
