#include "topology/nul_text.hpp"

namespace weir::topology {

namespace {

bool holdsNul(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

}  // namespace

std::optional<json::Position> nulIn(const json::Value& value) {
  if (value.isText()) return holdsNul(value.asText()) ? std::optional(value.position()) : std::nullopt;
  for (const json::Value& item : value.items()) {
    if (const auto place = nulIn(item)) return place;
  }
  for (const json::Member& member : value.members()) {
    if (holdsNul(member.name)) return member.position;
    if (const auto place = nulIn(member.value)) return place;
  }
  return std::nullopt;
}

}  // namespace weir::topology
