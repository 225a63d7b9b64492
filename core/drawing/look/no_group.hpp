#pragma once

#include <cstddef>

namespace weir::drawing {

// In place of the index of a group: there is none.
inline constexpr std::size_t kNoGroup = static_cast<std::size_t>(-1);

}  // namespace weir::drawing
