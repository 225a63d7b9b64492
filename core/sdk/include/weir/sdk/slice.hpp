// Slices of the C border as string views, and back.
#pragma once

#include <string_view>

#include "weir/abi/host.h"

namespace weir {

// An absent one becomes an empty view, whatever size it claims.
inline std::string_view toView(weir_slice slice) {
  if (slice.data == nullptr) return {};
  return {reinterpret_cast<const char*>(slice.data), slice.size};
}

// Never absent: an empty view becomes an empty slice with a pointer.
inline weir_slice toSlice(std::string_view view) {
  return {reinterpret_cast<const std::uint8_t*>(view.data() == nullptr ? "" : view.data()), view.size()};
}

inline constexpr weir_slice kAbsent{nullptr, 0};

}  // namespace weir
