// Text from outside on its way to a terminal or a log.
#pragma once

#include <string>
#include <string_view>

namespace weir {

// Control characters but line feeds and tabs are spelled out (\u0000): none of them can hide what comes after it.
std::string printable(std::string_view text);

}  // namespace weir
