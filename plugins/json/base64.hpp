// Reads base64 (RFC 4648, section 4): the standard alphabet, padded, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::json {

std::optional<std::string> decodeBase64(std::string_view text);

}  // namespace weir::json
