// SHA-256, as FIPS 180-4 has it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::digest {

std::array<std::uint8_t, 32> sha256(std::string_view bytes);

// In hexadecimal, lower case.
std::array<char, 64> sha256Hex(std::string_view bytes);

}  // namespace weir::digest
