#include "core/topology/model/topic_names.hpp"

#include <algorithm>

namespace weir::topology {

namespace {

bool isPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

bool isName(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !text.empty() && letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

bool isInternalTopic(std::string_view name) {
  return name.starts_with(kChangelogPrefix) || name.starts_with(kRepartitionPrefix) || name.starts_with('$');
}

std::optional<std::string> repartitionTopicOf(std::string_view reader) {
  constexpr std::string_view kMark = ".repartition";
  const std::size_t at = reader.rfind(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  return std::string(kRepartitionPrefix).append(reader.substr(0, at)).append(reader.substr(at + kMark.size()));
}

std::optional<std::string> whyNoTopicName(std::string_view name) {
  if (name.empty()) return "is empty";
  if (isInternalTopic(name) || name == kDeadLetterTopic) return "is kept for what the log writes itself";
  if (name.size() > kLongestTopicName) return "is longer than " + std::to_string(kLongestTopicName) + " characters";
  if (!std::all_of(name.begin(), name.end(), isPlain)) {
    return "has characters other than letters, digits, '.', '_' and '-'";
  }
  if (name == "." || name == "..") return "is the name of a folder";
  return std::nullopt;
}

}  // namespace weir::topology
