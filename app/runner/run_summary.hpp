// What a run has to say at its end.
#pragma once

#include <string>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/runtime/engine/engine.hpp"

namespace weir::app {

// One line for people.
std::string summaryText(const runtime::RunSummary& summary, Duration took);
// {"events_in":..,"late":..,"dead_letters":..,"seconds":..,"stopped":..,"nodes":[..]} for scripts.
Result<void> writeSummary(const std::string& path, const runtime::RunSummary& summary, Duration took);

}  // namespace weir::app
