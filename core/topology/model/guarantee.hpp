// How often what a topology does with a row may show in its outputs.
#pragma once

#include <cstdint>

namespace weir::topology {

enum class Guarantee : std::uint8_t { AtLeastOnce, ExactlyOnce };

}  // namespace weir::topology
