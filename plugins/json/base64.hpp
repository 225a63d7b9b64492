// Base64 (RFC 4648, section 4): the standard alphabet, padded, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::json {

std::optional<std::string> decodeBase64(std::string_view text);
void appendBase64(std::string& out, std::string_view bytes);

}  // namespace weir::json
