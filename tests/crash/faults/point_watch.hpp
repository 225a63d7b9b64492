// Whoever kills, or counts, at the named points that a run passes (core/adapters/embedded/files/crash_points.hpp).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace weir::faults {

// `killAt`, "point:n": kill -9 of this process at the n-th time. Without it, and with a file: how often each point was
// passed is written there when the last copy of the answer goes. Without both nobody watches. [any]
std::function<void(std::string_view)> watchPoints(const std::string& killAt, const std::string& countFile);

}  // namespace weir::faults
