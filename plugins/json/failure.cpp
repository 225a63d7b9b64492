#include "plugins/json/failure.hpp"

#include "plugins/json/scan.hpp"

namespace weir::json {

std::string excerpt(const char* at) {
  constexpr std::size_t kLongest = 24;
  std::string text;
  const bool quoted = *at == '"';
  // Text ends with a control character at the latest: its terminator.
  for (std::size_t i = 0; static_cast<unsigned char>(at[i]) >= ' '; ++i) {
    if (i == kLongest) return text + "...";
    const auto byte = static_cast<unsigned char>(at[i]);
    if (!quoted && i != 0 && (byte == ',' || byte == '}' || byte == ']' || byte == ' ')) break;
    text += byte < 0x7f ? static_cast<char>(byte) : '?';
    if (quoted && i != 0 && byte == '"') break;
  }
  return text.empty() ? "the end of the record" : text;
}

const char* Failure::value(const char* at, std::string_view field, const DataType& type, std::string_view what) {
  std::string text = "field '" + std::string(field) + "' is " + typeName(type) + ", but there is " + excerpt(at);
  if (!what.empty()) text += " (" + std::string(what) + ")";
  return set(at, std::move(text));
}

std::string Failure::reason(const char* record) const {
  return "Byte " + std::to_string(at_ - record) + ": " + what_ + ".";
}

}  // namespace weir::json
